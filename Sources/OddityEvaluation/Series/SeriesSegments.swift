/// The stretches of a series between its breaks: one per entity or recording.
///
/// Nothing joins across a break: no event, no alarm, no buffer around an event.
public struct SeriesSegments: Equatable, Sendable {
    /// The rows of each segment, in order; together they are all rows, and none is empty.
    public let ranges: [Range<Int>]
    /// The number of rows.
    public let rowCount: Int

    /// One segment without a break.
    ///
    /// - Precondition: `rowCount` is not negative.
    public init(rowCount: Int) {
        precondition(rowCount >= 0, "a number of rows is not negative")
        self.rowCount = rowCount
        ranges = rowCount == 0 ? [] : [0..<rowCount]
    }

    /// Segments by the rows at which they start.
    ///
    /// - Parameters:
    ///   - rowCount: The number of rows; not negative.
    ///   - starts: The first row of each segment, rising; row 0 may be left out.
    /// - Throws: `EvaluationError` with code `invalidSegments`.
    public init(rowCount: Int, starts: [Int]) throws {
        precondition(rowCount >= 0, "a number of rows is not negative")
        var bounds = [0]
        for (index, start) in starts.enumerated() where index > 0 || start != 0 {
            guard start > bounds[bounds.count - 1], start < rowCount else {
                throw EvaluationError(
                    code: .invalidSegments,
                    message: "segment \(index + 1) starts at row \(start) of \(rowCount) (counted "
                        + "from 0); give rising starts below the number of rows"
                )
            }
            bounds.append(start)
        }
        self.init(bounds: bounds, rowCount: rowCount)
    }

    /// A new segment wherever the entity differs from that of the row above.
    ///
    /// - Parameter entities: One name per row; the rows of an entity stand together.
    public init(entities: [some Equatable]) {
        let changes = entities.indices.dropFirst().filter { entities[$0] != entities[$0 - 1] }
        self.init(bounds: [0] + changes, rowCount: entities.count)
    }

    private init(bounds: [Int], rowCount: Int) {
        self.rowCount = rowCount
        ranges =
            rowCount == 0 ? [] : zip(bounds, bounds.dropFirst() + [rowCount]).map { $0..<$1 }
    }

    /// Makes sure that a list has one element per row.
    func check(_ count: Int, name: String) throws(EvaluationError) {
        guard count == rowCount else {
            throw EvaluationError(
                code: .lengthMismatch,
                message: "there are \(count) \(name) and segments of \(rowCount) rows; "
                    + "make segments of as many rows"
            )
        }
    }

    /// Which of the spans lie in each segment.
    func slices(of spans: [EventSpan]) -> [Range<Int>] {
        var next = 0
        return ranges.map { segment in
            let start = next
            while next < spans.count, spans[next].first < segment.upperBound { next += 1 }
            return start..<next
        }
    }
}
