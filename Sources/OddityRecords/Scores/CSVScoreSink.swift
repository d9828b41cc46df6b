package import OddityDatasets
internal import OddityDetectors
package import OddityFiles
internal import OddityPreprocessing

/// Writes each row as a line of a CSV file with the same columns throughout.
package struct CSVScoreSink: ScoreSink {
    package let writer: CSVWriter
    package let reasonCount: Int

    package init(
        path: String,
        reasonCount: Int,
        keys: [SeriesKey]? = nil,
        kept: [String] = []
    ) throws {
        writer = try CSVWriter(path: path, columns: Self.columns(reasonCount, keys, kept))
        self.reasonCount = reasonCount
    }

    /// Goes on with a file that is open already.
    package init(file: OutputFile, reasonCount: Int, keys: [SeriesKey]) throws {
        writer = try CSVWriter(
            file: file,
            columns: Self.columns(reasonCount, keys),
            writesHeader: file.flushedLength == 0
        )
        self.reasonCount = reasonCount
    }

    private static func columns(
        _ reasonCount: Int,
        _ keys: [SeriesKey]?,
        _ kept: [String] = []
    ) -> [String] {
        var columns = ["row"] + (keys ?? []).map(\.name)
        columns += ["score", "p_value", "anomaly", "error"]
        if keys != nil { columns.append("state") }
        for number in 1..<reasonCount + 1 {
            columns += ["reason", "share", "actual", "expected"].map { "\($0)_\(number)" }
        }
        columns.append("tail_p_value")
        // A column of the data may be called as one of ours.
        let own = Set(columns)
        columns.insert(contentsOf: kept.map { own.contains($0) ? "kept_\($0)" : $0 }, at: 1)
        return columns
    }

    package func write(_ line: ScoredLine) throws {
        func number(_ value: Double?) -> CSVWriter.Field { value.map { .number($0) } ?? .missing }
        var fields: [CSVWriter.Field] = [.integer(line.number)]
        fields += line.kept.map { $0.text.map { .text($0) } ?? .missing }
        fields += (line.series?.keys ?? []).map { $0.1.map { .text($0) } ?? .missing }
        fields += [
            number(line.score?.score), number(line.score?.pValue),
            line.problem == nil ? .integer(line.isAnomaly ? 1 : 0) : .missing,
            number(line.score?.error),
        ]
        if let series = line.series { fields.append(.text(series.state)) }
        for reason in line.reasons {
            fields += [
                .text(reason.column), .number(roundedShare(reason.share)),
                .text(reason.actual.description), .text(reason.expected.description),
            ]
        }
        var reasonCount = self.reasonCount
        if let problem = line.problem, reasonCount > 0 {
            reasonCount -= 1
            fields += [
                problem.column.map { .text($0) } ?? .missing, .missing, .text(problem.text),
                .missing,
            ]
        }
        // A row without a score has no reasons.
        for _ in line.reasons.count..<reasonCount {
            fields += [.missing, .missing, .missing, .missing]
        }
        fields.append(number(line.score?.tailPValue))
        try writer.write(fields)
    }

    package func flush() throws { try writer.flush() }
    package func close() throws { try writer.close() }
}
