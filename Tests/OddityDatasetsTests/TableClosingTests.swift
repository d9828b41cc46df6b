import OddityDatasets
import TestSupport
import Testing

@Suite("Lines below the rows")
struct TableClosingTests {
    private let rows = (0..<12).map {
        "2031-02-\($0 + 10),\(Double($0) / 4 + 10),k\($0 % 3),\($0)\n"
    }
    .joined()
    private let names = "day,temp,kind,n\n"

    /// Expects that the twelve rows are read, and what was said.
    private func expect(
        _ closing: String,
        notes: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let summary = try summarize(names + rows + closing)
        #expect(summary.rowCount == 12, sourceLocation: sourceLocation)
        #expect(summary.notes == notes, sourceLocation: sourceLocation)
        #expect(summary.schema["temp"]?.kind == .numeric, sourceLocation: sourceLocation)
        let table = try readTable(names + rows + closing)
        #expect(table.rowCount == 12, sourceLocation: sourceLocation)
    }

    @Test("notes and sources, of another width or alone in their record, are no rows")
    func leavesFootersOut() throws {
        try expect("Source: the ministry\n", notes: ["1 line below the rows left out"])
        try expect(
            "\nSource: the ministry, and others\n\"Note: revised, see below\"\n",
            notes: ["2 lines below the rows left out"]
        )
        try expect("Note: revised,,,\n", notes: ["1 line below the rows left out"])
        try expect("# made in May\n", notes: ["1 line below the rows left out"])
        try expect("# made, by hand, in May, 2031\n", notes: ["1 line below the rows left out"])
        try expect("a, b, c, d, e\n", notes: ["1 line below the rows left out"])
        try expect(
            "Total,140,,66\n,,,\nSource: the ministry\n",
            notes: [
                "1 row without any value left out", "1 line below the rows left out",
                "the totals in the last row left out",
            ]
        )
    }

    @Test("the count of rows and rows of means and deviations are no rows")
    func leavesCountsOut() throws {
        try expect("(12 rows)\n", notes: ["1 line below the rows left out"])
        try expect("Mean,11.4,,5.5\nStd,0.9,,3.6\n", notes: ["the totals in the last row left out"])
        // Less than a row among numbers may be one that was cut off.
        let text = "a,b\n" + (0..<9).map { "\($0),\($0 * 3)\n" }.joined()
        #expect(try errorReading(text + "(4)\n")?.code == .raggedRow)
        #expect(try summarize(text + "(9 rows)\n").rowCount == 9)
    }

    @Test("they are also below a first column of text")
    func leavesFootersOutBelowText() throws {
        let text =
            "site,a,b\n"
            + (0..<9).map { "\("xyz".dropFirst($0 % 3)) town,\($0),\($0 * $0)\n" }.joined()
        let notes = ["1 line below the rows left out"]
        #expect(try summarize(text + "Figures are preliminary and may change,,\n").notes == notes)
        #expect(try summarize(text + "Source: ministry\n").notes == notes)
        // A town without figures is a row.
        #expect(try summarize(text + "z town,,\n").rowCount == 10)
        #expect(try errorReading(text + "xyz\n")?.code == .raggedRow)
    }

    @Test("what may be a row stays one, or the error that it is")
    func keepsRows() throws {
        func code(_ closing: String) throws -> DatasetError.Code? {
            try errorReading(names + rows + closing)?.code
        }
        // A row that was cut off.
        #expect(try code("2031-02-24,13.5\n") == .raggedRow)
        #expect(try code("2031-02-24\n") == .raggedRow)
        // In the middle.
        #expect(try code("Source: the ministry\n" + rows) == .raggedRow)
        let many = String(repeating: "Source: the ministry\n", count: 40)
        #expect(try code(many) == .raggedRow)
        #expect(try summarize(names + rows + "2031-02-24,,,\n").rowCount == 13)
        #expect(try summarize(names + rows + "Note: revised,,,\n" + rows).rowCount == 25)
        let marked = "tag,n\n" + (0..<9).map { "#\($0),\($0 % 4)\n" }.joined()
        #expect(try summarize(marked, options: ReadingOptions(commentPrefix: "")).rowCount == 9)
    }

    @Test("they are left out of titled tables, in every pass and behind many rows")
    func leavesFootersOutOfLongTables() throws {
        let long = (0..<40_000).map { "2031-02-1\($0 % 9),\($0 % 7).5,k,\($0)\n" }.joined()
        let text = "Report\n\n" + names + long + "\nSource: the ministry\nRevised\n"
        let folder = try TemporaryFolder()
        let reader = try TableReader(path: folder.write(text))
        let schema = try reader.inferSchema().schema
        for _ in 0..<2 {
            try reader.select(schema)
            #expect(try reader.readAll().rowCount == 40_000)
            #expect(
                reader.notes == [
                    "1 line above the names left out", "2 lines below the rows left out",
                ]
            )
        }
    }

    @Test("as many lines as asked are left out at the end", arguments: [0, 1, 2, 5])
    func skipsLastLines(count: Int) throws {
        let options = ReadingOptions(skippedLastLineCount: count)
        let text = names + rows + "\n \n"
        let summary = try summarize(text, options: options)
        #expect(summary.rowCount == 12 - count)
        let unit = count == 1 ? "line" : "lines"
        #expect(
            summary.notes == (count == 0 ? [] : ["\(count) \(unit) at the end skipped, as asked"])
        )
        // Nothing else is taken for a footer then.
        let total = names + rows + "Total,3,4,5\n"
        #expect(try summarize(total, options: options).rowCount == 13 - count)
        let error = try errorReading(
            names + rows + "Source: x\n\n2031-02-24,1,k,2",
            options: options
        )
        #expect((error?.code == .raggedRow) == (count < 2))
    }

    @Test("lines are left out behind many rows, with any line ends, and of a stream")
    func skipsLastLinesOfLongTables() throws {
        let options = ReadingOptions(skippedLastLineCount: 3)
        for end in ["\n", "\r\n", "\r"] {
            let long = (0..<60_000).map { "\($0 % 97),\($0 % 7).25\(end)" }.joined()
            let text = "a,b\(end)" + long + "Source\(end)\(end)\"x\(end)y\""
            let table = try readTable(text, options: options)
            #expect(table.rowCount == 60_000)
            #expect(table["a"]?.numbers?.last == Double(59_999 % 97))
        }
        #expect(try errorReading("a,b\n1,2\n", options: options)?.code == .emptyFile)
    }
}
