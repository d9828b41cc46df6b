internal import GRDB
public import OddityDatasets

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

extension DatabaseReading {
    /// Reads tables of SQLite databases, and what queries to them give.
    public static let sqlite = DatabaseReading(name: "SQLite") { database, path in
        try SQLiteRows(database, path: path)
    }
}

/// The rows of a table or a query of an SQLite database, as the text of delimited records, made as they are read.
///
/// The database is only read, and all passes see it as it was at the first. Texts are quoted, so that what is in them
/// is never taken for anything else; a missing value is an empty text. Bytes are written as SQLite does, `x'0AFF'`.
final class SQLiteRows: TextProducer {
    private static let blockSize = 64 << 10

    private let path: String
    private let queue: DatabaseQueue
    private let statement: String
    private var cursor: RowCursor?

    /// Opens a database.
    ///
    /// - Parameter path: What errors call it.
    init(_ database: SQLitePath, path: String) throws(DatasetError) {
        self.path = path
        do {
            var configuration = Configuration()
            configuration.readonly = true
            // One transaction holds over all passes.
            configuration.allowsUnsafeTransactions = true
            configuration.busyMode = .timeout(5)
            let queue = try DatabaseQueue(path: database.file, configuration: configuration)
            self.queue = queue
            statement = try queue.unsafeRead { connection in
                try connection.execute(sql: "BEGIN")
                return try Self.statement(database.request, in: connection, database.file)
            }
        } catch {
            throw Self.problem(error, database)
        }
    }

    deinit {
        // A cursor ends where its database lets it.
        queue.unsafeRead { _ in cursor = nil }
    }

    func restart() throws(DatasetError) {
        queue.unsafeRead { _ in cursor = nil }
    }

    func next() throws(DatasetError) -> [UInt8]? {
        do {
            return try queue.unsafeRead { database in
                var text: [UInt8] = []
                text.reserveCapacity(Self.blockSize + 1_024)
                if cursor == nil {
                    let rows = try Row.fetchCursor(database, sql: statement)
                    for (index, name) in rows._statement.columnNames.enumerated() {
                        if index > 0 { text.append(CSVDialect.comma) }
                        Self.append(name, to: &text)
                    }
                    text.append(UInt8(ascii: "\n"))
                    cursor = rows
                }
                while text.count < Self.blockSize, let row = try cursor?.next() {
                    for index in 0..<row.count {
                        if index > 0 { text.append(CSVDialect.comma) }
                        Self.append(row[index] as DatabaseValue, to: &text)
                    }
                    text.append(UInt8(ascii: "\n"))
                }
                return text.isEmpty ? nil : text
            }
        } catch {
            throw Self.problem(error, nil, path: path)
        }
    }

    private static func append(_ value: DatabaseValue, to text: inout [UInt8]) {
        switch value.storage {
        case .null: text += [UInt8(ascii: "\""), UInt8(ascii: "\"")]
        case .int64(let number): text.append(contentsOf: "\(number)".utf8)
        case .double(let number): text.append(contentsOf: "\(number)".utf8)
        case .string(let string): append(string, to: &text)
        case .blob(let bytes):
            text.append(contentsOf: "x'".utf8)
            for byte in bytes {
                text.append(hexDigit(byte >> 4))
                text.append(hexDigit(byte & 15))
            }
            text.append(UInt8(ascii: "'"))
        }
    }

    private static func append(_ string: String, to text: inout [UInt8]) {
        let quote = UInt8(ascii: "\"")
        text.append(quote)
        for byte in string.utf8 {
            if byte == quote { text.append(quote) }
            text.append(byte)
        }
        text.append(quote)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}

extension SQLiteRows {
    /// The query for the rows that were asked for.
    private static func statement(
        _ request: SQLitePath.Request,
        in database: Database,
        _ file: String
    ) throws -> String {
        if case .query(let sql) = request {
            let statements = try database.allStatements(sql: sql)
            guard let statement = try statements.next(), statement.isReadonly,
                statement.columnCount > 0, try statements.next() == nil
            else {
                throw DatasetError(
                    .invalidQuery,
                    "this is not one query for rows; write one that begins with SELECT",
                    at: DataLocation(file: file)
                )
            }
            guard (try? statement.setArguments([])) != nil else {
                throw DatasetError(
                    .invalidQuery,
                    "the query leaves a value open; write it in the place of ? or :name",
                    at: DataLocation(file: file)
                )
            }
            return sql
        }
        let names = try String.fetchAll(
            database,
            sql: """
                SELECT name FROM sqlite_master
                WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
                """
        )
        var name = names.first ?? ""
        if case .table(let asked) = request {
            guard names.contains(asked) else {
                throw DatasetError(
                    .unknownTable,
                    "there is no table \(nameWithNearMatches(asked, in: names)); the tables are "
                        + listedNames(names),
                    at: DataLocation(file: file)
                )
            }
            name = asked
        } else if names.count != 1 {
            throw DatasetError(
                .unknownTable,
                names.isEmpty
                    ? "the database has no tables; give one that has"
                    : "the database has \(names.count) tables, \(listedNames(names)); name one:"
                        + " '\(file)?table=\(name)'",
                at: DataLocation(file: file)
            )
        }
        return "SELECT * FROM \(name.quotedDatabaseIdentifier)"
    }

    /// What to say of an error of the database.
    private static func problem(
        _ error: any Error,
        _ database: SQLitePath?,
        path: String = ""
    ) -> DatasetError {
        if let error = error as? DatasetError { return error }
        let location = DataLocation(file: database?.file ?? path)
        guard let error = error as? DatabaseError else {
            return DatasetError(.readFailed, "cannot read the database: \(error)", at: location)
        }
        let reason = error.message ?? "\(error.resultCode)"
        switch error.resultCode {
        case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_FORMAT:
            return DatasetError(
                .corruptDatabase,
                "the database is damaged (\(reason)); copy it again, or restore it: sqlite3 FILE .recover",
                at: location
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            return DatasetError(
                .readFailed,
                "the database is locked by another program; try again when that is done",
                at: location
            )
        case .SQLITE_ERROR, .SQLITE_READONLY, .SQLITE_AUTH, .SQLITE_MISUSE, .SQLITE_RANGE:
            return DatasetError(
                .invalidQuery,
                "the database refuses the query: \(reason); correct it",
                at: location
            )
        default:
            return DatasetError(
                .readFailed,
                "cannot read the database: \(reason); fix that and try again",
                at: location
            )
        }
    }
}
