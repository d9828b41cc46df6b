internal import OddityFiles

/// Where rows come from: a file of text, several of them, a table of a database, or an array.
///
/// ```swift
/// let source = try TableFormats.open("test.csv")
/// try source.select(schema)
/// while let chunk = try source.nextChunk() { … }
/// ```
public protocol TableSource: AnyObject {
    /// The path as it was given; `-` is standard input.
    var path: String { get }
    /// The names of all columns.
    var columnNames: [String] { get }
    /// The columns that the selected schema does not speak of; they are not read.
    var extraColumns: [String] { get }
    /// What was found about the form of the file, and what was passed over so far, for a person.
    var notes: [String] { get }

    /// Reads all rows once to learn what is in the columns, and goes back to the start.
    func inferSchema() throws -> TableSummary
    /// Chooses the columns to read, and those to keep as plain text besides, and goes to the first row.
    func select(_ schema: Schema, keeping: Set<String>) throws
    /// The next rows, or nil at the end.
    func nextChunk() throws -> Table?
    /// The next rows, with those between them that cannot be read; nil at the end.
    func nextParts(keepingInfinities: Bool) throws -> [TablePart]?
    /// All rows that are left, as one table.
    func readAll() throws -> Table
}

extension TableReader: TableSource {}

extension TableSource {
    /// Chooses the columns to read, and goes to the first row.
    public func select(_ schema: Schema) throws {
        try select(schema, keeping: [])
    }
}

/// A kind of file that rows can be read from.
public enum TableFormat: String, Codable, CaseIterable, Sendable {
    /// Text with a delimiter between fields, such as CSV.
    case delimited
    /// One JSON object a line.
    case jsonLines
    /// One JSON array of objects.
    case jsonArray
    /// An array of numbers of one or two dimensions.
    case array
    /// A table of an SQLite database, or what a query to one gives.
    case sqlite
}

/// The kinds of files that rows can be read from; which one it is, the first bytes tell.
///
/// - Delimited text, JSON lines and JSON arrays of objects, plain or compressed by gzip or zstd.
/// - Arrays of one or two dimensions (`.npy`, `.npz`).
/// - SQLite databases: `data.sqlite`, where there is one table, `data.sqlite?table=readings`, or
///   `data.sqlite?query=SELECT …`, which is only read, by ``ReadingOptions/databases``.
/// - Folders and patterns such as `day-*.csv`: the rows of files of one schema, one file after the other.
public enum TableFormats {
    /// Opens rows; what they are written as, ``ReadingOptions/format`` tells, or the first bytes.
    ///
    /// - Throws: ``DatasetError`` if the file cannot be read or is of another kind, `ArrayError` for an array that is no
    ///   table.
    public static func open(
        _ path: String,
        _ options: ReadingOptions = ReadingOptions()
    ) throws -> any TableSource {
        let format = options.format
        if format == nil || format == .sqlite {
            if let database = try SQLitePath(path) {
                return try TableReader(database, path: path, options: options)
            }
            if format != nil { throw notOne(path, "an SQLite database") }
        }
        if format == .array {
            guard path != "-" else { throw notOne(path, "an array in a file") }
            return try ArraySource(path: path, options: options)
        }
        if let files = try TableFiles.several(path) {
            return try TableCollection(path: path, files: files, options: options)
        }
        if format == nil, ArraySource.holdsTable(path) {
            return try ArraySource(path: path, options: options)
        }
        return try TableReader(path: path, options: options)
    }

    private static func notOne(_ path: String, _ kind: String) -> DatasetError {
        let isThere = path == "-" || Folder.kind(of: path) != nil
        return DatasetError(
            isThere ? .otherFormat : .notFound,
            isThere
                ? "this is not \(kind), which was asked for; name another format, or none"
                : "no such file or folder; check the path",
            at: DataLocation(file: path)
        )
    }
}
