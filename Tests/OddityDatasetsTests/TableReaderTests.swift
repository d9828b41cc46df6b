import OddityDatasets
import TestSupport
import Testing

@Suite("Reading tables")
struct TableReaderTests {
    private let simple = Schema(columns: [
        ColumnSchema(name: "a", kind: .numeric), ColumnSchema(name: "b", kind: .categorical),
    ])

    private func reader(
        _ text: String,
        in folder: TemporaryFolder,
        options: ReadingOptions = ReadingOptions()
    ) throws -> TableReader {
        try TableReader(path: folder.write(text), options: options)
    }

    @Test("line ends of all kinds", arguments: ["\n", "\r\n", "\r"])
    func readsLineEnds(lineEnd: String) throws {
        let lines = ["a,b", "1,x", "2,\"two\(lineEnd)lines\"", "3,y"]
        for ending in ["", lineEnd, lineEnd + lineEnd] {
            let table = try readTable(lines.joined(separator: lineEnd) + ending)
            #expect(table["a"] == Column("a", [1, 2, 3]))
            #expect(table["b"]?.texts == ["x", "two\(lineEnd)lines", "y"])
        }
    }

    @Test("quotes keep delimiters, quotes and blanks")
    func readsQuotes() throws {
        let table = try readTable(
            "a,b\n\"1\",\"x,y\"\n 2 , \"say \"\"hi\"\"\" \n3,\" z \"\n4, w\n5,5\" pipe\n"
        )
        #expect(table["a"] == Column("a", [1, 2, 3, 4, 5]))
        #expect(table["b"]?.texts == ["x,y", "say \"hi\"", " z ", "w", "5\" pipe"])
    }

