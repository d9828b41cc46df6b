internal import OddityDatasets
package import OddityDetectors
internal import OddityFiles

/// Writes scored images in one of the formats, as they come.
package final class ImageScoreWriter {
    package private(set) var count = 0
    package private(set) var anomalyCount = 0
    private let format: ScoreFormat
    /// Nil but for CSV, whose fields may need quotes.
    private let table: CSVWriter?
    private let lines: OutputFile?

    package init(format: ScoreFormat, path: String) throws {
        self.format = format
        if format == .csv {
            table = try CSVWriter(
                path: path,
                columns: ["row", "score", "p_value", "anomaly", "error", "image", "tail_p_value"]
            )
            lines = nil
        } else {
            table = nil
            lines = try OutputFile(path: path)
            if format == .table {
                try lines?.writeLine("     row    score    p-value  verdict  image")
            }
        }
    }

    /// Writes an image's scores.
    package func write(_ score: RowScore, isAnomaly: Bool, number: Int, name: String) throws {
        count += 1
        if isAnomaly { anomalyCount += 1 }
        try table?.write([
            .integer(number), .number(score.score), .number(score.pValue),
            .integer(isAnomaly ? 1 : 0), .number(score.error), .text(name),
            score.tailPValue.map { .number($0) } ?? .missing,
        ])
        try lines?.writeLine(
            format == .table
                ? Self.line(score, isAnomaly, number, name)
                : try json(
                    ScoredImage(
                        row: number,
                        score: score.score,
                        pValue: score.pValue,
                        tailPValue: OrNull(score.tailPValue),
                        anomaly: isAnomaly,
                        error: score.error,
                        image: name
                    ),
                    pretty: false
                )
        )
    }

    /// Hands what was written to the reader of a pipe.
    package func flush() throws {
        try table?.flush()
        try lines?.flush()
    }

    package func close() throws {
        try table?.close()
        try lines?.close()
    }

    private struct ScoredImage: Encodable {
        package let row: Int
        package let score, pValue: Double
        package let tailPValue: OrNull<Double>
        package let anomaly: Bool
        package let error: Double
        package let image: String
    }

    private static func line(
        _ score: RowScore,
        _ isAnomaly: Bool,
        _ number: Int,
        _ name: String
    ) -> String {
        let columns = [
            (String(number), 8), (decimals(score.score, 3), 7), (score.pValueText, 9),
        ]
        let numbers = columns.map { text, width in
            String(repeating: " ", count: max(0, width - text.count)) + text
        }
        return numbers.joined(separator: "  ") + (isAnomaly ? "  anomaly  " : "  normal   ") + name
    }
}
