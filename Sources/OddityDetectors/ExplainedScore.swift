/// How odd one row is, and why.
public struct ExplainedScore: Sendable, Equatable {
    /// How odd the row is.
    public let score: RowScore
    /// The columns with the largest shares of the reconstruction error, largest first.
    public let reasons: [Reason]
}
