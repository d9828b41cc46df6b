internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityRecords
internal import OdditySeries

/// Which rows of a series are anomalous: by a column of its file, or by an array beside it.
enum SeriesLabels {
    case column(Labels)
    case array([Bool])

    /// Finds the labels that the options tell of.
    init(_ command: some LabeledDataReader, for detector: FittedSeriesDetector) throws {
        guard ArraySeries.isSeries(path: command.data, format: command.reading.inputFormat)
        else {
            if command.truth.labels != nil {
                throw ValidationError(
                    "--labels is for arrays, and \(shownPath(command.data)) is none; name the "
                        + "column of labels with --label"
                )
            }
            let labels = try command.truth.labels(column: command.requiredLabel())
            let label = labels.requiredColumn
            let uses =
                detector.keyColumns.contains(label)
                ? "finds times or series by this column" : "was trained on this column"
            if detector.keyColumns.contains(label) || detector.requiredSchema[label] != nil {
                throw DatasetError(
                    .conflictingOptions,
                    "the model \(uses); name another column, or fit anew without it",
                    at: DataLocation(file: command.data, column: label)
                )
            }
            self = .column(labels)
            return
        }
        if let option = command.truth.firstGiven(but: "--labels")
            ?? command.reading.firstGiven(but: "--input-format")
        {
            throw ValidationError(
                "\(option) is for tables, and \(command.data) is an array; give an array of labels "
                    + "with --labels"
            )
        }
        guard let path = command.truth.labels else {
            throw ValidationError("an array needs --labels, an array of as many labels")
        }
        self = .array(try SeriesLabels.values(ofArray: path, for: command.data))
    }

    /// The column to keep beside those that the detector needs.
    var column: String? {
        if case .column(let labels) = self { labels.requiredColumn } else { nil }
    }

    var values: [Bool] {
        switch self {
        case .column(let labels): labels.values
        case .array(let values): values
        }
    }

    /// Takes the labels of a chunk.
    mutating func append(_ chunk: Table, file: String) throws {
        guard case .column(var labels) = self else { return }
        try labels.append(chunk, file: file)
        self = .column(labels)
    }

    /// Refuses a `--positive` that no row has.
    func checkPositive(file: String) throws {
        if case .column(let labels) = self { try labels.checkPositive(file: file) }
    }

    /// The labels of an array, as many as the data have rows.
    static func values(ofArray path: String, for data: String) throws -> [Bool] {
        var array = try ArraySeries(path: path)
        guard array.schema.columns.count == 1, let name = array.schema.names.first else {
            throw LabelProblem(
                description: "\(path): the array has \(array.schema.columns.count) channels; give "
                    + "one label for each row"
            )
        }
        let rowCount = try ArraySeries(path: data).rowCount
        guard array.rowCount == rowCount else {
            throw LabelProblem(
                description: "\(path) has \(counted(array.rowCount, "label")), and \(data) has "
                    + "\(counted(rowCount, "row")); give one label for each row"
            )
        }
        let numbers = try array.readAll()[name]?.numbers ?? []
        if let row = numbers.firstIndex(where: { $0 != 0 && $0 != 1 }) {
            throw LabelProblem(
                description: "\(path): row \(row + 1): \(numbers[row]) is no label; write 1 for an "
                    + "anomalous row and 0 for a normal one"
            )
        }
        return numbers.map { $0 == 1 }
    }
}
