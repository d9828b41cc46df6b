internal import ArgumentParser
internal import OddityDatasets

/// How a table is read, as far as it should not be found out from the file.
struct ReadingArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How the text is written: utf-8, utf-16le, utf-16be, latin1 or windows-1252 (default: utf-8, or utf-16 where its mark says so).",
            valueName: "name"
        )
    )
    var encoding: String?

    @Option(
        help: ArgumentHelp(
            "The character between fields: ',' ';' '|' or tab; or space, for any number of blanks. Found out when not given.",
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
            "Pass over this many lines before the names. Found out when not given.",
            valueName: "count"
        )
    )
    var skipLines: Int?

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
            "How quotes are written inside quoted fields: double or backslash. Found out when not given.",
            valueName: "name"
        )
    )
    var quoteEscape: String?

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
    var decimal: String?

    @Option(
        help: ArgumentHelp(
            "What sets thousands apart in numbers: comma, point, blank, apostrophe, or none. Found out for each column when not given.",
            valueName: "mark"
        )
    )
    var thousands: String?

    func validate() throws {
        _ = try options()
    }

    /// The first option that was given, for data that is no text.
    var firstGiven: String? {
        let options = [
            ("--encoding", encoding != nil), ("--delimiter", delimiter != nil),
            ("--header", header != nil),
            ("--skip-lines", skipLines != nil), ("--comment", comment != nil),
            ("--units-row", unitsRow != nil), ("--quote-escape", quoteEscape != nil),
            ("--missing", !missing.isEmpty), ("--decimal", decimal != nil),
            ("--thousands", thousands != nil),
        ]
        return options.first { $0.1 }?.0
    }

    /// The first option that was given of those that are for files, and not for rows as they come.
    var firstGivenForFiles: String? {
        let options = [
            ("--encoding", encoding != nil), ("--skip-lines", skipLines != nil),
            ("--comment", comment != nil), ("--units-row", unitsRow != nil),
            ("--quote-escape", quoteEscape != nil), ("--decimal", decimal != nil),
            ("--thousands", thousands != nil),
        ]
        return options.first { $0.1 }?.0
    }

    /// The options for the library.
    func options(_ columns: ColumnArguments? = nil) throws -> ReadingOptions {
        ReadingOptions(
            encoding: try textEncoding(),
            delimiter: try delimiterByte(),
            hasHeader: header,
            skippedLineCount: try lineCount(),
            commentPrefix: comment,
            hasUnitsRow: unitsRow,
            quoteEscape: try escape(),
            missingTokens: missing.reduce(MissingTokens.standard) { $0.adding($1) },
            decimalMark: try decimalMark(),
            thousandsMark: try thousandsMark(),
            ignoredColumns: ColumnArguments.names(columns?.ignore ?? []),
            categoricalColumns: ColumnArguments.names(columns?.categorical ?? []),
            numericColumns: ColumnArguments.names(columns?.numeric ?? []),
            labelColumn: columns?.label,
            schema: try columns?.pinnedSchema()
        )
    }

    private func textEncoding() throws -> TextEncoding? {
        guard let encoding else { return nil }
        let names = [
            "utf8": "utf-8", "latin-1": "latin1", "iso-8859-1": "latin1", "cp1252": "windows-1252",
        ]
        let name = encoding.lowercased()
        guard let known = TextEncoding(rawValue: names[name] ?? name) else {
            throw ValidationError(
                "--encoding is utf-8, utf-16le, utf-16be, latin1 or windows-1252, not \"\(encoding)\""
            )
        }
        return known
    }

    private func lineCount() throws -> Int? {
        guard let skipLines else { return nil }
        guard 0...1_000_000 ~= skipLines else {
            throw ValidationError("--skip-lines takes a count from 0 to 1,000,000")
        }
        return skipLines
    }

    private func escape() throws -> QuoteEscape? {
        guard let quoteEscape else { return nil }
        guard let escape = QuoteEscape(rawValue: quoteEscape) else {
            throw ValidationError("--quote-escape is double or backslash")
        }
        return escape
    }

    private func decimalMark() throws -> NumberNotation.DecimalMark? {
        guard let decimal else { return nil }
        let names = ["point": ".", "comma": ","]
        guard let mark = NumberNotation.DecimalMark(rawValue: names[decimal] ?? decimal) else {
            throw ValidationError("--decimal takes '.' or ','")
        }
        return mark
    }

    private func thousandsMark() throws -> NumberNotation.GroupMark? {
        guard let thousands else { return nil }
        let names = [",": "comma", ".": "point", " ": "blank", "'": "apostrophe", "space": "blank"]
        guard let mark = NumberNotation.GroupMark(rawValue: names[thousands] ?? thousands) else {
            throw ValidationError(
                "--thousands takes comma, point, blank, apostrophe or none, or the character itself"
            )
        }
        let isSame = mark == .comma && decimal == "," || mark == .point && decimal == "."
        guard !isSame else {
            throw ValidationError("--decimal and --thousands name the same mark")
        }
        return mark
    }

    private func delimiterByte() throws -> UInt8? {
        guard let delimiter else { return nil }
        if delimiter == "tab" || delimiter == "\\t" { return CSVDialect.tab }
        if delimiter == "space" || delimiter == "blank" { return CSVDialect.blank }
        guard delimiter.utf8.count == 1, let byte = delimiter.utf8.first else {
            throw ValidationError(
                "--delimiter takes one character, or one of the words tab and space"
            )
        }
        return byte
    }
}
