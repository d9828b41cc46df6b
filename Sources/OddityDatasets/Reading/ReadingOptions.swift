/// How a quote is written inside a quoted field.
public enum QuoteEscape: String, Codable, CaseIterable, Sendable {
    /// As two quotes.
    case double
    /// With a backslash before it.
    case backslash
}

/// How a file is read, where that should not be found out from the file itself.
public struct ReadingOptions: Equatable, Sendable {
    /// The kind of file; nil to find it out from its first bytes.
    public var format: TableFormat?
    /// How the text is written; nil for UTF-8, and UTF-16 where a byte-order mark says so.
    public var encoding: TextEncoding?
    /// The byte between fields; nil to find it out.
    public var delimiter: UInt8?
    /// Whether the first record names the columns; nil to find it out.
    public var hasHeader: Bool?
    /// The number of lines to pass over before the names, or the first row; nil to find it out.
    public var skippedLineCount: Int?
    /// The number of lines to leave out at the end, where blank ones do not count; nil to find it out.
    public var skippedLastLineCount: Int?
    /// What lines begin with that are no rows; nil to find it out from the first lines, empty for nothing.
    public var commentPrefix: String?
    /// Whether the line below the names holds units; nil to find it out.
    public var hasUnitsRow: Bool?
    /// How quotes are written inside quoted fields; nil to find it out.
    public var quoteEscape: QuoteEscape?
    /// The texts that stand for a missing value.
    public var missingTokens: MissingTokens
    /// The decimal mark of numbers; nil to find it out, column by column.
    public var decimalMark: NumberNotation.DecimalMark?
    /// What sets thousands apart in numbers; nil to find it out, column by column.
    public var thousandsMark: NumberNotation.GroupMark?
    /// Columns to ignore, whatever is in them.
    public var ignoredColumns: [String]
    /// Columns to read as text categories, whatever is in them.
    public var categoricalColumns: [String]
    /// Columns that must be numeric.
    public var numericColumns: [String]
    /// Columns of dates or times, of which the hour, the weekday and the month are used.
    public var calendarColumns: [String]
    /// The column of known answers: it is no feature, so it is ignored.
    public var labelColumn: String?
    /// Whether a file must have the column of known answers.
    public var requiresLabelColumn: Bool
    /// What columns are used as, decided before; nil to find it out.
    ///
    /// Columns that it does not have are left out.
    public var schema: Schema?
    /// What reads the rows of databases; nil refuses them.
    ///
    /// `DatabaseReading.sqlite` of the module `OddityDatabases` reads tables of SQLite.
    public var databases: DatabaseReading?
    /// The most rows in a chunk, which never has more than 4 million values; a stream's chunks are
    /// as small as its rows come.
    public var rowsPerChunk: Int

    /// Creates options; by default everything is found out from the file.
    public init(
        format: TableFormat? = nil,
        encoding: TextEncoding? = nil,
        delimiter: UInt8? = nil,
        hasHeader: Bool? = nil,
        skippedLineCount: Int? = nil,
        skippedLastLineCount: Int? = nil,
        commentPrefix: String? = nil,
        hasUnitsRow: Bool? = nil,
        quoteEscape: QuoteEscape? = nil,
        missingTokens: MissingTokens = .standard,
        decimalMark: NumberNotation.DecimalMark? = nil,
        thousandsMark: NumberNotation.GroupMark? = nil,
        ignoredColumns: [String] = [],
        categoricalColumns: [String] = [],
        numericColumns: [String] = [],
        calendarColumns: [String] = [],
        labelColumn: String? = nil,
        requiresLabelColumn: Bool = true,
        schema: Schema? = nil,
        databases: DatabaseReading? = nil,
        rowsPerChunk: Int = 4_096
    ) {
        precondition(rowsPerChunk > 0, "a chunk has at least one row")
        self.format = format
        self.encoding = encoding
        self.delimiter = delimiter
        self.hasHeader = hasHeader
        self.skippedLineCount = skippedLineCount
        self.skippedLastLineCount = skippedLastLineCount
        self.commentPrefix = commentPrefix
        self.hasUnitsRow = hasUnitsRow
        self.quoteEscape = quoteEscape
        self.missingTokens = missingTokens
        self.decimalMark = decimalMark
        self.thousandsMark = thousandsMark
        self.ignoredColumns = ignoredColumns
        self.categoricalColumns = categoricalColumns
        self.numericColumns = numericColumns
        self.calendarColumns = calendarColumns
        self.labelColumn = labelColumn
        self.requiresLabelColumn = requiresLabelColumn
        self.schema = schema
        self.databases = databases
        self.rowsPerChunk = rowsPerChunk
    }
}

