import OddityDatasets
import TestSupport
import Testing

@Suite("JSON objects, one a line")
struct JSONLinesTests {
    private let schema = Schema(columns: [
        ColumnSchema(name: "x", kind: .numeric), ColumnSchema(name: "kind", kind: .categorical),
        ColumnSchema(name: "other", kind: .ignored),
    ])

    private func read(_ text: String) throws -> Table {
        let folder = try TemporaryFolder()
        let reader = try TableReader(path: folder.write(text, as: "a.ndjson"))
        try reader.select(schema, keeping: ["note"])
        return try reader.readAll()
    }

    /// The code and line of the error of the text.
    private func fault(_ text: String) throws -> (DatasetError.Code, Int?)? {
        do {
            _ = try read(text)
            return nil
        } catch let error as DatasetError {
            #expect(error.message.contains(";") && !error.message.contains("\n"))
            return (error.code, error.location?.line)
        }
    }

    @Test("keys in any order, missing keys, null, and keys that are not used")
    func readsObjects() throws {
        let table = try read(
            """
            {"x": 1.5, "kind": "a", "note": "first"}
            { "unused" : "\\"{", "kind":"b" , "x" :-2e3 }

            {"kind": null, "y": true, "x": null}\r
            {}
            {"x": "7", "kind": 12, "note": false}
            """
        )
        #expect(table["x"] == Column("x", [1.5, -2_000, .nan, .nan, 7]))
        #expect(table["kind"]?.texts == ["a", "b", nil, nil, "12"])
        #expect(table["note"]?.texts == ["first", nil, nil, nil, "false"])
    }

