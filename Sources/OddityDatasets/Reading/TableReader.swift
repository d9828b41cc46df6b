/// Reads a table in chunks, in memory that the size of the file does not change.
///
/// The file holds delimited text, or JSON lines: one flat object a line, whose keys are columns. It is plain, gzip or
/// zstd, of UTF-8; its delimiter and header are found out unless the options
/// name them (see ``ReadingOptions``). A column without a name is called `column1`, `column2`, … by
/// its place, a second `load` is called `load 2`. Fields may be quoted; lines end with LF, CR LF or CR. Blank lines are skipped in a
/// file of several columns; in a file of one they are missing values, except at the end.
///
/// A file whose first line begins with `{` holds JSON lines, unless the options name the format or a delimiter, or speak of a
/// header. A key that an object lacks, and `null`, are missing values; `true` and `false` are text.
///
/// ```swift
/// let reader = try TableReader(path: "test.csv")
/// try reader.select(schema)
/// while let chunk = try reader.nextChunk() { … }
/// ```
///
/// Every error is a ``DatasetError`` that names file, line and column. Rows of a pipe are given out
/// as they arrive, see ``nextChunk()``.
public final class TableReader {
    /// The path as it was given; `-` is standard input.
    public let path: String
    /// How the file is read.
    public let options: ReadingOptions
    /// The delimiter, and whether there is a header; nil for JSON lines.
    public private(set) var dialect: CSVDialect?
    /// The names of all columns of the file, in its order.
    ///
    /// Of JSON lines those of the first object, until ``inferSchema()`` has seen the others.
    public internal(set) var columnNames: [String]
    /// The columns of the file that the selected schema does not speak of; they are not read.
    public private(set) var extraColumns: [String] = []

    let rows: RowReader
    private let firstRecord: [String]
    private var header: DialectDetector.Header?
    private let opening: TableOpening
    /// What was done about names that are there twice.
    private var nameNote: String?
    /// By what columns without names were told apart.
    private var orderNote: String?
    private(set) var builder: ChunkBuilder?
    /// Of JSON lines the keys that are read.
    var selectedKeys: [String]?
    /// The number of data rows, once a pass over the file has counted them.
    var knownRowCount: Int?
    /// Whether rows were read, so that another pass has to go back.
    private var isUnderWay = false
    /// Whether a schema was selected and no row read since.
    private(set) var needsStart = false

    /// Opens a file and finds out how it is written and its columns' names.
    ///
    /// A pipe is waited for until it has brought a first row, and a quarter of a second more.
    ///
    /// - Parameters:
    ///   - path: The file; `-` is standard input.
    ///   - options: What should not be found out from the file.
    /// - Throws: ``DatasetError`` if the file cannot be read, is empty, is not UTF-8 text, or two of
    ///   its columns have the same name.
    public convenience init(path: String, options: ReadingOptions = ReadingOptions()) throws {
        try self.init(
            source: try ByteStream(path: path, encoding: options.encoding),
            options: options
        )
    }

    /// Reads the rows of a database.
    convenience init(
        _ database: SQLitePath,
        path: String,
        options: ReadingOptions
    ) throws {
        guard !options.speaksOfLines, options.encoding == nil else {
            throw DatasetError(
                .conflictingOptions,
                "options such as --delimiter, --header and --encoding are for text, and this is a database",
                at: DataLocation(file: path)
            )
        }
        guard let databases = options.databases else {
            throw DatasetError(
                .otherFormat,
                "this is an SQLite database, and nothing was given that reads one; set ReadingOptions.databases",
                at: DataLocation(file: path)
            )
        }
        try self.init(
            made: try databases.rows(database, path: path),
            path: path,
            options: options
        )
    }

    /// Reads text that is made as it is read: fields between commas, below a line of names.
    convenience init(made rows: any TextProducer, path: String, options: ReadingOptions) throws {
        var options = options
        options.format = .delimited
        options.delimiter = CSVDialect.comma
        options.hasHeader = true
        options.skippedLineCount = 0
        options.skippedLastLineCount = 0
        options.commentPrefix = ""
        options.hasUnitsRow = false
        options.quoteEscape = .double
        try self.init(source: ByteStream(rows, path: path), options: options)
        self.rows.keepsTotals = true
    }

