internal import ArgumentParser
internal import OddityDatasets

/// How a table is read, as far as it should not be found out from the file.
struct ReadingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The character between fields: ',' ';' '|' or 'tab'. Found out when not given.",
            valueName: "character"
        )
    )
    var delimiter: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Whether the first line names the columns. Found out when not given."
    )
    var header: Bool?

    @Option(
        help: ArgumentHelp(
            "A text that stands for a missing value, beside the empty field, NA, N/A, NaN, null, None and ?.",
            valueName: "text"
        )
    )
    var missing: [String] = []

    func validate() throws {
        _ = try delimiterByte()
    }

    /// The first option that was given, for data that is no text.
    var firstGiven: String? {
        let options = [
            ("--delimiter", delimiter != nil), ("--header", header != nil),
            ("--missing", !missing.isEmpty),
        ]
        return options.first { $0.1 }?.0
    }

    /// The options for the library.
    func options(_ columns: ColumnArguments? = nil) throws -> ReadingOptions {
        ReadingOptions(
            delimiter: try delimiterByte(),
            hasHeader: header,
            missingTokens: missing.reduce(MissingTokens.standard) { $0.adding($1) },
            ignoredColumns: ColumnArguments.names(columns?.ignore ?? []),
            categoricalColumns: ColumnArguments.names(columns?.categorical ?? []),
            numericColumns: ColumnArguments.names(columns?.numeric ?? []),
            labelColumn: columns?.label
        )
    }

    private func delimiterByte() throws -> UInt8? {
        guard let delimiter else { return nil }
        if delimiter == "tab" || delimiter == "\\t" { return CSVDialect.tab }
        guard delimiter.utf8.count == 1, let byte = delimiter.utf8.first else {
            throw ValidationError("--delimiter takes one character, or the word tab")
        }
        return byte
    }
}
