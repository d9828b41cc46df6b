import OddityDatasets
import TestSupport
import Testing

@Suite("Reading past rows that cannot be read")
struct TablePartTests {
    private let schema = Schema(columns: [
        ColumnSchema(name: "a", kind: .numeric), ColumnSchema(name: "k", kind: .categorical),
    ])

    private func parts(
        _ text: String,
        rowsPerChunk: Int = 100,
        keepingInfinities: Bool = false
    ) throws -> [TablePart] {
        let folder = try TemporaryFolder()
        let reader = try TableReader(
            path: folder.write(text),
            options: ReadingOptions(rowsPerChunk: rowsPerChunk)
        )
        try reader.select(schema)
        var parts: [TablePart] = []
        while let some = try reader.nextParts(keepingInfinities: keepingInfinities) {
            parts += some
        }
        return parts
    }

    /// Such as `1-2 !3 4-4`: the rows that could be read, and those that could not.
    private func outline(_ parts: [TablePart]) -> String {
        parts.map { part in
            switch part {
            case .rows(let table): "\(table.firstRow + 1)-\(table.firstRow + table.rowCount)"
            case .bad(let row): "!\(row.row ?? 0)"
            }
        }.joined(separator: " ")
    }

    @Test("bad rows keep their numbers and the rows around them theirs", arguments: [1, 2, 3, 100])
    func numbersRows(rowsPerChunk: Int) throws {
        let text = "a,k\n1,x\n2,y\nERR,x\n4,z\n5\n6,\"q\"r\n7,x\n8,y\n"
        let found = try parts(text, rowsPerChunk: rowsPerChunk)
        let numbers: [Int] = found.flatMap { part in
            switch part {
            case .rows(let table): Array(table.firstRow + 1...table.firstRow + table.rowCount)
            case .bad(let row): [-(row.row ?? 0)]
            }
        }
        #expect(numbers == [1, 2, -3, 4, -5, -6, 7, 8])
        let values = found.flatMap { part -> [Double] in
            if case .rows(let table) = part { table["a"]?.numbers ?? [] } else { [] }
        }
        #expect(values == [1, 2, 4, 7, 8])
    }

    @Test("the reason names line and column")
    func givesReasons() throws {
        guard case .bad(let row) = try parts("a,k\n1,x\nERR,y\n")[1] else {
            return #expect(Bool(false))
        }
        #expect(row.line == 3)
        #expect(row.error.location?.column == "a")
        #expect(row.reason.hasPrefix("\"ERR\" is not a number"))
    }

    @Test("where all rows are bad, none is good")
    func readsNothing() throws {
        #expect(outline(try parts("a,k\nx,1\ny,2\n")) == "!1 !2")
    }

    @Test("infinities are values where they are asked for")
    func keepsInfinities() throws {
        let text = "a,k\n1e400,x\n-inf,y\n3,z\n"
        #expect(outline(try parts(text)) == "!1 !2 3-3")
        guard case .rows(let table) = try parts(text, keepingInfinities: true)[0] else {
            return #expect(Bool(false))
        }
        #expect(table["a"]?.numbers == [.infinity, -.infinity, 3])
    }

    @Test("two columns are joined to a text")
    func joinsColumns() throws {
        let folder = try TemporaryFolder()
        let reader = try TableReader(path: folder.write("d;t;x\n1/2/2024;10:00;5\n1/2/2024;;6\n"))
        try reader.select(
            Schema(columns: [ColumnSchema(name: "x", kind: .numeric)]),
            keeping: ["d+t"]
        )
        #expect(try reader.readAll()["d+t"]?.texts == ["1/2/2024 10:00", nil])
        #expect(reader.extraColumns.isEmpty)
    }
}
