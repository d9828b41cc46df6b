public import OddityEvaluation

/// What was found in a table that was fitted to: each row judged by networks that did not see it.
public struct TableFindings: Sendable {
    /// What was learned from the rows that were not left out.
    public var detector: FittedTableDetector
    /// What is said of each row, in the order of the table.
    public let verdicts: [Verdict]
    /// The rows that stood so far out that nothing was learned from them, ascending.
    public let leftOut: [Int]
    /// How many rows stand out beyond what chance would give; nil where nothing says what that is.
    ///
    /// A row's p-value is its rank among the others, which tells nothing of how many are odd. This is estimated from how
    /// far out rows are, as it is for what is left out: “How many rows are odd” in “How a row is judged”.
    public let oddShare: OddShare?

    /// The number of rows that are called anomalies.
    public var anomalyCount: Int { verdicts.reduce(0) { $0 + ($1.isAnomaly ? 1 : 0) } }

    /// How many of the rows that were learned from would be called anomalies if all were normal; nil where they are
    /// not judged by a rate.
    public var expectedFalseAlarmCount: Double? {
        detector.decisionRule.expectedFalseAlarmCount(of: verdicts.count - leftOut.count)
    }

    /// The rows from the oddest on; of equal ones the first comes first.
    public func oddest(_ count: Int) -> [Int] {
        let order = verdicts.indices.sorted {
            (verdicts[$0].score.score, $1) > (verdicts[$1].score.score, $0)
        }
        return Array(order.prefix(count))
    }
}
