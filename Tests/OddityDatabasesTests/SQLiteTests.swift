import GRDB
import OddityDatabases
import OddityDatasets
import OddityFailures
import TestSupport
import Testing

@Suite("Tables of SQLite databases")
struct SQLiteTests {
    private static let options = ReadingOptions(databases: .sqlite)
    private let folder: TemporaryFolder
    private var path: String { folder.path + "/data.sqlite" }

    init() throws { folder = try TemporaryFolder() }

    private func make(_ sql: String) throws {
        try DatabaseQueue(path: path).write { try $0.execute(sql: sql) }
    }

    private func makeReadings() throws {
        try make(
            """
            CREATE TABLE readings (id INTEGER PRIMARY KEY, load REAL, note TEXT, raw BLOB);
            INSERT INTO readings VALUES
                (1, 2.5, 'a "quoted", text', x'00ff'), (2, NULL, NULL, NULL),
                (3, -1e300, 'Total', x''), (4, 9007199254740993, 'line
            end', NULL);
            CREATE VIEW loaded AS SELECT id, load FROM readings WHERE load IS NOT NULL;
            """
        )
    }

    private func error(_ path: String) -> DatasetError? {
        do {
            _ = try TableFormats.open(path, Self.options).inferSchema()
            return nil
        } catch {
            return error as? DatasetError
        }
    }

    @Test("values keep their kind: numbers, texts as they stand, NULL as missing, bytes in hex")
    func readsValues() throws {
        try makeReadings()
        let reader = try TableFormats.open(path + "?table=readings", Self.options)
        #expect(reader.columnNames == ["id", "load", "note", "raw"])
        try reader.select(
            Schema(columns: [ColumnSchema(name: "load", kind: .numeric)]),
            keeping: ["note", "raw", "id"]
        )
        let table = try reader.readAll()
        #expect(table["load"]?.numbers?[0] == 2.5)
        #expect(table["load"]?.numbers?[1].isNaN == true)
        #expect(table["load"]?.numbers?[2] == -1e300)
        #expect(table["note"]?.texts == ["a \"quoted\", text", nil, "Total", "line\nend"])
        #expect(table["raw"]?.texts == ["x'00FF'", nil, "x''", nil])
        #expect(table["id"]?.texts == ["1", "2", "3", "4"])
    }

    @Test("kinds are found out from the values, and all passes see the same rows")
    func infersKinds() throws {
        try make(
            """
            CREATE TABLE t (a, b);
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
            INSERT INTO t SELECT i * 37 % 101 + 0.5, 'kind ' || (i % 3) FROM n;
            """
        )
        let reader = try TableFormats.open(path, Self.options)
        let summary = try reader.inferSchema()
        #expect(summary.format == .sqlite && summary.dialect == nil)
        #expect(summary.rowCount == 10_000)
        #expect(summary.schema.columns.map(\.kind) == [.numeric, .categorical])
        // Another program adds a row meanwhile.
        try? make("INSERT INTO t VALUES (1, 'late')")
        #expect(try reader.readAll().rowCount == 10_000)
    }

    @Test("a view and a query give rows too")
    func readsQueries() throws {
        try makeReadings()
        #expect(
            try Table.reading(path: path + "?table=loaded", options: Self.options).table.rowCount
                == 3
        )
        let query = path + "?query=SELECT load * 2 AS double FROM readings WHERE id = 1"
        #expect(
            try Table.reading(path: query, options: Self.options).table["double"]?.numbers == [5]
        )
    }

    @Test("which table is meant must be said where there are several")
    func asksForTable() throws {
        try makeReadings()
        let several = error(path)
        #expect(several?.code == .unknownTable && several?.blame == .caller)
        #expect(
            several?.message
                == "the database has 2 tables, \"loaded\", \"readings\"; name one: '\(path)?table=loaded'"
        )
        #expect(
            error(path + "?table=reading")?.message
                == "there is no table \"reading\" (did you mean \"readings\"?); the tables are \"loaded\","
                + " \"readings\""
        )
    }

    @Test(
        "queries that are wrong, or would write",
        arguments: [
            (
                "DELETE FROM readings",
                "this is not one query for rows; write one that begins with SELECT"
            ),
            (
                "SELECT nope FROM readings",
                "the database refuses the query: no such column: nope; correct it"
            ),
            (
                "SELECT 1; SELECT 2",
                "this is not one query for rows; write one that begins with SELECT"
            ),
            (
                "SELECT * FROM readings WHERE id = ?",
                "the query leaves a value open; write it in the place of ? or :name"
            ),
            ("", "this is not one query for rows; write one that begins with SELECT"),
        ]
    )
    func refusesQueries(_ query: String, _ message: String) throws {
        try makeReadings()
        let error = error(path + "?query=" + query)
        #expect(error?.code == .invalidQuery)
        #expect(error?.message == message)
        #expect(
            try Table.reading(path: path + "?table=readings", options: Self.options).table.rowCount
                == 4
        )
    }

    @Test("a value that is no number is named by its row")
    func namesRows() throws {
        try make(
            "CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), ('x'), (4)"
        )
        let reader = try TableFormats.open(path, Self.options)
        try reader.select(Schema(columns: [ColumnSchema(name: "a", kind: .numeric)]))
        do {
            _ = try reader.readAll()
            Issue.record("nothing was thrown")
        } catch let error as DatasetError {
            #expect(error.location == DataLocation(file: path, row: 3, column: "a"))
            #expect(
                error.description.hasPrefix("\(path): row 3: column \"a\": \"x\" is not a number")
            )
        }
    }

    @Test("rows without any value are rows, and NULL in one column is a missing value")
    func keepsEmptyRows() throws {
        try make(
            "CREATE TABLE t (a, b); INSERT INTO t VALUES (1, 2), (NULL, NULL), (3, 4), (NULL, NULL)"
        )
        #expect(try Table.reading(path: path, options: Self.options).table.rowCount == 4)
    }

    @Test("what is no database, or no longer one")
    func refusesOthers() throws {
        let text = folder.write("a\n1\n", as: "data.csv")
        #expect(error(text + "?table=a")?.code == .otherFormat)
        #expect(error(folder.path + "/none.sqlite?table=a")?.code == .notFound)
        try makeReadings()
        var bytes = folder.read(path)
        for index in 24..<bytes.count { bytes[index] = 0xA5 }
        folder.write(bytes, as: "data.sqlite")
        #expect(error(path)?.blame == .data, "\(String(describing: error(path)))")
    }

    @Test("options for text are refused")
    func refusesTextOptions() throws {
        try make("CREATE TABLE t (a); INSERT INTO t VALUES (1)")
        #expect(throws: DatasetError.self) {
            try TableFormats.open(path, ReadingOptions(hasHeader: false, databases: .sqlite))
        }
    }

    @Test("without what reads databases they are refused")
    func refusesWithoutReader() throws {
        try makeReadings()
        let error = #expect(throws: DatasetError.self) { try TableFormats.open(path) }
        #expect(error?.code == .otherFormat)
        #expect(error?.message.contains("set ReadingOptions.databases") == true)
    }
}
