/// How odd one row is, and why.
public struct ExplainedScore: Sendable, Equatable {
    /// How odd the row is.
    public let score: RowScore
    /// The columns that made it odd, those with the largest shares first.
    ///
    /// A column that holds what was expected is none of them, so that there may be fewer than were asked for.
    public let reasons: [Reason]
    /// How few of the reasons' cells, replaced by what was expected, make an anomaly normal; nil for rows that are
    /// normal, and for those that stay odd.
    public let counterfactual: Counterfactual?

    init(score: RowScore, reasons: [Reason], counterfactual: Counterfactual? = nil) {
        self.score = score
        self.reasons = reasons
        self.counterfactual = counterfactual
    }
}
