public import Evaluation
internal import Series

/// How odd rows of a series become alarms.
public struct AlarmSettings: Codable, Sendable, Equatable {
    /// So many rows that are not odd end an alarm.
    ///
    /// Nil, the default, is a quarter of the detector's window, at least 1.
    public var quietRowCount: Int?
    /// Alarms of fewer rows are dropped; 1 by default.
    public var minimumRowCount = 1
    /// An open alarm goes on while scores are at least this share of the threshold; 0.5 by default.
    public var closeShare = 0.5

    /// The defaults.
    public init() {}
}

extension FittedSeriesDetector {
    /// When an alarm opens and closes, on the measure that ``decisionRule`` looks at.
    ///
    /// It opens with a row that is called an anomaly. Nil where the rule can call nothing one.
    ///
    /// - Throws: `EvaluationError` for settings that make no rule.
    public func alarmRule() throws -> AlarmRule? {
        let threshold = decisionRule.threshold(calibrationRowCount: calibrationStepCount)
        guard threshold.isFinite else { return nil }
        return try AlarmRule(
            openThreshold: threshold,
            closeThreshold: min(threshold, threshold * alarms.closeShare),
            quietRowCount: alarms.quietRowCount ?? max(1, window.steps / 4),
            minimumRowCount: alarms.minimumRowCount
        )
    }
}
