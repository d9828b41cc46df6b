internal import OddityPlatform

/// When a row is called an anomaly.
public enum DecisionRule: Codable, Sendable, Equatable {
    /// When its p-value is at most this rate, which is then the share of normal rows that raise an
    /// alarm, as far as new normal rows are drawn like those of the training.
    case falseAlarmRate(Double)
    /// When its score is at least this.
    case score(Double)
    /// When its reconstruction error is at least this.
    case error(Double)

    /// A p-value that is the rate but for rounding is at most the rate.
    private static let rounding = 1e-9

    /// The largest p-value that is called an anomaly at a rate.
    package static func largestPValue(of rate: Double) -> Double { rate * (1 + rounding) }

    /// The smallest value of ``measure(of:)`` that is called an anomaly.
    ///
    /// - Parameter heldOutCount: no p-value is below 1 / (this + 1); a rate below that calls nothing
    ///   an anomaly, and the threshold is infinite.
    public func threshold(heldOutCount: Int) -> Double {
        switch self {
        case .falseAlarmRate(let rate):
            DecisionRule.largestPValue(of: rate) * Double(heldOutCount + 1) < 1
                ? .infinity : -log10(DecisionRule.largestPValue(of: rate))
        case .score(let threshold), .error(let threshold): threshold
        }
    }

    /// How many of so many rows would be called anomalies if all were normal; nil where the rule is no rate.
    public func expectedFalseAlarmCount(of rowCount: Int) -> Double? {
        guard case .falseAlarmRate(let rate) = self else { return nil }
        return rate * Double(rowCount)
    }

    /// What the rule looks at: the score, or the reconstruction error.
    public func measure(of row: RowScore) -> Double {
        thresholdMeasure.value(of: row)
    }

    /// Whether a scored row is an anomaly.
    ///
    /// What is not a number is one: it is not known to be normal.
    public func isAnomaly(_ row: RowScore) -> Bool {
        switch self {
        case .falseAlarmRate(let rate): !(row.pValue > DecisionRule.largestPValue(of: rate))
        case .score(let threshold): !(row.score < threshold)
        case .error(let threshold): !(row.error < threshold)
        }
    }
}

extension DecisionRule: CustomStringConvertible {
    /// The rule in words.
    public var description: String {
        switch self {
        case .falseAlarmRate(let rate): "p-value ≤ \(rate)"
        case .score(let threshold): "score ≥ \(threshold)"
        case .error(let threshold): "reconstruction error ≥ \(threshold)"
        }
    }
}