extension ReadingOptions {
    /// The decimal mark that the options name or leave.
    var preferredDecimalMark: NumberNotation.DecimalMark? {
        if let decimalMark { return decimalMark }
        return switch thousandsMark {
        case .comma: .point
        case .point: .comma
        case .blank, .apostrophe, .some(.none), nil: nil
        }
    }

    /// Whether an option says how lines of delimited text are written.
    var speaksOfLines: Bool {
        delimiter != nil || hasHeader != nil || skippedLineCount != nil || commentPrefix != nil
            || skippedLastLineCount != nil || hasUnitsRow != nil || quoteEscape != nil
    }

    /// What was decided before of each column of a file; nil where nothing was.
    ///
    /// - Throws: ``DatasetError`` if the file lacks columns that are used.
    func pinnedColumns(names: [String], file: String) throws(DatasetError) -> [ColumnSchema]? {
        guard let schema else { return nil }
        let known = Set(names)
        let lacking = schema.usedColumns.map(\.name).filter { !known.contains($0) }
        guard lacking.isEmpty else {
            throw DatasetError(
                .missingColumns,
                "missing column\(lacking.count == 1 ? "" : "s") \(listedNames(lacking)) of the schema; the file has "
                    + listedNames(names),
                at: DataLocation(file: file)
            )
        }
        let columns = Dictionary(
            schema.columns.map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        return names.map { name in
            guard var column = columns[name] else {
                return ColumnSchema(name: name, kind: .ignored, reason: "not in the schema")
            }
            column.reason = ColumnSchema.pinnedReason
            column.concern = nil
            return column
        }
    }

    /// What the caller declared of each column.
    enum Declaration {
        case ignored, categorical, numeric, time, label
    }

    /// The declarations by name, checked against the names in the file.
    func declarations(names: [String], file: String) throws(DatasetError)
        -> [String: Declaration]
    {
        var result: [String: Declaration] = [:]
        var all: [(String, Declaration)] = ignoredColumns.map { ($0, .ignored) }
        all += categoricalColumns.map { ($0, .categorical) }
        all += numericColumns.map { ($0, .numeric) }
        all += calendarColumns.map { ($0, .time) }
        let known = Set(names)
        if let labelColumn, requiresLabelColumn || known.contains(labelColumn) {
            all.append((labelColumn, .label))
        }
        let unknown = all.map(\.0).filter { !known.contains($0) }
        guard unknown.isEmpty else {
            let listed = unknown.map { nameWithNearMatches($0, in: names) }
            throw DatasetError(
                .unknownColumn,
                "no column \(listed.joined(separator: ", ")); the columns are "
                    + listedNames(names),
                at: DataLocation(file: file)
            )
        }
        for (name, declaration) in all {
            if let other = result[name], other != declaration {
                throw DatasetError(
                    .conflictingOptions,
                    "the options name this column as \(other) and as \(declaration); choose one",
                    at: DataLocation(file: file, column: name)
                )
            }
            result[name] = declaration
        }
        return result
    }
}

/// Names for a message, cut short when there are many.
package func listedNames(_ names: [String]) -> String {
    let shown = names.prefix(12).map(quoted).joined(separator: ", ")
    return names.count > 12 ? "\(shown) and \(names.count - 12) more" : shown
}
