internal import Datasets
internal import Detectors
internal import Preprocessing

/// Writes each row as a line of a CSV file with the same columns throughout.
struct CSVScoreSink: ScoreSink {
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
                .text(reason.column), .number(roundedShare(reason.share)),
                .text(reason.actual.description), .text(reason.expected.description),
            ]
        }
        try writer.write(fields)
    }

    func flush() throws { try writer.flush() }
    func close() throws { try writer.close() }
}
