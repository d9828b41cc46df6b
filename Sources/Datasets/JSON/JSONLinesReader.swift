/// Reads the columns of a schema from a file of JSON objects, one a line, in chunks.
///
/// The rules of a schema are those of ``TableReader``. A key that an object lacks, and `null`, are
/// missing values; keys that the schema does not use are passed over. `true` and `false` are text. The file
/// may be gzip; blank lines are skipped. Rows of a pipe are given out as they arrive.
public final class JSONLinesReader {
    /// The path as it was given; `-` is standard input.
    public let path: String
    /// Whether a line that cannot be read is left out and kept in ``badRows``.
    public let skipsBadRows: Bool
    /// The lines that were left out since the reader was made.
    public private(set) var badRows: [BadRow] = []
    private let rows: RowReader
    private let builder: ChunkBuilder
    private let missing: MissingTokens
    private var hasStarted = false

    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: The file; `-` is standard input.
    ///   - schema: The columns that are wanted; the ignored ones are not read.
    ///   - keeping: Columns to keep as plain text besides, such as a label or a time.
    ///   - options: The missing tokens and the size of chunks; the rest does not concern JSON.
    ///   - skipsBadRows: Whether a line that cannot be read is left out, not an error.
    /// - Throws: ``DatasetError`` if the file cannot be read.
    public init(
        path: String,
        schema: Schema,
        keeping: Set<String> = [],
        options: ReadingOptions = ReadingOptions(),
        skipsBadRows: Bool = false
    ) throws {
        let columns =
            schema.usedColumns.filter { !keeping.contains($0.name) }
            + keeping.sorted().map {
                ColumnSchema(name: $0, kind: .ignored, reason: "kept as text")
            }
        let records = RecordReader(source: try ByteSource(path: path))
        records.keys = JSONKeys(columns.map(\.name))
        rows = RowReader(records: records, columnCount: columns.count)
        builder = ChunkBuilder(
            columns: columns.enumerated().map { (schema: $1, field: $0) },
            rowLimit: options.rowsPerChunk
        )
        missing = options.missingTokens
        self.path = path
        self.skipsBadRows = skipsBadRows
        if skipsBadRows {
            builder.onBadRow = { [unowned self] in badRows.append($0) }
        }
    }

    /// The next rows, or nil at the end of the file; of a pipe those that have arrived, and at least one.
    ///
    /// - Throws: ``DatasetError`` naming the line of an object that cannot be read, unless such lines
    ///   are left out.
    public func nextChunk() throws -> Table? {
        if !hasStarted {
            try TableReader.start(rows.records)
            hasStarted = true
        }
        return try builder.nextChunk(from: rows, missing: missing)
    }

    /// All rows that are left, as one table.
    ///
    /// - Throws: ``DatasetError``; a file without rows is one.
    public func readAll() throws -> Table {
        builder.keepsLevels = true
        guard let first = try nextChunk() else {
            throw DatasetError(
                .noRows,
                "there is no row; add some, one JSON object a line",
                at: DataLocation(file: path)
            )
        }
        var joined = ChunkJoiner(first, expectedCount: nil)
        while let chunk = try nextChunk() { joined.append(chunk) }
        return joined.table
    }
}
