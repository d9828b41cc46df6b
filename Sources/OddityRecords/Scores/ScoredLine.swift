internal import OddityDatasets
public import OddityDetectors
internal import OdditySeries

/// What is said of one row, step or image, as programs and people read it.
public struct ScoredLine {
    package let number: Int
    /// Nil for a row that could not be scored.
    package let score: RowScore?
    package let reasons: [Reason]
    package let isAnomaly: Bool
    /// How many of the reasons' cells, replaced by what was expected, make the row normal.
    package var counterfactual: Counterfactual?
    /// Nil for a row that stands alone.
    package var series: Series?
    /// Why the row could not be read; nil for one that could.
    package var problem: Problem?
    /// Columns of the data that are copied.
    package var kept: [(name: String, text: String?)] = []

    /// What is wrong with a row, and in which column, where it is in one.
    package struct Problem {
        package let column: String?
        package let text: String
    }

    /// The reasons whose cells, replaced by what was expected, make the row normal; empty where none do.
    package var normalIf: ArraySlice<Reason> { reasons.prefix(counterfactual?.reasonCount ?? 0) }

    /// Where a row of a series stands, and what became of it.
    package struct Series {
        package let keys: [(SeriesKey, String?)]
        package let state: String
    }
}

extension ScoredLine {
    /// A row that stands alone.
    ///
    /// - Parameters:
    ///   - verdict: its score, verdict and reasons.
    ///   - row: its number, from 0.
    public init(_ verdict: Verdict, row: Int) {
        self.init(
            number: row + 1,
            score: verdict.score,
            reasons: verdict.reasons,
            isAnomaly: verdict.isAnomaly,
            counterfactual: verdict.counterfactual
        )
    }

    /// A row of a series.
    ///
    /// - Parameters:
    ///   - score: its score or state.
    ///   - row: its number, from 0.
    ///   - keys: what the rows are told apart by.
    public init(_ score: SeriesScore, row: Int, keys: [SeriesKey]) {
        self.init(
            number: row + 1,
            score: score.score,
            reasons: score.reasons,
            isAnomaly: score.isAnomaly,
            series: Series(keys: keys.map { ($0, $0.text(of: score)) }, state: score.stateText)
        )
    }
}

/// What tells rows of series apart, beside their number.
public enum SeriesKey: Hashable, Sendable {
    /// By its time, and whether that was written without an offset from UTC, so that it is shown without one.
    case time(isLocal: Bool)
    /// By the series it belongs to.
    case entity

    /// The name of its column.
    package var name: String { self == .entity ? "entity" : "time" }

    package func text(of row: SeriesScore) -> String? {
        switch self {
        case .time(let isLocal): row.instant?.text(isLocal: isLocal)
        case .entity: row.entity
        }
    }
}

extension [SeriesKey] {
    /// Whether there are several series.
    package var hasEntity: Bool { contains(.entity) }

    /// Whether rows have times; nil where they have none, else whether those are without an offset from UTC.
    package var isLocalTime: Bool? {
        for case .time(let isLocal) in self { return isLocal }
        return nil
    }
}
