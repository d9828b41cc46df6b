import OddityDatasets
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

@Suite("Finding out what columns are")
struct SchemaInferenceTests {
    /// A file of a column of values beside one of plain numbers.
    private func column(
        _ values: [String],
        name: String = "v",
        options: ReadingOptions = ReadingOptions()
    ) throws -> ColumnSchema {
        let rows = values.enumerated().map { "\($1),\(Double($0) * 0.7 + 0.1)\n" }
        let summary = try summarize("\(name),other\n" + rows.joined(), options: options)
        return try #require(summary.schema[name])
    }

    private func texts(_ count: Int, _ text: (Int) -> String) -> [String] {
        (0..<count).map(text)
    }

    @Test("numbers are numeric")
    func findsNumbers() throws {
        #expect(try column(["1.5", "-2e3", "", "4"]).kind == .numeric)
        #expect(try column(texts(100) { String($0 * 37 % 101) }).kind == .numeric)
        #expect(try column(texts(100) { _ in "5" }).kind == .numeric)
    }

    @Test("integers beyond 2^53 are identifiers and keep their digits")
    func keepsLargeIntegers() throws {
        let found = try column(["9007199254740993", "12", "7"])
        #expect(found.kind == .ignored)
        #expect(found.reason.contains("2^53"))
        #expect(try column(["9007199254740992", "12", "7"]).kind == .numeric)
        #expect(try column(["9007199254740993", "1.5"]).kind == .numeric)
        #expect(try column(["-123456789012345678901234", "1"]).kind == .ignored)
        let table = try readTable("id,x\n9007199254740993,1\n2,5\n", keeping: ["id"])
        #expect(table["id"]?.texts == ["9007199254740993", "2"])
    }

    @Test("row numbers are ignored, other counters are not")
    func findsRowNumbers() throws {
        #expect(try column(texts(20) { String($0) }).kind == .ignored)
        #expect(try column(texts(20) { String($0 + 1) }).reason.contains("row numbers"))
        #expect(try column(texts(19) { String($0) }).kind == .numeric)
        #expect(try column(texts(30) { String($0 * 2) }).kind == .numeric)
        #expect(try column(texts(30) { String($0 == 17 ? 99 : $0) }).kind == .numeric)
    }

