internal import ArgumentParser
internal import OddityDatabases
internal import OddityDatasets
internal import OddityRecords

/// How a table is read, as far as it should not be found out from the file.
struct ReadingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What the file holds. Found out from its first bytes when not given.",
            valueName: "name"
        )
    )
    var inputFormat: TableFormat?

    @Option(
        help: ArgumentHelp(
            "How the text is written (default: utf-8, or utf-16 where its mark says so).",
            valueName: "name"
        )
    )
    var encoding: TextEncoding?

    @Option(
        help: ArgumentHelp(
            "The character between fields: ',' ';' '|' or tab; or space, for any number of blanks. Found out when not given.",
            valueName: "character"
        )
    )
    var delimiter: DelimiterArgument?

    @Flag(
        inversion: .prefixedNo,
        help: "Whether the first line names the columns. Found out when not given."
    )
    var header: Bool?

    @Option(
        help: ArgumentHelp(
            "Pass over this many lines before the names. Found out when not given.",
            valueName: "count"
        )
    )
    var skipLines: Int?

    @Option(
        help: ArgumentHelp(
            "Leave out this many lines at the end. Found out when not given.",
            valueName: "count"
        )
    )
    var skipLast: Int?

    @Option(
        help: ArgumentHelp(
            "Leave out lines that begin with this. Found out from the first lines when not given.",
            valueName: "text"
        )
    )
    var comment: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Whether the line below the names holds units. Found out when not given."
    )
    var unitsRow: Bool?

    @Option(
        help: ArgumentHelp(
            "How quotes are written inside quoted fields. Found out when not given.",
            valueName: "name"
        )
    )
    var quoteEscape: QuoteEscape?

    @Option(
        help: ArgumentHelp(
            "A text that stands for a missing value, beside the empty field, NA, N/A, NaN, null, None and ?, and among numbers words such as n.a., - and #DIV/0!.",
            valueName: "text"
        )
    )
    var missing: [String] = []

    @Option(
        help: ArgumentHelp(
            "The decimal mark of numbers, '.' or ','. Found out for each column when not given.",
            valueName: "mark"
        )
    )
    var decimal: NumberNotation.DecimalMark?

    @Option(
        help: ArgumentHelp(
            "What sets thousands apart in numbers, by name or as the character itself. Found out for each column when not given.",
            valueName: "mark"
        )
    )
    var thousands: NumberNotation.GroupMark?

    func validate() throws {
        _ = try options()
    }

    /// The options for the library.
    ///
    /// - Parameter mayLackLabel: whether another file has the column of answers.
    func options(
        _ columns: ColumnArguments? = nil,
        mayLackLabel: Bool = false
    ) throws -> ReadingOptions {
        guard
            !(thousands == .comma && decimal == .comma || thousands == .point && decimal == .point)
        else { throw ValidationError("--decimal and --thousands name the same mark") }
        return ReadingOptions(
            format: inputFormat,
            encoding: encoding,
            delimiter: delimiter?.byte,
            hasHeader: header,
            skippedLineCount: try Self.checked(skipLines, 1_000_000, "--skip-lines"),
            skippedLastLineCount: try Self.checked(skipLast, 10_000, "--skip-last"),
            commentPrefix: comment,
            hasUnitsRow: unitsRow,
            quoteEscape: quoteEscape,
            missingTokens: missing.reduce(MissingTokens.standard) { $0.adding($1) },
            decimalMark: decimal,
            thousandsMark: thousands,
            ignoredColumns: ColumnArguments.names(columns?.ignore ?? []),
            categoricalColumns: ColumnArguments.names(columns?.categorical ?? []),
            numericColumns: ColumnArguments.names(columns?.numeric ?? []),
            calendarColumns: ColumnArguments.names(columns?.timeFeatures ?? []),
            labelColumn: columns?.label,
            requiresLabelColumn: !mayLackLabel,
            schema: try columns?.pinnedSchema(),
            databases: .sqlite
        )
    }

    private static func checked(_ count: Int?, _ limit: Int, _ option: String) throws -> Int? {
        guard let count, !(0...limit ~= count) else { return count }
        throw ValidationError("\(option) takes a count from 0 to \(grouped(limit))")
    }
}

/// The character between fields: itself, or a word for it.
struct DelimiterArgument: ExpressibleByArgument {
    let byte: UInt8

    init?(argument: String) {
        switch argument {
        case "tab", "\\t": byte = CSVDialect.tab
        case "space", "blank": byte = CSVDialect.blank
        default:
            guard argument.utf8.count == 1, let only = argument.utf8.first else { return nil }
            byte = only
        }
    }
}
