public import OddityDatasets

/// An alarm of a series: a stretch of rows that are odd.
public struct SeriesAlarm: Codable, Equatable, Sendable {
    /// A row and its time.
    public struct Position: Codable, Equatable, Sendable {
        /// The row's number, as it was given with the row.
        public var row: Int
        /// Its time, where there is one.
        public var instant: Instant?

        /// Names a row and its time.
        public init(row: Int, instant: Instant?) {
            self.row = row
            self.instant = instant
        }
    }

    /// A column's part in an alarm.
    public struct ColumnShare: Codable, Equatable, Sendable {
        /// The column's name.
        public let column: String
        /// The column's share of the row's error, on average over the rows that kept the alarm open; rows
        /// that do not name the column among their reasons count as 0.
        public let share: Double
    }

    /// The series, where the data tell series apart.
    public let entity: String?
    /// The row that opened it.
    public let start: Position
    /// The last row that kept it open; the quiet rows after it do not belong.
    public internal(set) var end: Position
    /// The first row with the highest score.
    public internal(set) var peak: Position
    /// The highest score, or the highest error where rows are judged by it.
    public internal(set) var peakScore: Double
    /// The sum over its rows of what a score exceeds the close threshold by.
    public internal(set) var severity: Double
    /// The rows of its series from the first to the last.
    public internal(set) var rowCount: Int
    /// Whether it ended because its series stays where it is: at a new level.
    public var isNewLevel: Bool { startsLevel ?? false }
    /// Nil in states of alarms that knew no levels.
    var startsLevel: Bool?
    /// The rows that kept it open.
    var oddRowCount = 0
    /// The sums of the shares of the columns that rows gave as reasons.
    var shares: [String: Double] = [:]

    init(entity: String?, start: Position, score: Double) {
        self.entity = entity
        self.start = start
        (end, peak, peakScore, severity, rowCount) = (start, start, score, 0, 1)
    }

    /// The columns that rows gave as reasons, those with the largest part first.
    public func columns(limit: Int) -> [ColumnShare] {
        let count = Double(max(oddRowCount, 1))
        // Of equal shares the first name comes first.
        return shares.sorted { ($0.value, $1.key) > ($1.value, $0.key) }.prefix(limit)
            .map { ColumnShare(column: $0.key, share: $0.value / count) }
    }
}
