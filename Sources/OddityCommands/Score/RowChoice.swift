internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityRecords

/// Which rows are written, and with which of their own columns.
struct RowChoiceArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Columns of the data to copy beside the scores: a,b,c.",
            valueName: "names"
        )
    )
    var keep: [String] = []

    @Flag(help: "Write only the rows that are anomalies.")
    var onlyAnomalies = false

    @Option(help: ArgumentHelp("Write only this many rows, the oddest first.", valueName: "count"))
    var top: Int?

    @Flag(help: "Write the oddest rows first; all scores are held in memory until the end.")
    var sort = false

    /// The columns to copy.
    var kept: [String] { ColumnArguments.names(keep) }

    func validate() throws {
        guard (1...100_000).contains(top ?? 1) else {
            throw ValidationError("--top takes a count from 1 to 100,000")
        }
        guard top == nil || !sort else {
            throw ValidationError("--top sorts its rows; leave out --sort")
        }
        guard Set(kept).count == kept.count else {
            throw ValidationError("--keep names a column twice")
        }
    }

    /// What to write.
    var choice: RowChoice { RowChoice(onlyAnomalies: onlyAnomalies, limit: top, isSorting: sort) }
}