    @Test(
        "a name such as id makes distinct integers identifiers",
        arguments: ["id", "ID", "Row_ID", "index"]
    )
    func findsIdentifiersByName(name: String) throws {
        #expect(
            try column(texts(40) { String(1000 + $0 * 7919 % 997) }, name: name).kind == .ignored
        )
        #expect(try column(texts(40) { String($0 % 3) }, name: name).kind == .categorical)
        #expect(try column(texts(40) { String(Double($0) + 0.5) }, name: name).kind == .numeric)
        #expect(try column(texts(10) { String(1000 + $0) }, name: name).kind == .numeric)
    }

    @Test("an index column without a name, as pandas writes it, is ignored")
    func findsUnnamedIndex() throws {
        let text = ",x\n" + (0..<25).map { "\($0),\(Double($0) * 0.3)\n" }.joined()
        #expect(try summarize(text).schema.columns.map(\.kind) == [.ignored, .numeric])
    }

    @Test("text of few levels is categorical, other text is ignored")
    func judgesText() throws {
        #expect(try column(["red", "green", "red"]).kind == .categorical)
        #expect(try column(texts(100) { "level\($0 % 50)" }).kind == .categorical)
        #expect(try column(texts(100) { "level\($0 % 51)" }).kind == .ignored)
        #expect(try column(texts(2_000) { "level\($0 % 100)" }).kind == .categorical)
        #expect(try column(texts(2_000) { "level\($0 % 101)" }).kind == .ignored)
        #expect(try column(texts(30) { "name\($0)" }).kind == .ignored)
        #expect(try column(texts(5_000) { "name\($0)" }).reason.contains("more than 1000"))
    }

    @Test("codes with leading zeros are no numbers")
    func findsCodes() throws {
        #expect(try column(["0042", "1234", "0042"]).kind == .categorical)
        #expect(try column(["0", "10", "7"]).kind == .numeric)
    }

    @Test(
        "dates and times are ignored",
        arguments: [
            "2024-01-31", "2024-01-31T13:05:09Z", "2024-01-31 13:05:09.123", "2024/1/31 13:05",
            "31.01.2024", "1/31/2024 1:05 PM", "2024-01-31T13:05:09+01:00",
        ]
    )
    func findsTimestamps(text: String) throws {
        let found = try column([text, "", text])
        #expect(found.kind == .ignored)
        #expect(found.reason == "dates or times")
    }

    @Test(
        "version numbers and addresses are no dates",
        arguments: ["1.2.3", "1.2.10", "10.0.0.1", "2024-", "12-"]
    )
    func refusesOtherShapes(text: String) throws {
        #expect(try column([text, text, "x"]).kind == .categorical)
    }

    @Test("an empty column is ignored")
    func findsEmptyColumn() throws {
        #expect(
            try column(["", "NA", ""])
                == ColumnSchema(name: "v", kind: .ignored, reason: "no values")
        )
    }

    @Test("a stray text among numbers is missing, and its place is named")
    func namesStrayText() throws {
        let rows = (0..<30).map { "\($0 == 15 ? "abc" : String(Double($0) / 3)),1\n" }.joined()
        let column = try summarize("age,x\n" + rows).schema["age"]
        #expect(column?.kind == .numeric)
        #expect(column?.concern?.contains("\"abc\", the first in line 17") == true)
        let missing = ReadingOptions(missingTokens: .standard.adding("abc"))
        #expect(try summarize("age,x\n" + rows, options: missing).schema["age"]?.concern == nil)
    }

    @Test("one text in twenty values is not yet a slip")
    func toleratesMixedColumn() throws {
        #expect(try column(texts(20) { $0 == 3 ? "B7" : String($0 % 4) }).kind == .categorical)
    }

    @Test(
        "an infinity in a column of numbers is an error",
        arguments: ["inf", "-Infinity", "1e999"]
    )
    func refusesInfinity(text: String) throws {
        let error = try errorReading("a,b\n1,2\n\(text),4\n")
        #expect(error?.code == .infiniteNumber)
        #expect(error?.location?.line == 3)
        #expect(error?.location?.column == "a")
    }

    @Test("options declare columns")
    func obeysDeclarations() throws {
        let text = "a,b,c,y\n" + (0..<30).map { "\($0),\($0 % 3),t\($0),\($0 % 2)\n" }.joined()
        let options = ReadingOptions(
            ignoredColumns: ["c"],
            categoricalColumns: ["b"],
            numericColumns: ["a"],
            labelColumn: "y"
        )
        let summary = try summarize(text, options: options)
        #expect(
            summary.schema.columns.map(\.kind) == [.numeric, .categorical, .ignored, .ignored]
        )
        #expect(summary.schema["y"]?.reason == "the label")
        #expect(summary.schema.usedColumns.map(\.name) == ["a", "b"])
    }

    @Test("the last column is not taken for a label")
    func guessesNoLabel() throws {
        let text = "a,label\n" + (0..<30).map { "\(Double($0) / 7),\($0 % 2)\n" }.joined()
        #expect(try summarize(text).schema["label"]?.kind == .numeric)
    }

    @Test("an ignored column may hold anything")
    func ignoresFaults() throws {
        let rows = (0..<30).map { "\($0 == 15 ? "abc" : $0 == 16 ? "inf" : "1.5"),\($0 % 7)\n" }
        let options = ReadingOptions(ignoredColumns: ["age"])
        #expect(try summarize("age,x\n" + rows.joined(), options: options).rowCount == 30)
    }

    @Test("a column declared numeric must be")
    func checksDeclaredNumbers() throws {
        let error = try errorReading(
            "a,b\n1,2\nx,3\n",
            options: ReadingOptions(numericColumns: ["a"])
        )
        #expect(error?.code == .notANumber)
        #expect(error?.location?.line == 3)
    }

    @Test("unknown names are errors that list near matches")
    func refusesUnknownNames() throws {
        let options = ReadingOptions(ignoredColumns: ["pressurre"], labelColumn: "zzz")
        let error = try errorReading("Pressure,b\n1,2\n", options: options)
        #expect(error?.code == .unknownColumn)
        #expect(error?.message.contains("did you mean \"Pressure\"?") == true)
        #expect(error?.message.contains("\"zzz\"") == true)
    }

    @Test("a column cannot be declared twice in different ways")
    func refusesConflicts() throws {
        let options = ReadingOptions(ignoredColumns: ["a"], numericColumns: ["a"])
        #expect(try errorReading("a,b\n1,2\n", options: options)?.code == .conflictingOptions)
        let same = ReadingOptions(ignoredColumns: ["a", "a"])
        #expect(try errorReading("a,b\n1,2\n", options: same) == nil)
    }

    @Test("the summary counts, and survives JSON")
    func summarizes() throws {
        let summary = try summarize("a,b\n1,x\n,y\n4,x\n")
        #expect(summary.rowCount == 3)
        let a = summary.statistics[0]
        #expect(a.presentCount == 2)
        #expect(a.missingCount == 1)
        #expect(a.minimum == 1)
        #expect(a.maximum == 4)
        #expect(a.mean == 2.5)
        #expect(a.distinctCount == 2)
        #expect(!a.isConstant)
        #expect(summary.statistics[1].examples == ["x", "y"])
        let data = try JSONEncoder().encode(summary)
        #expect(try JSONDecoder().decode(TableSummary.self, from: data) == summary)
        #expect(try summarize("a,b\n5,x\n5.0,y\n").statistics[0].isConstant)
    }

    @Test("numbers as categories")
    func readsNumbersAsCategories() throws {
        let table = try readTable(
            "a,b\n1,2\n3,4\n1,6\n",
            options: ReadingOptions(categoricalColumns: ["a"])
        )
        #expect(table["a"]?.values == .categorical(codes: [0, 1, 0], levels: ["1", "3"]))
    }
}
