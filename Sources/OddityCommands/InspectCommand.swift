internal import ArgumentParser
internal import Datasets
internal import Detectors
internal import ModelFiles

/// `oddity inspect`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what a model is, or what would be understood of a CSV file.")

    @Argument(help: "A model, or a CSV file.")
    var file: String

    @Option(help: ArgumentHelp("Columns to leave out, by name: a,b,c.", valueName: "names"))
    var ignore: [String] = []

    @Option(help: ArgumentHelp("The column of known answers.", valueName: "name"))
    var label: String?

    @Option(help: ArgumentHelp("Columns to read as categories.", valueName: "names"))
    var categorical: [String] = []

    @Option(help: ArgumentHelp("Columns to read as numbers.", valueName: "names"))
    var numeric: [String] = []

    @OptionGroup(title: "Reading") var reading: ReadingArguments

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        let options = try reading.options(
            ignored: columnNames(ignore), categorical: columnNames(categorical),
            numeric: columnNames(numeric), label: label)
        try CommandFailure.reporting(file: file) {
            if ModelArchive.looksLikeModel(path: file) {
                let detector = try FittedAutoencoder(reading: file)
                try show(ModelSummary(detector), ModelCard(detector).lines)
            } else {
                let summary = try TableReader(path: file, options: options).inferSchema()
                try show(summary, FitReport.understood(summary) + [""] + table(summary))
            }
        }
    }

    private func show(_ summary: some Encodable, _ lines: [String]) throws {
        if json {
            Console.print(try OddityCommands.json(summary))
        } else {
            for line in lines { Console.print(line) }
        }
    }

    private func table(_ summary: TableSummary) -> [String] {
        let header = ["column", "kind", "missing", "distinct", "minimum", "mean", "maximum", "why"]
        let rows = zip(summary.schema.columns, summary.statistics).map { column, seen in
            [
                column.name, column.kind.rawValue, grouped(seen.missingCount),
                grouped(seen.distinctCount) + (seen.isDistinctCountExact ? "" : "+"),
                short(seen.minimum), short(seen.mean), short(seen.maximum), column.reason,
            ]
        }
        return aligned([header] + rows, rightAligned: [2, 3, 4, 5, 6])
    }
}
