internal import OddityDetectors

/// A false-alarm rate so low that the calibration rows cannot back a single alarm.
struct UnreachableRate: CustomStringConvertible {
    let rate: Double
    let calibrationRowCount: Int

    /// The held-out rows that the rate takes.
    ///
    /// More than there can be where the rate is next to 0.
    var neededRowCount: Int {
        let count = (1 / rate * (1 - 1e-9)).rounded(.up) - 1
        return count < 0x1p62 ? Int(count) : .max
    }

    /// The least p-value there is, and so the least rate that can be asked for.
    var leastRate: Double { 1 / Double(calibrationRowCount + 1) }

    /// The least rate as two digits, rounded up.
    var suggestedRate: String {
        var unit = 1.0
        while leastRate < 10 * unit { unit /= 10 }
        return short((leastRate / unit).rounded(.up) * unit)
    }

    var description: String {
        "no row can be called an anomaly at p-value ≤ \(rate): no p-value is below "
            + "\(short(leastRate)) with \(counted(calibrationRowCount, "held-out row"))"
    }
}

extension UnreachableRate {
    /// The rate of a decision rule; nil where it is within reach.
    init?(_ rule: DecisionRule, calibrationRowCount: Int) {
        guard case .falseAlarmRate(let rate) = rule,
            rule.threshold(calibrationRowCount: calibrationRowCount) == .infinity
        else { return nil }
        self.init(rate: rate, calibrationRowCount: calibrationRowCount)
    }
}

extension FittedTableDetector {
    /// The rate of the decision rule where it is out of reach.
    var unreachableRate: UnreachableRate? {
        UnreachableRate(decisionRule, calibrationRowCount: calibrationRowCount)
    }
}
