public import OddityEvaluation

/// When something is called an anomaly, and how that was chosen.
public struct Decision: Codable, Sendable, Equatable {
    /// The rule that is in force.
    public let rule: DecisionRule
    /// How it was chosen.
    public let origin: Origin

    /// How a rule was chosen.
    public enum Origin: Codable, Sendable, Equatable {
        /// By default: a false-alarm rate of 1 %.
        case standard
        /// By hand.
        case given
        /// From the held-out steps, so that alarms keep a budget a day.
        case alarmsPerDay(Double)
        /// From what the held-out normal data got.
        case heldOut(ThresholdRule)
        /// From so many labelled rows, images or steps, of which some are anomalies; a source is the name of their file.
        case labeled(ThresholdCriterion, source: String?, count: Int, anomalyCount: Int)
    }

    /// A false-alarm rate of 1 %.
    public static let standard = Decision(rule: .falseAlarmRate(0.01), origin: .standard)

    /// A rule and how it was chosen.
    public init(rule: DecisionRule, origin: Origin) {
        self.rule = rule
        self.origin = origin
    }
}
