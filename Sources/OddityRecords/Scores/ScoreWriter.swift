package import OddityDatasets
package import OddityDetectors
internal import OdditySeries

/// The form of scores.
package enum ScoreFormat: String, CaseIterable, Sendable {
    case csv, ndjson, table
}

/// Writes scored rows in one of the formats, as they come.
package final class ScoreWriter {
    package let reasonCount: Int
    package private(set) var rowCount = 0
    package private(set) var anomalyCount = 0
    private let sink: any ScoreSink
    private let keys: [SeriesKey]
    private let hasSeries: Bool
    private let keptNames: [String]
    private var choice: RowChoice

    /// - Parameters:
    ///   - keys: for series, what their rows are told apart by; nil for rows that stand alone.
    ///   - kept: the columns of the data that are copied.
    ///   - choice: which rows are written; all are counted.
    package init(
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
    package init(sink: any ScoreSink, reasonCount: Int, keys: [SeriesKey]) {
        self.sink = sink
        self.reasonCount = reasonCount
        self.keys = keys
        hasSeries = true
        keptNames = []
        choice = RowChoice()
    }

    /// - Parameter kept: the values of the columns that are copied, by row of the chunk.
    package func write(
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

    package func write(_ rows: [SeriesScore], firstRow: Int) throws {
        for (offset, row) in rows.enumerated() {
            try write(ScoredLine(row, row: firstRow + offset, keys: keys))
        }
    }

    /// Writes a row that could not be read, in the place of its scores.
    package func write(_ row: BadRow) throws {
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
    package func flush() throws { try sink.flush() }

    /// Completes the file.
    package func close() throws {
        for line in choice.rest { try sink.write(line) }
        try sink.close()
    }
}

/// Where scored rows go.
package protocol ScoreSink {
    func write(_ line: ScoredLine) throws
    func flush() throws
    func close() throws
}
