import OddityDatasets
import TestSupport
import Testing

@Suite("How columns write their numbers")
struct NotationInferenceTests {
    /// A file of columns of fields, between semicolons unless said otherwise, and what is found in it.
    private func columns(
        _ columns: [(name: String, fields: [String])],
        delimiter: String = ";",
        options: ReadingOptions = ReadingOptions()
    ) throws -> (table: Table, summary: TableSummary) {
        let names = columns.map(\.name).joined(separator: delimiter)
        let rows = columns[0].fields.indices.map { row in
            columns.map { column in
                let field = column.fields[row]
                return field.contains(delimiter) ? "\"\(field)\"" : field
            }.joined(separator: delimiter)
        }
        let folder = try TemporaryFolder()
        let path = folder.write(([names] + rows).joined(separator: "\n") + "\n")
        return try Table.reading(path: path, options: options)
    }

    private func fields(_ count: Int = 40, _ text: (Int) -> String) -> [String] {
        (0..<count).map(text)
    }

    private var plain: [String] { fields { "\(Double($0) * 0.7 + 0.1)" } }

    @Test("decimal commas with thousands points")
    func findsDecimalCommas() throws {
        let amounts = fields { "\($0 % 9 + 1).\(100 + $0 * 7),5" }
        let prices = fields { "\($0 * 3),25" }
        let (table, summary) = try columns([("amount", amounts), ("price", prices)])
        #expect(summary.schema.columns.map(\.kind) == [.numeric, .numeric])
        #expect(summary.schema["amount"]?.notation?.decimalMark == .comma)
        #expect(
            summary.schema["amount"]?.reason
                == "numbers with decimal commas and thousands points, as in \"1.100,5\""
        )
        #expect(table["amount"]?.numbers?.prefix(2) == [1100.5, 2107.5])
        #expect(table["price"]?.numbers?[3] == 9.25)
        #expect(summary.statistics[1].maximum == 117.25)
        #expect(summary.concerns.isEmpty)
    }

    @Test("currency, percent and thousands commas")
    func findsDollars() throws {
        let income = fields { "$\($0 + 1),\(100 + $0 * 3).50" }
        let growth = fields { "\(Double($0) - 20)%" }
        let balance = fields { $0.isMultiple(of: 3) ? "(\($0 + 1).00)" : "\($0).00" }
        let found = try columns(
            [("income", income), ("growth", growth), ("balance", balance)],
            delimiter: "\t"
        )
        #expect(found.summary.schema.columns.map(\.kind) == [.numeric, .numeric, .numeric])
        #expect(found.table["income"]?.numbers?[1] == 2103.5)
        #expect(found.table["growth"]?.numbers?[0] == -20)
        #expect(found.table["balance"]?.numbers?[3] == -4)
        #expect(found.summary.schema["growth"]?.reason == "numbers with \"%\", as in \"-20.0%\"")
    }

    @Test(
        "blanks and apostrophes between thousands",
        arguments: [" ", "\u{A0}", "\u{202F}", "'", "’"]
    )
    func findsGroups(mark: String) throws {
        let found = try columns([("v", fields { "\($0 + 1)\(mark)\(100 + $0)" }), ("w", plain)])
        #expect(found.summary.schema["v"]?.kind == .numeric)
        #expect(found.table["v"]?.numbers?[1] == 2101)
    }

    @Test("a comma that may be either is left open, and both readings are shown")
    func leavesAmbiguousCommas() throws {
        let counts = fields { "\($0 + 11),\(101 + $0 * 2)" }
        let found = try columns([("count", counts), ("kind", fields { "k\($0 % 3)" })])
        let column = try #require(found.summary.schema["count"])
        #expect(column.kind == .ignored)
        #expect(
            column.concern
                == "\"11,101\" may be 11101 (--decimal .) or 11.101 (--decimal ,); say which"
        )
        #expect(found.summary.concerns.count == 1)
        for (mark, value) in [(NumberNotation.DecimalMark.point, 11101.0), (.comma, 11.101)] {
            let options = ReadingOptions(decimalMark: mark)
            let read = try columns(
                [("count", counts), ("kind", fields { "k\($0 % 3)" })],
                options: options
            )
            #expect(read.table["count"]?.numbers?[0] == value)
            #expect(read.summary.concerns.isEmpty)
        }
        let options = ReadingOptions(thousandsMark: .comma)
        let asked = try columns(
            [("count", counts), ("kind", fields { "k\($0 % 3)" })],
            options: options
        )
        #expect(asked.table["count"]?.numbers?[0] == 11101)
    }

    @Test("the other columns settle it")
    func followsOtherColumns() throws {
        let counts = fields { "\($0 + 11),\(101 + $0 * 2)" }
        let points = try columns([("count", counts), ("rate", plain)])
        #expect(points.table["count"]?.numbers?[0] == 11101)
        let commas = try columns([("count", counts), ("rate", fields { "\($0),5" })])
        #expect(commas.table["count"]?.numbers?[0] == 11.101)
        let grouped = try columns([
            ("count", fields { "\($0 + 11).\(101 + $0 * 2)" }), ("rate", fields { "\($0),5" }),
        ])
        #expect(grouped.table["count"]?.numbers?[0] == 11101)
        let alone = try columns([
            ("count", fields { "\($0 + 11).\(101 + $0 * 2)" }), ("k", counts.map { _ in "k" }),
        ])
        #expect(alone.table["count"]?.numbers?[0] == 11.101)
        #expect(alone.summary.schema["count"]?.notation == nil)
    }

    @Test("whole numbers beside groups that end in 0 settle it")
    func seesKeptZeros() throws {
        let counts = fields { $0 == 7 ? "984" : "\($0 + 11),\(100 + $0 * 10)" }
        let found = try columns([("count", counts), ("kind", fields { "k\($0 % 3)" })])
        #expect(found.table["count"]?.numbers?[7] == 984)
        #expect(found.table["count"]?.numbers?[0] == 11100)
    }

    @Test("commas and points as decimal marks in one column are not read")
    func refusesMixedMarks() throws {
        let mixed = fields { $0.isMultiple(of: 2) ? "\($0),5" : "\($0).5" }
        let column = try #require(try columns([("v", mixed), ("w", plain)]).summary.schema["v"])
        #expect(column.kind == .ignored)
        #expect(
            column.concern
                == "decimal commas and decimal points in one column, as in \"0,5\" and \"1.5\"; write all numbers alike"
        )
    }

    @Test("units that differ, or are there only sometimes, are no numbers")
    func refusesMixedUnits() throws {
        let mixed = fields { "\($0 + 1) \($0.isMultiple(of: 2) ? "kg" : "g")" }
        let units = try #require(try columns([("v", mixed)]).summary.schema["v"])
        #expect(units.concern == "numbers with different units: \"kg\", \"g\"; write them in one")
        let some = fields { $0.isMultiple(of: 2) ? "\($0 + 1)%" : "\(Double($0) / 50)" }
        let percent = try #require(try columns([("v", some), ("w", plain)]).summary.schema["v"])
        #expect(percent.kind == .ignored)
        #expect(percent.concern?.contains("numbers with \"%\" and without") == true)
        let asked = ReadingOptions(numericColumns: ["v"])
        #expect(
            try columns([("v", some), ("w", plain)], options: asked).table["v"]?.numbers?[2] == 3
        )
        let money = fields { $0.isMultiple(of: 2) ? "€ \($0 + 1).5" : "\($0 + 1).5" }
        #expect(try columns([("v", money)]).table["v"]?.numbers?[1] == 2.5)
        let doses = fields { ["5 mg", "10 mg", "1 g"][$0 % 3] }
        #expect(try columns([("v", doses)]).summary.schema["v"]?.kind == .categorical)
    }

    @Test(
        "addresses and codes with letters stay text",
        arguments: [
            "192.168.100.1", "A", "12 Main Street ", "1.2.",
        ]
    )
    func leavesText(start: String) throws {
        let texts = fields { "\(start)\(10 + $0)" }
        #expect(try columns([("v", texts), ("w", plain)]).summary.schema["v"]?.kind == .ignored)
    }

    @Test("words for missing values among numbers")
    func readsMissingWords() throws {
        let values = fields {
            $0 % 7 == 3 ? "#DIV/0!" : $0 % 11 == 5 ? "n.a." : "\(Double($0) * 1.5)"
        }
        let found = try columns([("v", values), ("w", plain)])
        let column = try #require(found.summary.schema["v"])
        #expect(column.kind == .numeric)
        #expect(column.reason == "numbers, with \"#DIV/0!\", \"n.a.\" for missing values")
        #expect(column.concern == nil)
        #expect(found.table["v"]?.numbers?[3].isNaN == true)
        #expect(found.summary.statistics[0].missingCount == values.count { Double($0) == nil })
        let categories = try columns([
            ("v", fields { ["none", "red", "-"][$0 % 3] }), ("w", plain),
        ])
        #expect(categories.table["v"]?.texts?.prefix(2) == ["none", "red"])
    }

    @Test("a share of other texts does not flip a column silently", arguments: [15, 8, 5])
    func namesOtherTexts(every: Int) throws {
        let values = fields(200) { $0 % every == 3 ? "ERR" : "\(Double($0) * 1.5)" }
        let found = try columns([("v", values), ("w", fields(200) { "\(Double($0) * 0.7)" })])
        let column = try #require(found.summary.schema["v"])
        #expect(column.kind == .numeric)
        #expect(column.reason == "numbers but for \"ERR\"")
        let count = values.count { $0 == "ERR" }
        #expect(
            column.concern
                == "\(count) of 200 values are no numbers and count as missing: \"ERR\", the first in line 5;"
                + " correct them, or give --categorical \"v\" if the column is text"
        )
        #expect(column.notation?.missingTexts == ["ERR"])
        #expect(found.table["v"]?.numbers?[3].isNaN == true)
    }

    @Test("where half of the values are texts, the column is text and that is said")
    func concernsText() throws {
        let values = fields(100) { $0 % 5 < 2 ? "off" : "\(Double($0) * 1.5)" }
        let column = try #require(try columns([("v", values)]).summary.schema["v"])
        #expect(column.kind == .ignored)
        #expect(
            column.concern?.hasPrefix("60 of 100 values are numbers, and \"off\" in line 2") == true
        )
    }

    @Test("a decimal mark of the options takes the place of a schema's")
    func overridesNotations() throws {
        let folder = try TemporaryFolder()
        let schema = Schema(columns: [ColumnSchema(name: "a", kind: .numeric)])
        let path = folder.write("a;b\n1,5;x\n2;y\n")
        let read = try Table.reading(
            path: path,
            schema: schema,
            options: ReadingOptions(decimalMark: .comma)
        )
        #expect(read["a"]?.numbers == [1.5, 2])
        #expect(throws: DatasetError.self) { try Table.reading(path: path, schema: schema) }
    }

    @Test("an option that the numbers contradict is not passed over")
    func saysWhereAnOptionCannotBe() throws {
        let shares = fields { "\($0 % 9),\(1345 + $0)" }
        let asked = ReadingOptions(decimalMark: .point)
        let (_, summary) = try columns([("share", shares), ("plain", plain)], options: asked)
        #expect(summary.schema.columns.map(\.kind) == [.ignored, .numeric])
        #expect(
            summary.concerns
                == [
                    "column \"share\": \"0,1345\" is no number with decimal points, as the options ask; give --decimal \",\", or correct it"
                ]
        )
        let commas = ReadingOptions(decimalMark: .comma)
        let dollars = fields { "$\($0).5" }
        let other = try columns([("price", dollars), ("share", shares)], options: commas)
        #expect(other.summary.schema.columns.map(\.kind) == [.ignored, .numeric])
    }

    @Test("money with points before three digits is left open too")
    func leavesMoneyOpen() throws {
        let money = fields { "€\($0 + 1).\(101 + $0)" }
        let column = try #require(
            try columns([("v", money), ("k", fields { "k\($0 % 3)" })]).summary.schema["v"]
        )
        #expect(
            column.concern
                == "\"€1.101\" may be 1.101 (--decimal .) or 1101 (--decimal ,); say which"
        )
        let weights = fields { "\($0 + 1).\(101 + $0) kg" }
        #expect(try columns([("v", weights)]).table["v"]?.numbers?[0] == 1.101)
    }

    @Test("a notation is read from a model written before there were any")
    func readsOldSchemas() throws {
        let old = Array(#"{"name":"a","kind":"numeric","reason":"all values are numbers"}"#.utf8)
        let column = try decoded(ColumnSchema.self, from: old)
        #expect(column == ColumnSchema(name: "a", kind: .numeric, reason: "all values are numbers"))
    }
}
