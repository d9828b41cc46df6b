import OddityDatasets
import Testing

@Suite("Tables")
struct TableTests {
    private func sample() throws -> Table {
        try Table(columns: [
            Column("x", [1, 2, .nan, 4]),
            Column("c", categories: ["u", nil, "v", "u"]),
            Column("t", text: ["p", "q", nil, "r"]),
        ])
    }

    @Test("a table built in memory has a schema")
    func buildsTable() throws {
        let table = try sample()
        #expect(table.rowCount == 4)
        #expect(table.schema.columns.map(\.kind) == [.numeric, .categorical, .ignored])
        #expect(table["c"]?.values == .categorical(codes: [0, -1, 1, 0], levels: ["u", "v"]))
        #expect(table["none"] == nil)
        #expect(try Table(columns: []).rowCount == 0)
    }

    @Test("columns of unequal length or equal name are refused")
    func checksColumns() {
        let unequal = #expect(throws: DatasetError.self) {
            try Table(columns: [Column("a", [1]), Column("b", [1, 2])])
        }
        #expect(unequal?.code == .unequalColumns)
        let twice = #expect(throws: DatasetError.self) {
            try Table(columns: [Column("a", [1]), Column("a", [2])])
        }
        #expect(twice?.code == .duplicateColumn)
    }

    @Test("rows are selected in the asked order")
    func selectsRows() throws {
        let part = try sample().selecting(rows: [3, 0, 0])
        #expect(part["x"] == Column("x", [4, 1, 1]))
        #expect(part["c"]?.texts == ["u", "u", "u"])
        #expect(part["t"]?.texts == ["r", "p", "p"])
        #expect(part.rowCount == 3)
    }

    @Test("columns are selected by name")
    func selectsColumns() throws {
        #expect(try sample().selecting(columns: ["t", "x"]).schema.names == ["t", "x"])
        let error = #expect(throws: DatasetError.self) {
            try sample().selecting(columns: ["xx", "c"])
        }
        #expect(error?.code == .missingColumns)
        #expect(error?.message.contains("did you mean \"x\"?") == true)
    }

    @Test("tables are joined, categories by their text")
    func joinsTables() throws {
        let other = try Table(columns: [
            Column("x", [9]), Column("c", categories: ["v"]), Column("t", text: ["s"]),
        ])
        let joined = try Table.joining([sample(), other])
        #expect(joined["x"] == Column("x", [1, 2, .nan, 4, 9]))
        #expect(joined["c"]?.texts == ["u", nil, "v", "u", "v"])
        #expect(joined["t"]?.texts == ["p", "q", nil, "r", "s"])
    }

    @Test("tables of other columns are not joined")
    func refusesToJoin() throws {
        let others = [
            try Table(columns: [Column("x", [9])]),
            try sample().selecting(columns: ["x", "t", "c"]),
        ]
        for other in others {
            let error = #expect(throws: DatasetError.self) {
                try Table.joining([sample(), other])
            }
            #expect(error?.code == .incompatibleTables)
        }
        #expect(throws: DatasetError.self) { try Table.joining([]) }
        #expect(throws: DatasetError.self) { try Table.joining([others[0], sample()]) }
    }
}
