/// A false-alarm rate so low that the held-out data cannot back a single alarm.
public struct UnreachableRate: Sendable, Equatable {
    /// The rate that was asked for.
    public let rate: Double
    /// How many rows, images or steps were held out.
    public let heldOutCount: Int

    /// The rate of a decision rule; nil where it is within reach.
    init?(_ rule: DecisionRule, heldOut: HeldOutScores) {
        guard case .falseAlarmRate(let rate) = rule,
            rule.threshold(heldOutCount: heldOut.count) == .infinity
        else { return nil }
        self.rate = rate
        heldOutCount = heldOut.count
    }

    /// The least rate that they can back.
    public var leastRate: Double { 1 / Double(heldOutCount + 1) }

    /// How many would be needed; nil where that is no number of a computer.
    public var neededCount: Int? {
        let count = (1 / rate * (1 - 1e-9)).rounded(.up) - 1
        return Int(exactly: count)
    }
}