    private init(source: ByteStream, options: ReadingOptions) throws {
        let records = RecordReader(source: source)
        let path = source.path
        records.heldLineCount = options.skippedLastLineCount ?? 0
        try Self.start(records)
        if let delimiter = options.delimiter {
            try Self.check(delimiter, path)
        }
        try Self.readSample(records, lineCount: options.hasHeader == false ? 1 : 2)
        self.path = path
        self.options = options
        try Self.refuseForeign(records, isNamed: options.format != nil)
        let format = try Self.format(of: records, options)
        records.isArray = format == .jsonArray
        if format != .delimited {
            (dialect, header, firstRecord, opening) = (nil, nil, [], TableOpening())
            nameNote = nil
            columnNames = try Self.readFirstKeys(
                records,
                isNamed: options.format != nil
            )
            rows = RowReader(records: records, columnCount: columnNames.count)
            return
        }
        let finder = OpeningDetector(
            sample: UnsafeBufferPointer(rebasing: records.pending.prefix(Self.sampleSize)),
            isWhole: records.isAtEnd && records.pending.count <= Self.sampleSize,
            options: options
        )
        var opening = finder.start()
        let delimiter =
            options.delimiter ?? opening.delimiter ?? finder.dialect(opening).delimiter()
        if opening.names == nil { finder.addRows(delimiter, to: &opening) }
        let header =
            opening.lacksFirstName || opening.names != nil
            ? DialectDetector.Header(isPresent: opening.names == nil, isCertain: true)
            : options.hasHeader.map { DialectDetector.Header(isPresent: $0, isCertain: true) }
                ?? finder.dialect(opening).header(delimiter: delimiter)
        if header.isPresent { finder.addUnits(delimiter, to: &opening) }
        let dialect = CSVDialect(delimiter: delimiter, hasHeader: header.isPresent)
        records.delimiter = delimiter
        records.comment = opening.comment
        records.escapesWithBackslash = opening.escapesWithBackslash
        records.skip(opening.byteCount, lines: opening.lineCount)
        var firstRecord = try Self.readFirstRecord(records)
        if opening.lacksFirstName { firstRecord.insert("", at: 0) }
        if opening.dropsTrailingName, firstRecord.last == "" { firstRecord.removeLast() }
        self.firstRecord = firstRecord
        let names = try ColumnNames(
            opening.names ?? firstRecord,
            hasHeader: dialect.hasHeader || opening.names != nil,
            renames: source.hasLines,
            at: source.location(line: 1)
        )
        (columnNames, nameNote) = (names.names, names.note)
        rows = RowReader(records: records, columnCount: columnNames.count)
        rows.dropsTrailingField = opening.dropsTrailingField
        if options.skippedLastLineCount == nil {
            rows.closing = finder.closing(dialect, columnCount: columnNames.count, opening)
        } else {
            rows.keepsTotals = true
        }
        (self.dialect, self.header, self.opening) = (dialect, header, opening)
    }

