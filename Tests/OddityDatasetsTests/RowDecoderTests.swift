import OddityDatasets
import TestSupport
import Testing

@Suite("Rows from bytes as they come")
struct RowDecoderTests {
    private let schema = Schema(columns: [
        ColumnSchema(name: "x", kind: .numeric), ColumnSchema(name: "kind", kind: .categorical),
    ])

    /// All rows of bytes that are fed in pieces, and the bad ones.
    private func decode(
        _ text: String,
        _ format: RowDecoder.Format = .delimited(nil),
        pieces: Int = 1
    ) throws -> (x: [Double], kinds: [String?], lines: [Int], bad: [BadRow]) {
        let decoder = RowDecoder(schema: schema, keeping: ["time"], format: format, name: "feed")
        var result: (x: [Double], kinds: [String?], lines: [Int], bad: [BadRow]) = ([], [], [], [])
        func take(_ rows: DecodedRows) {
            for chunk in rows.chunks {
                result.x += chunk.table["x"]?.numbers ?? []
                result.kinds += chunk.table["kind"]?.texts ?? []
                result.lines += chunk.lines
                #expect(chunk.table["time"]?.texts?.count == chunk.table.rowCount)
            }
            result.bad += rows.badRows
        }
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieces) {
            take(try decoder.feed(Array(bytes[start..<min(start + pieces, bytes.count)])))
        }
        take(try decoder.finish())
        return result
    }

    @Test("bytes cut anywhere give the same rows", arguments: [1, 2, 3, 7, 1_000])
    func ignoresPieces(pieces: Int) throws {
        let csv = "\u{FEFF}time;kind;unused;x\n1;a;;0.5\n\n2;\"b;\n\"\"c\";;\r\n3;;9;-1"
        let rows = try decode(csv, pieces: pieces)
        #expect(Column("x", rows.x) == Column("x", [0.5, .nan, -1]))
        #expect(rows.kinds == ["a", "b;\n\"c", nil])
        #expect(rows.lines == [2, 4, 6] && rows.bad.isEmpty)
        let json = "{\"x\": 1, \"kind\": \"ä\"}\n\n{\"time\": \"1\"}\r\n{\"x\": 3}"
        let objects = try decode(json, .jsonLines, pieces: pieces)
        #expect(Column("x", objects.x) == Column("x", [1, .nan, 3]))
        #expect(objects.kinds == ["ä", nil, nil] && objects.lines == [1, 3, 4])
    }

    @Test("a row is given out with the byte that ends its line")
    func givesRowsAtOnce() throws {
        let decoder = RowDecoder(schema: schema, format: .delimited(nil))
        func rows(_ text: String) throws -> Int {
            try decoder.feed(Array(text.utf8)).chunks.reduce(0) { $0 + $1.table.rowCount }
        }
        #expect(try rows("x,ki") == 0)
        #expect(try rows("nd\n1,a") == 0)
        #expect(try rows("\n") == 1)
        #expect(try rows("2,b\n3,c\n4") == 2)
        #expect(try rows("") == 0)
        #expect(try decoder.finish().badRows.map(\.error.code) == [.raggedRow])
    }

    @Test("a bad row is reported with its line, and the next ones are read")
    func reportsBadRows() throws {
        let csv = """
            time,x,kind
            1,1,a
            2,fast,b
            3,3
            4,"4"x,d
            5,1e999,e
            6,6,f
            7,7,"g
            8,8,h
            """
        for pieces in [1, 5, 1_000] {
            let rows = try decode(csv, pieces: pieces)
            #expect(rows.x == [1, 6, 8] && rows.kinds == ["a", "f", "h"])
            #expect(rows.lines == [2, 7, 9])
            #expect(rows.bad.map(\.line) == [3, 4, 5, 6, 8])
            #expect(
                rows.bad.map(\.error.code)
                    == [
                        .notANumber, .raggedRow, .textAfterQuote, .infiniteNumber,
                        .unterminatedQuote,
                    ]
            )
            #expect(rows.bad.allSatisfy { $0.reason.contains(";") })
        }
        let json = "{\"x\": 1}\nnonsense\n{\"x\": [1]}\n{\"x\": 2}\n"
        let objects = try decode(json, .jsonLines, pieces: 4)
        #expect(objects.x == [1, 2] && objects.bad.map(\.line) == [2, 3])
    }

    @Test("text that is not UTF-8 is a bad row each time, and the levels stay whole")
    func refusesEncoding() throws {
        let decoder = RowDecoder(schema: schema, format: .delimited(nil))
        let bytes =
            Array("x,kind\n1,a\n2,".utf8) + [0xFF, 10] + Array("3,b\n4,".utf8) + [0xFF, 10]
        let rows = try decoder.feed(bytes + Array("5,a\n".utf8))
        #expect(rows.chunks.first?.table["kind"]?.texts == ["a", "b", "a"])
        #expect(rows.badRows.map(\.error.code) == [.invalidUTF8, .invalidUTF8])
        #expect(rows.chunks.first?.lines == [2, 4, 6])
    }

    @Test("a quote or a line that never ends costs a record's limit and one line, not the feed")
    func limitsRecords() throws {
        let long = String(repeating: "9,9,i\n", count: 250_000)
        let rows = try decode("time,x,kind\n1,\"1,a\n" + long, pieces: 50_000)
        #expect(rows.bad.map(\.error.code) == [.recordTooLong])
        #expect(rows.x.count == 250_000)
        let endless = "{\"x\": \"" + String(repeating: "a", count: 3 << 20) + "\n{\"x\": 2}\n"
        let objects = try decode(endless, .jsonLines, pieces: 100_000)
        #expect(objects.x == [2] && objects.bad.map(\.error.code) == [.recordTooLong])
        #expect(objects.lines == [2])
    }

    @Test("a header that lacks columns is an error, one that names a column twice is not")
    func refusesHeaders() throws {
        func code(_ text: String) -> DatasetError.Code? {
            do {
                _ = try decode(text)
                return nil
            } catch {
                return (error as? DatasetError)?.code
            }
        }
        #expect(code("time,y,kind\n") == .missingColumns)
        #expect(try decode("time,x,x,kind\na,1,2,k\n").x == [1])
        #expect(code("\u{FF}\u{FE}") != nil)
        #expect(code("") == nil && code("time,x,kind\n") == nil)
    }

    @Test("without a header columns are in the schema's order")
    func readsWithoutHeader() throws {
        let decoder = RowDecoder(
            schema: schema,
            format: .delimited(CSVDialect(delimiter: CSVDialect.tab, hasHeader: false))
        )
        let rows = try decoder.feed(Array("1\ta\n2\tb\n".utf8))
        #expect(rows.chunks.first?.table["x"]?.numbers == [1, 2])
        #expect(rows.chunks.first?.lines == [1, 2])
    }
}
