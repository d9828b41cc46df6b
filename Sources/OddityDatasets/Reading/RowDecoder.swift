/// Rows that were decoded from bytes that arrived.
public struct DecodedRows: Sendable {
    /// A chunk of rows.
    public struct Chunk: Sendable {
        /// The rows.
        public var table: Table
        /// The physical line, counted from 1, on which each row starts.
        ///
        /// It tells the place of a row also where bad rows before it were left out.
        public var lines: [Int]
    }

    /// The rows, in the order of their arrival; empty where no row is complete yet.
    public var chunks: [Chunk]
    /// The rows that could not be read.
    public var badRows: [BadRow]
}

/// Turns bytes, as they come, into rows of a schema.
///
/// Bytes may be cut anywhere: a row is given out with the bytes that end its line. A row that cannot be
/// read is reported and left out, and the next line begins a new one; so a quote that is never closed
/// costs the lines up to the limit of a record, and then one line.
public final class RowDecoder {
    /// How rows are written.
    public enum Format: Equatable, Sendable {
        /// Delimited text; without a dialect it has a header, which tells the delimiter.
        case delimited(CSVDialect?)
        /// One flat JSON object a line. A key that is not there is a missing value.
        case jsonLines
    }

    /// The most bytes of a row.
    static let recordLimit = 1 << 20

    let source: ByteStream
    let rows: RowReader
    private let wanted: [ColumnSchema]
    private let format: Format
    private let missing: MissingTokens
    private var builder: ChunkBuilder?
    private var hasStarted = false
    private var badRows: [BadRow] = []
    private let allNames: [String]
    /// The names of the columns and their delimiter, once they are known; nil for JSON.
    private(set) var header: (names: [String], delimiter: UInt8)?

    /// Creates a decoder.
    ///
    /// - Parameters:
    ///   - schema: The columns that are wanted; the ignored ones are not read.
    ///   - keeping: Columns to keep as plain text besides, such as a time.
    ///   - format: How rows are written.
    ///   - missingTokens: The texts that stand for a missing value.
    ///   - name: What errors call the source; `-` is standard input.
    public init(
        schema: Schema,
        keeping: Set<String> = [],
        format: Format,
        missingTokens: MissingTokens = .standard,
        name: String = "-"
    ) {
        wanted =
            schema.usedColumns.filter { !keeping.contains($0.name) }
            + keeping.sorted().map {
                ColumnSchema(name: $0, kind: .ignored, reason: "kept as text")
            }
        allNames = schema.names
        self.format = format
        missing = missingTokens
        source = ByteStream(pushingAs: name)
        let records = RecordReader(source: source, blockSize: 64 << 10)
        records.recordLimit = Self.recordLimit
        rows = RowReader(records: records, columnCount: wanted.count)
    }

    /// Whether rows can be read.
    var hasHeader: Bool { builder != nil }
    /// Blank lines that another decoder passed over and that may count yet.
    var resumedBlankCount = 0
    /// Where another decoder stood, as long as no bytes came since.
    var resumedPosition: Position?

    /// Goes on behind a header that was read before.
    func skipStart(header: (names: [String], delimiter: UInt8)?) {
        hasStarted = true
        self.header = header
    }

    /// Takes bytes, and gives out the rows that are complete.
    ///
    /// - Throws: ``DatasetError`` if the header lacks columns; faults of single rows are reported in
    ///   ``DecodedRows/badRows``.
    package func feed(_ bytes: UnsafeRawBufferPointer) throws -> DecodedRows {
        source.push(bytes)
        return try decode()
    }

    /// Takes bytes, and gives out the rows that are complete.
    ///
    /// - Throws: ``DatasetError`` if the header lacks columns.
    public func feed(_ bytes: [UInt8]) throws -> DecodedRows {
        try bytes.withUnsafeBytes { try feed($0) }
    }

    /// Says that no bytes will follow, and gives out a last row that has no line end.
    ///
    /// - Throws: ``DatasetError`` if the header lacks columns.
    public func finish() throws -> DecodedRows {
        source.finish()
        return try decode()
    }

