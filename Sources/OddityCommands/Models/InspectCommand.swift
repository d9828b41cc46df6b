internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityFailures
internal import OddityImages
internal import OddityRecords
internal import OdditySeries

/// `oddity inspect`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract:
            "Show what a model is, or what would be understood of a table, an array or images."
    )

    @Argument(
        help:
            "A model, a table (see oddity help fit), - for standard input, or images."
    )
    var file: String

    @OptionGroup(title: "Columns") var columns: ColumnArguments
    @OptionGroup(title: "Reading") var reading: ReadingArguments

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let options = try reading.options(columns)
        try CommandFailure.reporting(file: file) {
            if isModel(file) {
                try refuseTableOptions("is a model")
                let model = ModelDescription(try readModel(file))
                try json ? Console.printText(model.json()) : Console.print(model.lines)
            } else if isImages(file) {
                try refuseTableOptions("holds images")
                let collection = try ImageCollection(path: file)
                let training = try collection.trainingImages
                let survey = try training.survey()
                try show(
                    ImageSummary(training, survey),
                    ImageFitReport.understood(collection, training, survey)
                )
            } else if ArraySeries.isSeries(path: file, format: options.format) {
                // An array is a table like any other, and may be a series too.
                let series = try ArraySeries(path: file)
                let summary = try TableFormats.open(file, options).inferSchema()
                let both = ArraySummary(table: summary, series)
                let lines = FitReport.understood(summary) + [both.line(series.path), ""]
                try show(both, lines + table(summary))
            } else {
                let reader = try TableFormats.open(file, options)
                let summary = try reader.inferSchema()
                if columns.schema != nil {
                    // What contradicts the schema is found by reading on.
                    try reader.select(summary.schema)
                    while try reader.nextChunk() != nil {}
                }
                try show(summary, FitReport.understood(summary) + [""] + table(summary))
                for line in FitReport.offers(summary) + FitReport.concerns(summary) {
                    Console.error(line)
                }
                try checkStrictly(summary, columns)
            }
        }
    }

    /// Refuses options that only a table has a use for.
    private func refuseTableOptions(_ reason: String) throws {
        guard let option = columns.firstGiven ?? reading.firstGiven else { return }
        throw ValidationError("\(option) is for tables, and \(file) \(reason)")
    }

    private func show(_ summary: some Encodable, _ lines: [String]) throws {
        try json
            ? Console.printText(OddityRecords.json(summary)) : Console.print(lines)
    }

    private func table(_ summary: TableSummary) -> [String] {
        let header = ["column", "kind", "missing", "distinct", "minimum", "mean", "maximum", "why"]
        let columns = zip(summary.schema.columns, summary.statistics)
        let rows = columns.prefix(Self.columnLimit).map { column, seen in
            [
                printable(column.name), column.kind.rawValue, grouped(seen.missingCount),
                grouped(seen.distinctCount) + (seen.isDistinctCountExact ? "" : "+"),
                short(seen.minimum), short(seen.mean), short(seen.maximum), column.reason,
            ]
        }
        let leftOut = summary.schema.columns.count - rows.count
        return aligned([header] + rows, rightAligned: [2, 3, 4, 5, 6])
            + (leftOut > 0 ? ["and \(grouped(leftOut)) more columns; --json has them all"] : [])
    }

    /// The most columns that a person is shown.
    private static let columnLimit = 200
}

/// What would be understood of an array: as a table, and as a series.
private struct ArraySummary: Encodable {
    let table: TableSummary
    let steps, channels: Int

    init(table: TableSummary, _ series: ArraySeries) {
        self.table = table
        steps = series.rowCount
        channels = series.schema.columns.count
    }

    private enum CodingKeys: CodingKey { case steps, channels }

    func encode(to encoder: any Encoder) throws {
        try table.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(steps, forKey: .steps)
        try container.encode(channels, forKey: .channels)
    }

    func line(_ path: String) -> String {
        FitReport.line(
            "series",
            "\(shownPath(path)): \(counted(steps, "step")) of \(counted(channels, "channel")), an array "
                + "without times; give it to fit with --series"
        )
    }
}

/// What would be understood of images.
private struct ImageSummary: Encodable {
    let images: Int
    /// Null where images differ.
    let width, height: OrNull<Int>
    let hasColor: Bool

    init(_ collection: ImageCollection, _ survey: ImageSurvey) {
        images = collection.count
        width = OrNull(survey.commonSize?.width)
        height = OrNull(survey.commonSize?.height)
        hasColor = survey.hasColor
    }
}
