internal import ArgumentParser
internal import Datasets
internal import Detectors
internal import Files
internal import Preprocessing

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
            case .ndjson: try LineScoreSink(path: path, header: nil, line: Self.object)
            case .table:
                try LineScoreSink(path: path, header: Self.tableHeader, line: Self.tableLine)
            }
    }

    func write(_ rows: [ExplainedScore], firstRow: Int) throws {
        for (offset, row) in rows.enumerated() {
            let isAnomaly = rule.isAnomaly(row.score)
            try sink.write(ScoredLine(number: firstRow + offset + 1, row: row, isAnomaly: isAnomaly))
            rowCount += 1
            if isAnomaly { anomalyCount += 1 }
        }
    }

    /// Hands what was written to the reader of a pipe.
    func flush() throws { try sink.flush() }
    func close() throws { try sink.close() }

    private static let tableHeader = "     row    score    p-value      error  verdict  reasons"

    private static func tableLine(_ line: ScoredLine) -> String {
        let score = line.row.score
        let columns = [
            (String(line.number), 8), (decimals(score.score, 3), 7),
            (decimals(score.pValue, 5), 9), (decimals(score.error, 5), 9),
        ]
        let numbers = columns.map { text, width in
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        let reasons = line.row.reasons.map {
            "\($0.column) \($0.actual) (expected \($0.expected), \(percent($0.share, 0)))"
        }
        return numbers.joined(separator: "  ") + "  " + (line.isAnomaly ? "anomaly" : "normal ")
            + (reasons.isEmpty ? "" : "  " + reasons.joined(separator: "; "))
    }

    private static func object(_ line: ScoredLine) throws -> String {
        try json(JSONScore(line), pretty: false)
    }
}

/// One row of output.
struct ScoredLine {
    let number: Int
    let row: ExplainedScore
    let isAnomaly: Bool
}

private protocol ScoreSink {
    func write(_ line: ScoredLine) throws
    func flush() throws
    func close() throws
}

private struct CSVScoreSink: ScoreSink {
    let writer: CSVWriter
    let reasonCount: Int

    init(path: String, reasonCount: Int) throws {
        var columns = ["row", "score", "p_value", "anomaly", "error"]
        for number in 1..<reasonCount + 1 {
            columns += ["reason", "share", "actual", "expected"].map { "\($0)_\(number)" }
        }
        writer = try CSVWriter(path: path, columns: columns)
        self.reasonCount = reasonCount
    }

    func write(_ line: ScoredLine) throws {
        let score = line.row.score
        var fields: [CSVWriter.Field] = [
            .integer(line.number), .number(score.score), .number(score.pValue),
            .integer(line.isAnomaly ? 1 : 0), .number(score.error),
        ]
        for reason in line.row.reasons {
            fields += [
                .text(reason.column), .number((reason.share * 1e4).rounded() / 1e4),
                .text(reason.actual.description), .text(reason.expected.description),
            ]
        }
        try writer.write(fields)
    }

    func flush() throws { try writer.flush() }
    func close() throws { try writer.close() }
}

private struct LineScoreSink: ScoreSink {
    let file: OutputFile
    let line: (ScoredLine) throws -> String

    init(path: String, header: String?, line: @escaping (ScoredLine) throws -> String) throws {
        file = try OutputFile(path: path)
        self.line = line
        if let header { try file.writeLine(header) }
    }

    func write(_ scored: ScoredLine) throws { try file.writeLine(try line(scored)) }
    func flush() throws { try file.flush() }
    func close() throws { try file.close() }
}

/// A scored row as a JSON object.
private struct JSONScore: Encodable {
    let row: Int
    let score: Double
    let pValue: Double
    let anomaly: Bool
    let error: Double
    let reasons: [JSONReason]

    init(_ line: ScoredLine) {
        row = line.number
        score = line.row.score.score
        pValue = line.row.score.pValue
        anomaly = line.isAnomaly
        error = line.row.score.error
        reasons = line.row.reasons.map(JSONReason.init)
    }
}

private struct JSONReason: Encodable {
    let column: String
    let share: Double
    let actual: String
    let expected: String

    init(_ reason: Reason) {
        column = reason.column
        share = reason.share
        actual = reason.actual.description
        expected = reason.expected.description
    }
}
