internal import ArgumentParser
internal import Detectors

/// The form of scores.
enum ScoreFormat: String, ExpressibleByArgument, CaseIterable {
    case csv, ndjson, table
}

/// Writes scored rows in one of the formats, as they come.
final class ScoreWriter {
    let reasonCount: Int
    private(set) var rowCount = 0
    private(set) var anomalyCount = 0
    private let rule: DecisionRule
    private let sink: any ScoreSink

    init(format: ScoreFormat, path: String, rule: DecisionRule, reasonCount: Int) throws {
        self.rule = rule
        self.reasonCount = reasonCount
        sink =
            switch format {
            case .csv: try CSVScoreSink(path: path, reasonCount: reasonCount)
            case .ndjson: try LineScoreSink(path: path, header: nil, line: \.json)
            case .table: try LineScoreSink(path: path, header: ScoredLine.header, line: \.table)
            }
    }

    func write(_ rows: [ExplainedScore], firstRow: Int) throws {
        for (offset, row) in rows.enumerated() {
            let isAnomaly = rule.isAnomaly(row.score)
            try sink.write(
                ScoredLine(number: firstRow + offset + 1, row: row, isAnomaly: isAnomaly)
            )
            rowCount += 1
            if isAnomaly { anomalyCount += 1 }
        }
    }

    /// Hands what was written to the reader of a pipe.
    func flush() throws { try sink.flush() }
    func close() throws { try sink.close() }
}

/// One row of output.
struct ScoredLine {
    let number: Int
    let row: ExplainedScore
    let isAnomaly: Bool
}

/// Where scored rows go.
protocol ScoreSink {
    func write(_ line: ScoredLine) throws
    func flush() throws
    func close() throws
}
