/// A stretch of consecutive rows of a series: an event of the truth, or an alarm.
///
/// Lists of spans are in order and disjoint; no span reaches across a break of the series.
public struct EventSpan: Equatable, Hashable, Sendable {
    /// The rows, counted from 0 over the whole series; never empty.
    public let rows: Range<Int>

    /// The first row.
    public var first: Int { rows.lowerBound }
    /// The last row.
    public var last: Int { rows.upperBound - 1 }
    /// The number of rows.
    public var count: Int { rows.count }

    /// Makes a span of rows.
    ///
    /// - Precondition: There is at least one row, and none is negative.
    public init(_ rows: Range<Int>) {
        precondition(!rows.isEmpty && rows.lowerBound >= 0, "a span has rows, none negative")
        self.rows = rows
    }

    /// The runs of `true`, each within its segment.
    ///
    /// - Parameters:
    ///   - flags: One label or verdict per row. An unscored row is not flagged: write `false`.
    ///   - segments: Where the series breaks; a run ends there and a new one may begin.
    /// - Throws: `EvaluationError` with code `lengthMismatch`.
    /// - Complexity: O(*n*).
    public static func spans(of flags: [Bool], in segments: SeriesSegments) throws -> [EventSpan] {
        try segments.check(flags.count, name: "labels or verdicts")
        return runs(in: segments) { flags[$0] }
    }

    /// The runs of scores that reach a threshold, each within its segment.
    ///
    /// - Parameters:
    ///   - scores: One score per row; `nil` and NaN are unscored rows, which end a run.
    ///   - threshold: The lowest score that belongs to a run.
    ///   - segments: Where the series breaks.
    /// - Throws: `EvaluationError` with code `lengthMismatch` or `invalidThreshold`.
    /// - Complexity: O(*n*).
    public static func spans(
        of scores: [Double?],
        atLeast threshold: Double,
        in segments: SeriesSegments
    ) throws -> [EventSpan] {
        try segments.check(scores.count, name: "scores")
        guard !threshold.isNaN else {
            throw EvaluationError(
                code: .invalidThreshold,
                message: "the threshold is NaN; give a number"
            )
        }
        return runs(in: segments) { scores[$0].map { $0 >= threshold } ?? false }
    }

    private static func runs(
        in segments: SeriesSegments,
        where isFlagged: (Int) -> Bool
    ) -> [EventSpan] {
        var spans: [EventSpan] = []
        for segment in segments.ranges {
            var start: Int?
            for row in segment {
                if isFlagged(row) {
                    start = start ?? row
                } else if let first = start {
                    spans.append(EventSpan(first..<row))
                    start = nil
                }
            }
            if let start { spans.append(EventSpan(start..<segment.upperBound)) }
        }
        return spans
    }
}

extension [EventSpan] {
    /// Calls back for every pair of a span of this list and one of the other that share rows.
    ///
    /// Pairs come in order of both lists. O(count + other.count), as both are ordered and disjoint.
    func forEachOverlap(with other: [EventSpan], _ body: (Int, Int, Range<Int>) -> Void) {
        var from = 0
        for (index, span) in enumerated() {
            while from < other.count, other[from].last < span.first { from += 1 }
            var next = from
            while next < other.count, other[next].first <= span.last {
                body(index, next, span.rows.clamped(to: other[next].rows))
                next += 1
            }
        }
    }

    /// Whether the spans are in order and share no row.
    var isOrdered: Bool {
        zip(self, dropFirst()).allSatisfy { $0.last < $1.first }
    }
}
