internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityImages
internal import OddityRecords
internal import OdditySeries

/// What reads data whose truth is known, or may be, and has a model judge them.
protocol LabeledDataReader {
    /// The model that judges.
    var model: String { get }
    /// Where the data are.
    var data: String { get }
    var truth: TruthArguments { get }
    var reading: ReadingArguments { get }
    var badRows: BadRowArguments { get }
    var broken: BrokenImageArguments { get }
    var threads: ThreadArguments { get }
    /// How quickly the scores of series follow them.
    var adaptation: SeriesAdaptation { get }
    /// Whether it cannot do without the truth.
    var needsLabels: Bool { get }
    /// The column of times that tells how many rows of a table a day has; nil where that is not asked for.
    var timeColumn: String? { get }
}

extension LabeledDataReader {
    var needsLabels: Bool { true }
    var adaptation: SeriesAdaptation { .off }
    var timeColumn: String? { nil }

    /// The column of labels, which rows must have.
    func requiredLabel() throws -> String {
        guard let label = truth.label else {
            throw ValidationError(
                ArraySeries.isSeries(path: data, format: reading.inputFormat)
                    ? "an array needs --labels, an array of as many labels"
                    : "rows need --label, the column of their labels"
            )
        }
        return label
    }

    /// The labels of rows, of which none is read yet; nil where none are needed and none are named.
    func rowLabels() throws -> Labels? {
        guard needsLabels || truth.label != nil else { return nil }
        return try truth.labels(column: try requiredLabel())
    }

    /// The labels of rows or steps alone, before there is a model.
    ///
    /// - Parameter schema: the columns that there will be one for.
    func labelsOfRows(beside schema: Schema) throws -> [Bool] {
        if ArraySeries.isSeries(path: data, format: reading.inputFormat), let labels = truth.labels
        {
            return try SeriesLabels.values(ofArray: labels, for: data)
        }
        var labels = try truth.labels(column: requiredLabel())
        let reader = try openTable(data, reading.options())
        try reader.select(schema, keeping: [labels.requiredColumn])
        while let chunk = try reader.nextChunk() { try labels.append(chunk, file: data) }
        try labels.checkPositive(file: data)
        return labels.values
    }

    /// The labels of images alone.
    func labelsOfImages() throws -> [Bool] {
        try checkOptionsForImages()
        let images = try ImageCollection(path: data, options: broken.options).labeledImages
        return (0..<images.count).map { images.label(at: $0)?.isAnomaly ?? false }
    }

    /// Refuses options that do not go with rows of tables.
    func checkOptionsForRows() throws {
        if let option = broken.firstGiven {
            throw ValidationError("\(option) is for images, and \(data) holds none")
        }
        if truth.labels != nil {
            throw ValidationError(
                "--labels is for arrays of series; name the column of labels with --label"
            )
        }
    }

    /// Refuses options that do not go with series.
    func checkOptionsForSeries() throws {
        if let option = broken.firstGiven {
            throw ValidationError("\(option) is for images, and \(data) holds none")
        }
        if let option = badRows.firstGiven {
            throw ValidationError(
                "\(option) is for rows that stand alone: a series is judged with all of its rows"
            )
        }
        try refuseTimeColumn()
    }

    /// Refuses a column of times for what has none, or knows its own.
    private func refuseTimeColumn() throws {
        guard let timeColumn else { return }
        throw ValidationError(
            "--rows-per-day \(timeColumn) is for tables, whose column \(timeColumn) tells; give a number"
        )
    }

    /// Refuses options that do not go with images.
    func checkOptionsForImages() throws {
        if let option = reading.firstGiven ?? badRows.firstGiven ?? truth.firstGiven {
            throw ValidationError("\(option) is for tables, and \(data) holds images")
        }
        try refuseTimeColumn()
    }

    /// Gives the rows of a table, with columns that are kept as text, chunk by chunk, and tells what is doubtful of them.
    ///
    /// - Parameter kept: The columns of labels and keys, which the model may not use.
    func readRows(
        for detector: FittedTableDetector,
        keeping kept: Set<String>,
        _ options: ReadingOptions,
        _ body: (Table) throws -> Void
    ) throws {
        if let column = kept.sorted().first(where: { detector.requiredSchema[$0] != nil }) {
            let option = column == truth.label ? "--label" : "--ignore"
            throw DatasetError(
                .conflictingOptions,
                "the model was trained on this column; name another, or fit anew with \(option) \(column)",
                at: DataLocation(file: data, column: column)
            )
        }
        let reader = try openTable(data, options)
        do {
            try reader.select(detector.requiredSchema, keeping: kept)
        } catch let error as DatasetError
            where error.code == .missingColumns && !kept.isSubset(of: reader.columnNames)
        {
            // The option names the label, the model the other columns.
            throw DatasetError(.unknownColumn, error.message, at: error.location)
        }
        Notices.show(detector, extraColumns: reader.extraColumns)
        var known = KnownRows()
        var bad = BadRows(badRows, path: data)
        var rowCount = 0
        while let parts = try reader.nextParts(keepingInfinities: true) {
            for part in parts {
                switch part {
                case .rows(let chunk):
                    bad.count(chunk)
                    rowCount += chunk.rowCount
                    detector.count(chunk, in: &known)
                    try body(chunk)
                case .bad(let row): try bad.add(row)
                }
            }
        }
        try bad.checkSomeAreGood()
        Notices.show(readingOf: reader)
        Notices.show(known, of: data)
        if !bad.text.isEmpty {
            Console.error("note: \(counted(rowCount, "row")) judged\(bad.text)")
        }
    }
}
