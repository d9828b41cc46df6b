import Datasets
import TestSupport
import Testing

@Suite("JSON objects, one a line")
struct JSONLinesTests {
    private let schema = Schema(columns: [
        ColumnSchema(name: "x", kind: .numeric), ColumnSchema(name: "kind", kind: .categorical),
        ColumnSchema(name: "other", kind: .ignored),
    ])

    private func read(
        _ text: String,
        skipping: Bool = false
    ) throws -> (table: Table, badRows: [BadRow]) {
        let folder = try TemporaryFolder()
        let reader = try JSONLinesReader(
            path: folder.write(text, as: "a.ndjson"),
            schema: schema,
            keeping: ["note"],
            skipsBadRows: skipping
        )
        return (try reader.readAll(), reader.badRows)
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
        ).table
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
        ).table
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
        ).table
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
        #expect(try read("{\"x\": \(text)}").table["x"]?.numbers == [value])
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
        let (table, badRows) = try read("{\"x\": 1}\n\n\(line)\n{\"x\": 2}", skipping: true)
        #expect(table["x"]?.numbers == [1, 2] && badRows.map(\.line) == [3])
    }

    @Test("other faults are errors of their own")
    func refuses() throws {
        #expect(try fault("{\"x\": {\"a\": 1}}")?.0 == .nestedValue)
        #expect(try fault("{\"unused\": [1]}")?.0 == .nestedValue)
        #expect(try fault("{\"x\": 1, \"x\": 2}")?.0 == .duplicateColumn)
        #expect(try fault("{\"x\": \"fast\"}")?.0 == .notANumber)
        #expect(try fault("{\"x\": true}")?.0 == .notANumber)
        #expect(try fault("{\"x\": 1e999}")?.0 == .infiniteNumber)
        #expect(try fault("{\"x\": -Infinity}")?.0 == .infiniteNumber)
        #expect(try fault("\n \n")?.0 == .noRows)
        #expect(try fault("")?.0 == .noRows)
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
            let reader = try JSONLinesReader(
                path: folder.write(changed, as: "a"),
                schema: schema,
                keeping: ["note"],
                skipsBadRows: true
            )
            // A byte-order mark of UTF-16 may come about.
            let rows = (try? reader.readAll().rowCount) ?? 0
            #expect(rows + reader.badRows.count <= 4)
        }
    }
}