    @Test("escapes and letters beyond ASCII are read, in keys too")
    func readsEscapes() throws {
        let table = try read(
            #"""
            {"kind": "a\n\t\"\\\/\b\f\r", "note": "ä\u00e4\u20AC"}
            {"k\u0069nd": "\ud83d\ude00", "note": "😀"}
            {"kind": "\ud83d", "note": "\ude00x"}
            """#
        )
        #expect(table["kind"]?.texts == ["a\n\t\"\\/\u{8}\u{C}\r", "😀", "\u{FFFD}"])
        #expect(table["note"]?.texts == ["ää€", "😀", "\u{FFFD}x"])
    }

    @Test("missing tokens and NaN are as in tables")
    func readsMissing() throws {
        let table = try read(
            """
            {"x": NaN, "kind": "NA"}
            {"x": "?", "kind": ""}
            {"x": 1, "kind": "NA!"}
            """
        )
        #expect(table["x"] == Column("x", [.nan, .nan, 1]))
        #expect(table["kind"]?.texts == [nil, nil, "NA!"])
    }

    @Test(
        "numbers are those of JSON",
        arguments: [
            ("0", 0), ("-0.5", -0.5), ("1e5", 100_000), ("1E+2", 100), ("2.5e-1", 0.25),
            ("0.30000000000000004", 0.30000000000000004),
            ("12345678901234567890", 12_345_678_901_234_567_168),
        ] as [(String, Double)]
    )
    func readsNumbers(text: String, value: Double) throws {
        #expect(try read("{\"x\": \(text)}")["x"]?.numbers == [value])
    }

    @Test(
        "a line that is no flat object is an error with its line",
        arguments: [
            "[1]", "1", "{", "}", "{\"x\"}", "{\"x\": }", "{\"x\": 1,}", "{\"x\": 1} 2", "{'x': 1}",
            "{\"x\": 01}", "{\"x\": 1.}", "{\"x\": .5}", "{\"x\": +1}", "{\"x\": 1e}",
            "{\"x\": --1}",
            "{\"x\": tru}", "{\"x\": nul}", "{\"x\": 1 2}", "{\"x\" 1}", "{\"x\": \"a}",
            "{\"x\": \"\\q\"}",
            "{\"x\": \"\\u12g4\"}", "{\"x\": \"\\u12\"}", "{\"x\": \"\\\"}", "{\"x\": 1;}",
            "{x: 1}",
            "{\"a\tb\": 1}", "{\"x\": 0x10}", "{\"x\": 1}{\"x\": 2}", ",", "{,}", "nonsense",
        ]
    )
    func refusesSyntax(line: String) throws {
        let fault = try #require(try fault("{\"x\": 1}\n\n\(line)\n{\"x\": 2}\n"))
        #expect(fault == (.invalidJSON, 3))
        let decoder = RowDecoder(schema: schema, format: .jsonLines)
        let rows = try decoder.feed(Array("{\"x\": 1}\n\n\(line)\n{\"x\": 2}\n".utf8))
        #expect(rows.chunks.flatMap { $0.table["x"]?.numbers ?? [] } == [1, 2])
        #expect(rows.badRows.map(\.line) == [3])
    }

    @Test("other faults are errors of their own")
    func refuses() throws {
        #expect(try fault("{\"x\": {\"a\": 1}}")?.0 == .nestedValue)
        #expect(try fault("{\"unused\": [1]}")?.0 == .nestedValue)
        #expect(
            try errorReading("{\"data\": [{\"a\": 1}]}\n")?.message
                == "the value of \"data\" is an object or an array; write its parts as values of their own,"
                + " or its elements a line each if they are the rows: jq -c '.[\"data\"][]'"
        )
        let folder = try TemporaryFolder()
        let path = folder.write("{\"\": 1, \"x\": 2}\n", as: "nameless.ndjson")
        let error = #expect(throws: DatasetError.self) {
            _ = try TableReader(path: path).inferSchema()
        }
        #expect(error?.code == .invalidJSON && error?.message.contains("a key is empty") == true)
        #expect(try fault("{\"x\": 1, \"x\": 2}")?.0 == .duplicateColumn)
        #expect(try fault("{\"x\": \"fast\"}")?.0 == .notANumber)
        #expect(try fault("{\"x\": true}")?.0 == .notANumber)
        #expect(try fault("{\"x\": 1e999}")?.0 == .infiniteNumber)
        #expect(try fault("{\"y\": 1, \"z\": 2}")?.0 == .missingColumns)
        #expect(try fault("{\"x\": -Infinity}")?.0 == .infiniteNumber)
    }

    @Test("all keys of all objects are columns, used as they would be in a table")
    func infersSchema() throws {
        let folder = try TemporaryFolder()
        let lines = (0..<60).map { row in
            "{\"a\": \(row % 7).5, \"kind\": \"\(row % 2 == 0 ? "on" : "off")\""
                + (row > 50 ? ", \"late\": \(row * row % 13)" : "") + "}\n"
        }
        let path = folder.write(lines.joined(), as: "a.ndjson")
        let reader = try TableReader(path: path)
        #expect(reader.dialect == nil && reader.columnNames == ["a", "kind"])
        let summary = try reader.inferSchema()
        #expect(summary.rowCount == 60 && summary.dialect == nil)
        #expect(summary.schema.names == ["a", "kind", "late"])
        #expect(summary.schema.columns.map(\.kind) == [.numeric, .categorical, .numeric])
        #expect(summary.statistics.map(\.missingCount) == [0, 0, 51])
        let table = try reader.readAll()
        #expect(table.rowCount == 60 && table["late"]?.numbers?.last == Double(59 * 59 % 13))
        #expect(table["kind"]?.texts?.first == "on")
    }

    @Test("a file without values, or with very many keys, is refused")
    func refusesKeys() throws {
        let folder = try TemporaryFolder()
        func code(_ text: String) -> DatasetError.Code? {
            do {
                _ = try TableReader(path: folder.write(text, as: "a")).inferSchema()
                return nil
            } catch {
                return (error as? DatasetError)?.code
            }
        }
        #expect(code("{}\n{}\n") == .noRows)
        #expect(code((0..<11_000).map { "{\"k\($0)\": 1}\n" }.joined()) == .tooManyColumns)
        let wide = (0..<11_000).map { "\"k\($0)\": 1" }.joined(separator: ",")
        #expect(code("{\(wide)}\n") == .tooManyColumns)
    }

    @Test("an option of delimited text makes it delimited text")
    func optionsDecide() throws {
        let folder = try TemporaryFolder()
        let path = folder.write("{a;b\n1;2\n", as: "a.csv")
        let reader = try TableReader(
            path: path,
            options: ReadingOptions(delimiter: UInt8(ascii: ";"))
        )
        #expect(reader.columnNames == ["{a", "b"])
    }

    @Test("a file cut or changed anywhere gives rows or errors, never a crash")
    func survivesMutations() throws {
        let text = Array(#"{"x": -1.5e3, "kind": "\u00e4\"b", "note": null}"#.utf8) + [10]
        var generator = SeededGenerator(state: 5)
        let folder = try TemporaryFolder()
        for index in 0..<300 {
            var changed = text + text
            let place = Int.random(in: changed.indices, using: &generator)
            changed[place] = UInt8.random(in: 0...255, using: &generator)
            if index % 2 == 0 { changed.removeLast(Int.random(in: 0..<60, using: &generator)) }
            let path = folder.write(changed, as: "a")
            // A byte-order mark of UTF-16 may come about, or a text that is no JSON.
            let reader = try? TableReader(path: path)
            let rows = (try? reader?.readAll().rowCount) ?? 0
            #expect(rows <= 4)
            let decoder = RowDecoder(schema: schema, keeping: ["note"], format: .jsonLines)
            let decoded = [try? decoder.feed(changed), try? decoder.finish()].compactMap(\.self)
            let found = decoded.reduce(0) { sum, part in
                sum + part.badRows.count + part.chunks.reduce(0) { $0 + $1.table.rowCount }
            }
            #expect(found <= 4)
        }
    }
}
