internal import OddityPlatform

/// How often normal rows reach a value: a continuous survival function learned from held-out values.
///
/// At the i-th largest of m held-out values the survival is i / (m + 1), the conformal p-value of a
/// value just as large (Vovk, Gammerman and Shafer 2005, “Algorithmic learning in a random world”);
/// between two values it is interpolated, so it is never more than 1 / (m + 1) below that p-value. Beyond the
/// largest it falls exponentially, with the mean excess of the top tenth as its scale, so that the
/// oddest values still rank. A larger value never has a larger survival.
public struct SurvivalFunction: Sendable, Equatable {
    /// The held-out values, ascending.
    public var values: [Double] { sorted.elements }
    private let sorted: SortedValues
    /// The scale of the exponential tail, in the units of the values; above 0.
    public let tailScale: Double
    /// ln (*m* + 1).
    private let logTotal: Double

    /// Learns from held-out values.
    ///
    /// - Parameters:
    ///   - heldOut: at least one finite value, in any order.
    ///   - minimumTailScale: the least scale of the tail, in the units of the values: how far apart two
    ///     values must be to differ, where the held-out values are too few or too equal to tell.
    /// - Complexity: O(*m* log *m*).
    public init(heldOut: [Double], minimumTailScale: Double) {
        precondition(!heldOut.isEmpty, "a survival function needs a held-out value")
        precondition(minimumTailScale > 0, "the tail has a scale above 0")
        sorted = SortedValues(heldOut)
        let values = sorted.elements
        // The top tenth, or ten values where that is fewer.
        let topCount = max((values.count + 9) / 10, min(10, values.count - 1))
        let top = values.suffix(topCount)
        let threshold = values[max(0, values.count - top.count - 1)]
        let meanExcess = top.reduce(0) { $0 + ($1 - threshold) } / Double(top.count)
        tailScale = max(meanExcess, minimumTailScale)
        logTotal = log(Double(values.count + 1))
    }

    /// The number of held-out values that equal a value.
    ///
    /// - Complexity: O(log *m*).
    public func count(of x: Double) -> Int {
        guard !x.isNaN else { return 0 }
        let values = values
        let below = sorted.countBelow(x)
        guard below < values.count, values[below] == x else { return 0 }
        return values.partitionIndex { $0 > x } - below
    }

    /// The natural logarithm of the survival at a value: −∞ only at infinity, NaN for NaN.
    public func logarithm(at x: Double) -> Double {
        guard !x.isNaN else { return x }
        let values = values
        let count = values.count
        if x > values[count - 1] { return -(x - values[count - 1]) / tailScale - logTotal }
        // The survival at values[i] counts itself and all above.
        let below = sorted.countBelow(x)
        if below == 0 { return min(0, log(Double(count)) - logTotal + lowerShare(x)) }
        let lower = values[below - 1]
        let upper = values[below]
        let fraction = upper > lower ? (x - lower) / (upper - lower) : 1
        // Going up from `lower`, the count falls from that of the last value equal to it.
        let countAtUpper = Double(count - below)
        return log(countAtUpper + 1 - fraction) - logTotal
    }

    /// Below the smallest value: from m / (m + 1) towards 1, never reaching it.
    private func lowerShare(_ x: Double) -> Double {
        let distance = (values[0] - x) / tailScale
        let share = distance.isFinite ? distance / (1 + distance) : 1
        return log1p(1 / Double(values.count)) * share
    }
}