    @Test("quoted and doubled texts are one level")
    func readsDoubledLevels() throws {
        let table = try readTable("a,b\n1,\"q\"\"q\"\n2,q\n3,\"q\"\"q\"\n4,\"q\"\n")
        #expect(
            table["b"]?.values == .categorical(codes: [0, 1, 0, 1], levels: ["q\"q", "q"])
        )
    }

    @Test("a byte-order mark is no part of the first name")
    func skipsMark() throws {
        #expect(try readTable("\u{FEFF}a,b\n1,x\n").schema.names == ["a", "b"])
        #expect(try readTable("\u{FEFF}\"a\",b\n1,x\n").schema.names == ["a", "b"])
    }

    @Test("blank lines are skipped in a file of several columns")
    func skipsBlankLines() throws {
        let table = try readTable("\na,b\n\n1,x\n  \n2,y\n\n\n")
        #expect(table["a"] == Column("a", [1, 2]))
    }

    @Test("blank lines are missing values in a file of one column, except at the end")
    func readsBlankValues() throws {
        #expect(try readTable("\n\n1\n\n3\n")["column1"] == Column("column1", [1, .nan, 3]))
        let table = try readTable("a\n1\n\n\n4\n\"\"\n6\n\n\n")
        #expect(table["a"] == Column("a", [1, .nan, .nan, 4, .nan, 6]))
    }

    @Test("chunks have the asked size and go on where the last one ended")
    func readsChunks() throws {
        let folder = try TemporaryFolder()
        let text = "a,b\n" + (0..<10).map { "\($0),l\($0 % 7)\n" }.joined()
        let reader = try reader(text, in: folder, options: ReadingOptions(rowsPerChunk: 4))
        try reader.select(simple)
        var chunks: [Table] = []
        while let chunk = try reader.nextChunk() { chunks.append(chunk) }
        #expect(chunks.map(\.rowCount) == [4, 4, 2])
        #expect(chunks.map(\.firstRow) == [0, 4, 8])
        #expect(chunks[0]["b"]?.texts == ["l0", "l1", "l2", "l3"])
        #expect(
            chunks[1]["b"]?.values
                == .categorical(codes: [4, 5, 6, 0], levels: (0..<7).map { "l\($0)" })
        )
        #expect(chunks[2]["a"] == Column("a", [8, 9]))
        #expect(try reader.nextChunk() == nil)
    }

    @Test("levels that never end are forgotten between chunks, and kept where chunks are joined")
    func boundsLevels() throws {
        let folder = try TemporaryFolder()
        let text = "a,b\n" + (0..<40_000).map { "\($0),l\($0 % 30_000)\n" }.joined()
        let path = folder.write(text)
        let expected = (0..<40_000).map { "l\($0 % 30_000)" }
        let reader = try TableReader(path: path, options: ReadingOptions(rowsPerChunk: 1_000))
        try reader.select(simple)
        var texts: [String?] = []
        var largest = 0
        while let chunk = try reader.nextChunk() {
            guard case .categorical(_, let levels) = chunk["b"]?.values else { break }
            largest = max(largest, levels.count)
            texts += chunk["b"]?.texts ?? []
        }
        #expect(texts == expected)
        #expect(largest <= 11_000)
        let table = try Table.reading(path: path, schema: simple)
        #expect(table["b"]?.texts == expected)
        guard case .categorical(_, let levels) = table["b"]?.values else { return }
        #expect(levels.count == 30_000)
    }

    @Test("rows that straddle blocks of the file are whole")
    func crossesBlocks() throws {
        var text = "a,b,c\r\n"
        for index in 0..<60_000 {
            text += "\(index),\"row \(index)\r\nmore\",\(Double(index) * 0.25)\r\n"
        }
        let table = try readTable(
            text,
            options: ReadingOptions(ignoredColumns: ["a"], categoricalColumns: ["b"])
        )
        #expect(table.rowCount == 60_000)
        #expect(table["c"]?.numbers?[59_999] == 14_999.75)
        #expect(table["b"]?.texts?[31_234] == "row 31234\r\nmore")
    }

    @Test("a record longer than a block is read")
    func readsLongRecord() throws {
        let long = String(repeating: "x", count: 2_000_000)
        let table = try readTable("a,b\n1,\"\(long)\"\n2,y\n", keeping: ["b"])
        #expect(table["b"]?.texts?[0]?.count == 2_000_000)
    }

    @Test("columns are found by name, in any order, beside others")
    func matchesByName() throws {
        let folder = try TemporaryFolder()
        let reader = try reader("extra,b,a\n7,x,1\n8,y,2\n", in: folder)
        try reader.select(simple)
        let table = try #require(try reader.nextChunk())
        #expect(table.schema.names == ["a", "b"])
        #expect(table["a"] == Column("a", [1, 2]))
        #expect(reader.extraColumns == ["extra"])
    }

    @Test("all missing columns are listed with near matches")
    func listsMissingColumns() throws {
        let folder = try TemporaryFolder()
        let reader = try reader("A1,c\n1,x\n", in: folder)
        let schema = Schema(
            columns: ["a1", "speed", "c"].map { ColumnSchema(name: $0, kind: .numeric) }
        )
        let error = #expect(throws: DatasetError.self) { try reader.select(schema) }
        #expect(error?.code == .missingColumns)
        #expect(error?.message.contains("\"a1\" (did you mean \"A1\"?), \"speed\"") == true)
    }

    @Test("ignored columns of a schema are not needed")
    func needsOnlyUsedColumns() throws {
        let folder = try TemporaryFolder()
        let reader = try reader("a,b\n1,x\n", in: folder)
        var schema = simple
        schema.columns.append(ColumnSchema(name: "id", kind: .ignored))
        try reader.select(schema)
        #expect(try reader.nextChunk()?.rowCount == 1)
    }

    @Test("a file without a header is matched by position when the counts agree")
    func matchesByPosition() throws {
        let folder = try TemporaryFolder()
        let first = try reader("1,x\n2,y\n", in: folder)
        try first.select(simple)
        #expect(try first.nextChunk()?["b"]?.texts == ["x", "y"])
        let second = try reader("1,x,3\n2,y,4\n", in: folder)
        #expect(throws: DatasetError.self) { try second.select(simple) }
    }

    @Test("the schema settles what the text leaves open about the header")
    func settlesHeader() throws {
        let folder = try TemporaryFolder()
        let text = Schema(columns: [
            ColumnSchema(name: "column1", kind: .categorical),
            ColumnSchema(name: "column2", kind: .categorical),
        ])
        let headless = try reader("red,blue\ngreen,blue\n", in: folder)
        try headless.select(text)
        #expect(try headless.nextChunk()?.rowCount == 2)
        #expect(headless.dialect?.hasHeader == false)

        let numbers = Schema(
            columns: ["2019", "2020"].map { ColumnSchema(name: $0, kind: .numeric) }
        )
        let headed = try reader("2019,2020\n1,2\n", in: folder)
        try headed.select(numbers)
        #expect(try headed.nextChunk()?["2019"] == Column("2019", [1]))
    }

    @Test("kept columns are plain text")
    func keepsColumns() throws {
        let table = try readTable(
            "a,y\n1,0.0\n2,NA\n3,1\n",
            options: ReadingOptions(labelColumn: "y"),
            keeping: ["y"]
        )
        #expect(table["y"] == Column("y", text: ["0.0", nil, "1"]))
        #expect(table.schema.usedColumns.map(\.name) == ["a"])
        let error = #expect(throws: DatasetError.self) {
            try readTable("a,y\n1,2\n", keeping: ["z"])
        }
        #expect(error?.code == .missingColumns)
    }

    @Test("a header without rows gives no chunk")
    func readsNoRows() throws {
        let folder = try TemporaryFolder()
        let reader = try reader("a,b\n", in: folder)
        try reader.select(simple)
        #expect(try reader.nextChunk() == nil)
    }

    @Test("reading without a schema finds it out")
    func selectsItself() throws {
        let folder = try TemporaryFolder()
        let reader = try reader("a,b\n1,x\n2,y\n", in: folder)
        #expect(try reader.nextChunk()?.schema.columns.map(\.kind) == [.numeric, .categorical])
    }

    @Test("a selection starts again at the first row")
    func startsAgain() throws {
        let folder = try TemporaryFolder()
        let reader = try reader("\u{FEFF}a,b\n1,x\n2,y\n", in: folder)
        for _ in 0..<2 {
            try reader.select(simple)
            #expect(try reader.nextChunk()?["a"] == Column("a", [1, 2]))
        }
        #expect(try reader.inferSchema().rowCount == 2)
    }

    @Test("very many columns make chunks of fewer rows")
    func boundsChunks() throws {
        let folder = try TemporaryFolder()
        let count = 2_000
        let row = (0..<count).map { String($0 * 2) }.joined(separator: ",") + "\n"
        let text =
            (0..<count).map { "x\($0)" }.joined(separator: ",") + "\n"
            + String(repeating: row, count: 2_100)
        let reader = try reader(text, in: folder)
        try reader.select(
            Schema(columns: reader.columnNames.map { ColumnSchema(name: $0, kind: .numeric) })
        )
        let first = try #require(try reader.nextChunk())
        #expect(first.rowCount == (4 << 20) / count)
        #expect(first.columns.last?.numbers?.last == 3_998)
        #expect(try reader.nextChunk()?.rowCount == 2_100 - first.rowCount)
    }
}
