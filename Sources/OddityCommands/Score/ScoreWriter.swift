internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OdditySeries

/// The form of scores.
enum ScoreFormat: String, ExpressibleByArgument, CaseIterable {
    case csv, ndjson, table
}

/// Writes scored rows in one of the formats, as they come.
final class ScoreWriter {
    let reasonCount: Int
    private(set) var rowCount = 0
    private(set) var anomalyCount = 0
    private let sink: any ScoreSink
    private let keys: [SeriesKey]
    private let hasSeries: Bool
    private let keptNames: [String]
    private var choice: RowChoice

    /// - Parameters:
    ///   - keys: for series, what their rows are told apart by; nil for rows that stand alone.
    ///   - kept: the columns of the data that are copied.
    ///   - choice: which rows are written; all are counted.
    init(
        format: ScoreFormat,
        path: String,
        reasonCount: Int,
        keys: [SeriesKey]? = nil,
        kept: [String] = [],
        choice: RowChoice = RowChoice()
    ) throws {
        self.reasonCount = reasonCount
        sink =
            switch format {
            case .csv:
                try CSVScoreSink(path: path, reasonCount: reasonCount, keys: keys, kept: kept)
            case .ndjson: try LineScoreSink(path: path, header: nil, line: \.json)
            case .table:
                try LineScoreSink(
                    path: path,
                    header: ScoredLine.header(keys: keys),
                    line: \.table
                )
            }
        self.keys = keys ?? []
        hasSeries = keys != nil
        keptNames = kept
        self.choice = choice
    }

    /// Writes the rows of series to a sink that is open already.
    init(sink: any ScoreSink, reasonCount: Int, keys: [SeriesKey]) {
        self.sink = sink
        self.reasonCount = reasonCount
        self.keys = keys
        hasSeries = true
        keptNames = []
        choice = RowChoice()
    }

    /// - Parameter kept: the values of the columns that are copied, by row of the chunk.
    func write(
        _ rows: [Verdict],
        firstRow: Int,
        kept: (Int) -> [String?] = { _ in [] }
    ) throws {
        for (offset, row) in rows.enumerated() {
            var line = ScoredLine(row, row: firstRow + offset)
            line.kept = zip(keptNames, kept(offset)).map { (name: $0, text: $1) }
            try write(line)
        }
    }

    func write(_ rows: [SeriesScore], firstRow: Int) throws {
        for (offset, row) in rows.enumerated() {
            try write(ScoredLine(row, row: firstRow + offset, keys: keys))
        }
    }

    /// Writes a row that could not be read, in the place of its scores.
    func write(_ row: BadRow) throws {
        try write(
            ScoredLine(
                number: row.row ?? rowCount + 1,
                score: nil,
                reasons: [],
                isAnomaly: false,
                series: hasSeries
                    ? ScoredLine.Series(keys: keys.map { ($0, nil) }, state: "unreadable") : nil,
                problem: ScoredLine.Problem(column: row.error.location?.column, text: row.reason),
                kept: keptNames.map { ($0, nil) }
            )
        )
    }

    private func write(_ line: ScoredLine) throws {
        rowCount += 1
        if line.isAnomaly { anomalyCount += 1 }
        if let line = choice.taken(line) { try sink.write(line) }
    }

    /// Hands what was written to the reader of a pipe.
    func flush() throws { try sink.flush() }

    /// Completes the file.
    func close() throws {
        for line in choice.rest { try sink.write(line) }
        try sink.close()
    }
}

/// One row of output.
struct ScoredLine {
    let number: Int
    /// Nil for a row that could not be scored.
    let score: RowScore?
    let reasons: [Reason]
    let isAnomaly: Bool
    /// How many of the reasons' cells, replaced by what was expected, make the row normal.
    var counterfactual: Counterfactual?
    /// Nil for a row that stands alone.
    var series: Series?
    /// Why the row could not be read; nil for one that could.
    var problem: Problem?
    /// Columns of the data that are copied.
    var kept: [(name: String, text: String?)] = []

    /// What is wrong with a row, and in which column, where it is in one.
    struct Problem {
        let column: String?
        let text: String
    }

    /// The reasons whose cells, replaced by what was expected, make the row normal; empty where none do.
    var normalIf: ArraySlice<Reason> { reasons.prefix(counterfactual?.reasonCount ?? 0) }

    /// Where a row of a series stands, and what became of it.
    struct Series {
        let keys: [(SeriesKey, String?)]
        let state: String
    }
}

extension ScoredLine {
    /// A row that stands alone.
    ///
    /// - Parameter row: its number, from 0.
    init(_ verdict: Verdict, row: Int) {
        self.init(
            number: row + 1,
            score: verdict.score,
            reasons: verdict.reasons,
            isAnomaly: verdict.isAnomaly,
            counterfactual: verdict.counterfactual
        )
    }
}

extension ScoredLine {
    /// A row of a series.
    ///
    /// - Parameter number: its number, from 0.
    init(_ score: SeriesScore, row number: Int, keys: [SeriesKey]) {
        self.init(
            number: number + 1,
            score: score.score,
            reasons: score.reasons,
            isAnomaly: score.isAnomaly,
            series: Series(keys: keys.map { ($0, $0.text(of: score)) }, state: score.stateText)
        )
    }
}

/// What tells rows of series apart, beside their number.
enum SeriesKey: String {
    case time, entity

    func text(of row: SeriesScore) -> String? {
        switch self {
        case .time: row.instant.map { "\($0)" }
        case .entity: row.entity
        }
    }
}

/// Where scored rows go.
protocol ScoreSink {
    func write(_ line: ScoredLine) throws
    func flush() throws
    func close() throws
}