    /// Chooses the columns to read and goes to the first data row.
    ///
    /// Columns are found by name, in any order; those that the schema ignores are not needed. In a
    /// file without a header that has as many columns as the schema, they are taken in the schema's
    /// order. A decimal mark of the options takes the place of the schema's. Where the first record alone cannot tell whether it is a header, the schema does. Of JSON lines the
    /// first object must have a column of the schema; an object that lacks others has missing values.
    ///
    /// - Parameters:
    ///   - schema: The columns that are wanted.
    ///   - keeping: Columns to keep as plain text besides, such as a label.
    /// - Throws: ``DatasetError`` listing all columns that are missing.
    public func select(_ schema: Schema, keeping: Set<String> = []) throws {
        let wanted = schema.usedColumns.filter { !keeping.contains($0.name) }
        let needed =
            wanted.map(\.name)
            + keeping.sorted().flatMap { JoinedColumn.names(for: $0, in: columnNames) }
        if dialect == nil { selectedKeys = needed }
        try settleHeader(wanted.map(\.name))
        let kept = columnNames.filter { keeping.contains($0) }
        let joined = keeping.reduce(into: [String: (first: String, second: String)]()) {
            $0[$1] = JoinedColumn.parts(of: $1, in: columnNames)
        }
        var fields = Dictionary(
            uniqueKeysWithValues: (selectedKeys ?? columnNames).enumerated().map { ($1, $0) }
        )
        if dialect?.hasHeader == false, opening.names == nil,
            needed.contains(where: { fields[$0] == nil }),
            schema.columns.count == columnNames.count
        {
            for (index, column) in schema.columns.enumerated() { fields[column.name] = index }
            orderNote =
                "the first line holds no names: columns are taken in the order of the training"
        }
        let missing = needed.filter { fields[$0] == nil }
        guard missing.isEmpty else { throw missingColumns(missing) }
        if dialect == nil, !wanted.isEmpty, Set(columnNames).isDisjoint(with: wanted.map(\.name)) {
            throw missingColumns(wanted.map(\.name))
        }

        let texts = (kept + keeping.subtracting(kept).sorted()).map {
            ColumnSchema(name: $0, kind: .ignored, reason: "kept as text")
        }
        let mark = options.preferredDecimalMark
        let read = wanted.map { column in
            guard let mark, column.kind == .numeric else { return column }
            var column = column
            var notation = column.notation ?? NumberNotation()
            notation.decimalMark = mark
            column.notation = notation
            return column
        }
        let columns = (read + texts).compactMap { column in
            fields[joined[column.name]?.first ?? column.name].map {
                (
                    schema: column, field: $0,
                    second: joined[column.name].flatMap { fields[$0.second] }
                )
            }
        }
        let known = Set(schema.names).union(keeping)
        let taken =
            dialect == nil ? [] : Set(columns.map(\.field)).union(columns.compactMap(\.second))
        extraColumns = columnNames.enumerated()
            .filter { !taken.contains($0) && !known.contains($1) }.map(\.element)
        needsStart = true
        builder = ChunkBuilder(columns: columns, rowLimit: options.rowsPerChunk)
    }

    /// The next rows, or nil at the end of the file.
    ///
    /// A chunk has ``ReadingOptions/rowsPerChunk`` rows while the file lasts. Of a pipe or another
    /// stream it has those that have arrived, and at least one: what is there is never kept back to
    /// wait for more.
    ///
    /// Without a schema selected before, the file's own is found out and selected.
    ///
    /// - Throws: ``DatasetError`` naming the line and the column of a value that cannot be read.
    public func nextChunk() throws -> Table? {
        if builder == nil { try select(try inferSchema().schema) }
        if needsStart { try beginRows() }
        return try builder?.nextChunk(from: rows, missing: options.missingTokens)
    }

    /// All rows that are left, as one table.
    ///
    /// - Throws: ``DatasetError``; a file without data rows is one.
    public func readAll() throws -> Table {
        if builder == nil { try select(try inferSchema().schema) }
        builder?.keepsLevels = true
        guard let first = try nextChunk() else { throw noRows() }
        var joined = ChunkJoiner(first, expectedCount: knownRowCount)
        while let chunk = try nextChunk() { joined.append(chunk) }
        return joined.table
    }

    /// Goes to the first data row.
    func beginRows() throws(DatasetError) {
        let records = rows.records
        if isUnderWay {
            try records.rewind()
            try Self.start(records)
            while records.pending.count < opening.byteCount, !records.isAtEnd { try records.fill() }
            records.skip(opening.byteCount, lines: opening.lineCount)
            if dialect != nil { _ = try Self.readFirstRecord(records) }
        }
        if dialect?.hasHeader == false { records.unread() }
        if dialect?.hasHeader == true, opening.hasUnitsRow { _ = try Self.readFirstRecord(records) }
        if let selectedKeys { records.keys = JSONKeys(selectedKeys) }
        rows.restart(columnCount: selectedKeys?.count ?? columnNames.count)
        isUnderWay = true
        needsStart = false
    }

