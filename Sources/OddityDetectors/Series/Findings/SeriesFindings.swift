/// What was found in series that were fitted to: each step judged by the network that did not see its block.
public struct SeriesFindings: Sendable {
    /// What was learned.
    public var detector: FittedSeriesDetector
    /// What is said of each row, in the order of the table; the first rows of a series have no score.
    public let rows: [SeriesScore]

    /// The number of rows with a score.
    public var scoredCount: Int { rows.reduce(0) { $0 + ($1.score == nil ? 0 : 1) } }

    /// The number of rows that are called anomalies.
    public var anomalyCount: Int { rows.reduce(0) { $0 + ($1.isAnomaly ? 1 : 0) } }

    /// How many would be called anomalies if all were normal; nil where they are not judged by a rate.
    public var expectedFalseAlarmCount: Double? {
        detector.decisionRule.expectedFalseAlarmCount(of: scoredCount)
    }

    /// The rows with a score from the oddest on; of equal ones the first comes first.
    public func oddest(_ count: Int) -> [Int] {
        let scored = rows.indices.filter { rows[$0].score != nil }
        func score(_ row: Int) -> Double { rows[row].score?.score ?? -.infinity }
        return Array(scored.sorted { (score($0), $1) > (score($1), $0) }.prefix(count))
    }
}
