internal import ArgumentParser
internal import OddityRecords

/// How the scores of the very data that were learned from are written, on the command line.
struct FoundScoreArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Columns of the data to copy beside the scores: a,b,c.",
            valueName: "names"
        )
    )
    var keep: [String] = []

    @Option(help: "The form of the scores in a file: csv, ndjson or table (default: csv).")
    var format: ScoreFormat?

    @Option(
        help: ArgumentHelp(
            "How many columns to name as reasons of each row (default: 3).",
            valueName: "count"
        )
    )
    var reasons: Int?

    func validate() throws {
        guard (0...1000).contains(reasonCount) else {
            throw ValidationError("--reasons takes a count from 0 to 1000")
        }
        guard Set(kept).count == kept.count else {
            throw ValidationError("--keep names a column twice")
        }
    }

    var reasonCount: Int { reasons ?? 3 }

    /// The columns to copy.
    var kept: [String] { ColumnArguments.names(keep) }

    /// What a file is to hold.
    func form(in path: String) -> FoundScores {
        FoundScores(path: path, format: format ?? .csv, reasonCount: reasonCount, kept: kept)
    }
}