    /// Keeps a copy of a stream, so that it can be read twice.
    func prepareForTwoPasses() throws(DatasetError) {
        let records = rows.records
        guard !records.source.canRewind, !isUnderWay else { return }
        records.unread()
        try records.source.spool(records.allPending())
        isUnderWay = true
    }

    /// What was found about the form of the file, and how many lines were passed over so far, for a person.
    public var notes: [String] {
        func counted(_ count: Int, _ noun: String) -> String {
            "\(count) \(noun)\(count == 1 ? "" : "s")"
        }
        var notes = opening.notes
        let commentCount = rows.records.commentCount + opening.commentCount
        if commentCount > 0 {
            notes.insert(counted(commentCount, "comment line") + " left out", at: 0)
        }
        if opening.escapesWithBackslash, options.quoteEscape == nil {
            notes.append("quotes inside fields have a backslash before them")
        }
        if let nameNote { notes.append(nameNote) }
        if let orderNote { notes.append(orderNote) }
        if let header, header.isDoubtful {
            notes.append(
                header.isPresent
                    ? "the first line is taken for names, though some are like the values below (--no-header if it is a row)"
                    : "the first line is taken for a row, though some fields are unlike those below (--header if it holds names)"
            )
        }
        if rows.emptyCount > 0 {
            notes.append(counted(rows.emptyCount, "row") + " without any value left out")
        }
        if rows.ruleCount > 0 { notes.append(counted(rows.ruleCount, "rule") + " left out") }
        if rows.footerCount > 0 {
            notes.append(counted(rows.footerCount, "line") + " below the rows left out")
        }
        if let count = options.skippedLastLineCount, count > 0 {
            notes.append(counted(count, "line") + " at the end skipped, as asked")
        }
        if rows.hasTotals { notes.append("the totals in the last row left out") }
        return notes
    }

    func noRows() -> DatasetError {
        DatasetError(
            .noRows,
            !rows.records.source.hasLines
                ? "there are no rows; give a table or a query that has some"
                : dialect?.hasHeader == true
                    ? "there is a header and no data; add rows, or say that there is no header"
                    : "there are no data rows; add some",
            at: DataLocation(file: path)
        )
    }
}

extension TableReader {
    /// Lets the wanted names decide where the text alone leaves open whether there is a header.
    private func settleHeader(_ wanted: [String]) throws(DatasetError) {
        guard var dialect, let header, options.hasHeader == nil, opening.names == nil,
            !wanted.isEmpty
        else { return }
        let location = rows.records.source.location(line: 1)
        let generated = try ColumnNames(firstRecord, hasHeader: false, at: location)
        let named = try? ColumnNames(firstRecord, hasHeader: true, at: location)
        if let named, wanted.allSatisfy(Set(named.names).contains) {
            dialect.hasHeader = true
        } else if !header.isCertain, wanted.allSatisfy(Set(generated.names).contains) {
            dialect.hasHeader = false
        } else {
            return
        }
        let names = dialect.hasHeader ? named ?? generated : generated
        (columnNames, nameNote) = (names.names, names.note)
        self.dialect = dialect
        self.header?.isDoubtful = false
    }

    private func missingColumns(_ names: [String]) -> DatasetError {
        let listed = names.prefix(12).map { nameWithNearMatches($0, in: columnNames) }
            .joined(separator: ", ")
        let rest = names.count > 12 ? " and \(names.count - 12) more" : ""
        let header = dialect?.hasHeader == false ? " (no header was found)" : ""
        return DatasetError(
            .missingColumns,
            "missing column\(names.count == 1 ? "" : "s") \(listed)\(rest); the file has "
                + listedNames(columnNames) + header,
            at: DataLocation(file: path)
        )
    }
}
