/// What a detector says of one row, image or step.
public struct Verdict: Sendable, Equatable {
    /// How odd it is.
    public let score: RowScore
    /// Whether it is called an anomaly, by the detector's ``FittedDetector/decision``.
    public let isAnomaly: Bool
    /// The columns with the largest parts in what makes it odd, largest first; empty unless they were asked for.
    public let reasons: [Reason]
}
