/// What a detector says of one row, image or step.
public struct Verdict: Sendable, Equatable {
    /// How odd it is.
    public let score: RowScore
    /// Whether it is called an anomaly, by the detector's ``FittedDetector/decision``.
    public let isAnomaly: Bool
    /// The columns that make it odd, those with the largest shares first; empty unless they were asked for.
    ///
    /// A column that holds what was expected is none of them, so that there may be fewer than were asked for.
    public internal(set) var reasons: [Reason]
    /// How few of the reasons' cells, replaced by what was expected, make an anomaly normal; nil for what is normal
    /// or stays odd, and where no reasons were asked for.
    public internal(set) var counterfactual: Counterfactual?

    init(score: RowScore, isAnomaly: Bool, reasons: [Reason] = []) {
        self.score = score
        self.isAnomaly = isAnomaly
        self.reasons = reasons
    }

    /// The same reasons with another score.
    func replacing(_ score: RowScore, by detector: some FittedDetector) -> Verdict {
        var verdict = detector.verdict(score, reasons: reasons)
        verdict.counterfactual = verdict.isAnomaly ? counterfactual : nil
        return verdict
    }
}
