import OddityDatasets
import TestSupport
import Testing

@Suite("Lines between blanks, and lines of dashes")
struct OddLineTests {
    private let rows = (0..<60).map { "  \($0)   \(Double($0) / 4 + 10)  \($0 * 7 % 11)\n" }
        .joined()

    @Test("a few odd lines do not hide the blanks between fields")
    func namesOddLine() throws {
        let odd = "1 2.5 3 x\n"
        let text = rows + odd + rows + odd + rows
        let folder = try TemporaryFolder()
        #expect(
            try TableReader(path: folder.write(text)).dialect?.delimiter == CSVDialect.blank
        )
        let error = try #require(try errorReading(text))
        #expect(error.code == .raggedRow && error.location?.line == 61)
        #expect(error.message.hasPrefix("expected 3 fields between blanks, found 4;"))
        // Lines of text have blanks too.
        let words = (0..<40).map { "some words \($0)\n" }.joined()
        #expect(try summarize("note\n" + words).schema.names == ["note"])
    }

    @Test("tabs are a delimiter, however many there are in a line")
    func seesTabs() throws {
        let text = (1...20).map { row in
            (0...(row % 7 + 1)).map { "\($0), or \(row)" }.joined(separator: "\t") + "\n"
        }.joined()
        let error = try errorReading(text)
        #expect(error?.code == .raggedRow)
        let folder = try TemporaryFolder()
        #expect(try TableReader(path: folder.write(text)).dialect?.delimiter == CSVDialect.tab)
    }

    @Test("titles, rules and footers around a table between blanks")
    func readsDrawnTables() throws {
        let rule = String(repeating: "=", count: 40) + "\n"
        let thin = "----- ------ -----\n"
        let text =
            "   MEAN LOADS OF THE YEAR\n" + rule + "  hour   load  count\n" + thin + rows + thin
            + "Note: taken from the log of that year, by hand.\nAll of it is so.\n"
        let summary = try summarize(text)
        #expect(summary.schema.names == ["hour", "load", "count"])
        #expect(summary.rowCount == 60)
        #expect(
            summary.notes == [
                "1 line above the names left out", "2 rules left out",
                "2 lines below the rows left out",
            ]
        )
    }

    @Test("rules between other delimiters, and dashes that are values")
    func tellsRulesFromValues() throws {
        let bars = (0..<12).map { "\($0 * 3) | \(-$0) \n" }.joined()
        let drawn = "a | b\n---+-----\n" + bars + "===|====\n"
        #expect(try summarize(drawn).rowCount == 12)
        #expect(try summarize(drawn).schema.names == ["a", "b"])
        let dashes = try summarize(
            "a,b\n" + (0..<30).map { "\(-$0),\($0)\n" }.joined() + "-,-\n--,--\n"
        )
        #expect(dashes.rowCount == 32 && dashes.statistics[0].missingCount == 2)
        let single = try summarize(
            "a\n------\n" + (0..<30).map { "\(-$0 * 3 % 7)\n" }.joined() + "--\n"
        )
        #expect(single.rowCount == 31)
    }
}