    private func decode() throws(DatasetError) -> DecodedRows {
        var chunks: [DecodedRows.Chunk] = []
        if builder == nil { try start() }
        if let builder {
            while let table = try builder.nextChunk(from: rows, missing: missing, waiting: false) {
                chunks.append(DecodedRows.Chunk(table: table, lines: builder.lines))
            }
        }
        defer { badRows = [] }
        return DecodedRows(chunks: chunks, badRows: badRows)
    }

    /// Reads the header once it is there.
    private func start() throws(DatasetError) {
        let records = rows.records
        if !hasStarted {
            while records.pending.count < 4, source.isReady(), !records.isAtEnd {
                try records.fill()
            }
            guard records.pending.count >= 4 || records.isAtEnd else { return }
            try TableReader.start(records)
            hasStarted = true
        }
        var fields: [(Int, Int?)] = wanted.indices.map { ($0, nil) }
        switch format {
        case .jsonLines: records.keys = JSONKeys(wanted.map(\.name))
        case .delimited(let dialect):
            if let dialect, !dialect.hasHeader {
                records.delimiter = dialect.delimiter
                header = (allNames, dialect.delimiter)
                fields = try positions(in: allNames, at: nil)
                rows.restart(columnCount: allNames.count)
            } else {
                if header == nil, let names = try readHeader(dialect) {
                    header = (names, records.delimiter)
                }
                guard let header else { return }
                records.delimiter = header.delimiter
                fields = try positions(in: header.names, at: records.recordLine)
                rows.restart(columnCount: header.names.count)
            }
        }
        rows.blankCount = resumedBlankCount
        let builder = ChunkBuilder(
            columns: zip(wanted, fields).map { (schema: $0, field: $1.0, second: $1.1) },
            rowLimit: 1_024
        )
        builder.onBadRow = { [unowned self] in badRows.append($0) }
        self.builder = builder
    }

    /// The names in the first record; nil while it is not complete.
    ///
    /// Without a dialect the delimiter is the one that gives the wanted names.
    private func readHeader(_ dialect: CSVDialect?) throws(DatasetError) -> [String]? {
        let records = rows.records
        let delimiters = dialect.map { [$0.delimiter] } ?? CSVDialect.knownDelimiters
        var first: [String]?
        let needed = Set(wanted.map(\.name))
        for delimiter in delimiters {
            records.delimiter = delimiter
            repeat {
                guard try records.next(waiting: false) else { return nil }
            } while records.isBlankLine
            let texts = (0..<records.fieldCount).map { records.text($0) ?? "\u{FFFD}" }
            let found = Result { () throws(DatasetError) in
                try ColumnNames(texts, hasHeader: true, at: source.location(line: 1)).names
            }
            let names = (try? found.get()) ?? texts
            if needed.allSatisfy({
                JoinedColumn.names(for: $0, in: names).allSatisfy(names.contains)
            })
                || delimiters.count == 1
            {
                return try found.get()
            }
            if first == nil { first = names }
            records.unread()
        }
        return first
    }

    private func positions(
        in names: [String],
        at line: Int?
    ) throws(DatasetError) -> [(Int, Int?)] {
        var fields: [(Int, Int?)] = []
        var missing: [String] = []
        for column in wanted {
            if let field = names.firstIndex(of: column.name) {
                fields.append((field, nil))
            } else if let (first, second) = JoinedColumn.parts(of: column.name, in: names),
                let field = names.firstIndex(of: first)
            {
                fields.append((field, names.firstIndex(of: second)))
            } else {
                missing.append(nameWithNearMatches(column.name, in: names))
            }
        }
        guard missing.isEmpty else {
            throw DatasetError(
                .missingColumns,
                "missing column\(missing.count == 1 ? "" : "s")"
                    + " \(missing.prefix(12).joined(separator: ", ")); the header has"
                    + " \(listedNames(names)), give the columns of the schema",
                at: DataLocation(file: source.path, line: line)
            )
        }
        return fields
    }
}
