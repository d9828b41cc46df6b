/// What was found in a table that was fitted to: each row judged by networks that did not see it.
public struct TableFindings: Sendable {
    /// What was learned from the rows that were not left out.
    public var detector: FittedTableDetector
    /// What is said of each row, in the order of the table.
    public let verdicts: [Verdict]
    /// The rows that stood so far out that nothing was learned from them, ascending.
    public let leftOut: [Int]

    /// The number of rows that are called anomalies.
    public var anomalyCount: Int { verdicts.reduce(0) { $0 + ($1.isAnomaly ? 1 : 0) } }

    /// How many of the rows that were learned from would be called anomalies if all were normal; nil where they are
    /// not judged by a rate.
    public var expectedFalseAlarmCount: Double? {
        guard case .falseAlarmRate(let rate) = detector.decisionRule else { return nil }
        return rate * Double(verdicts.count - leftOut.count)
    }

    /// The rows from the oddest on; of equal ones the first comes first.
    public func oddest(_ count: Int) -> [Int] {
        let order = verdicts.indices.sorted {
            (verdicts[$0].score.score, $1) > (verdicts[$1].score.score, $0)
        }
        return Array(order.prefix(count))
    }
}
