import OddityDatasets
import TestSupport
import Testing

@Suite("Openings and ends of files")
struct TableOpeningTests {
    private func rows(_ count: Int = 12, _ delimiter: String = ",", end: String = "") -> String {
        (0..<count).map { row in
            ["\(row * 3)", "\(Double(row) / 4 + 10)", "k\(row % 3)"].joined(separator: delimiter)
                + end + "\n"
        }.joined()
    }

    private func read(
        _ text: String,
        _ options: ReadingOptions = ReadingOptions()
    ) throws -> (table: Table, summary: TableSummary) {
        let folder = try TemporaryFolder()
        return try Table.reading(path: folder.write(text), options: options)
    }

    /// Expects the three columns of ``rows(_:_:end:)``, and what was said of the form.
    private func expect(
        _ text: String,
        _ options: ReadingOptions = ReadingOptions(),
        rowCount: Int = 12,
        notes: [String],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let (table, summary) = try read(text, options)
        #expect(summary.schema.names == ["id", "temp", "kind"], sourceLocation: sourceLocation)
        #expect(table.rowCount == rowCount, sourceLocation: sourceLocation)
        #expect(table["temp"]?.numbers?[1] == 10.25, sourceLocation: sourceLocation)
        #expect(
            table["kind"]?.texts?.last == "k\((rowCount - 1) % 3)",
            sourceLocation: sourceLocation
        )
        #expect(summary.notes == notes, sourceLocation: sourceLocation)
    }

    @Test("a first line that names the delimiter", arguments: [",", ";", "|", "\t"])
    func readsSeparatorLine(delimiter: String) throws {
        let names = ["id", "temp", "kind"].joined(separator: delimiter)
        let line = delimiter == "\t" ? "sep=tab" : "sep=\(delimiter)"
        try expect(
            "sep=\(delimiter)\r\n\(names)\r\n" + rows(12, delimiter),
            notes: ["the first line names the delimiter (\(line))"]
        )
    }

    @Test("comment lines", arguments: ["#", "%", "//"])
    func skipsComments(prefix: String) throws {
        let text =
            "\(prefix) logger 7, firmware 3\n\(prefix)\n\nid,temp,kind\n" + rows(6)
            + "\(prefix) \"restart\n"
            + rows(6).split(separator: "\n").map { $0 + "\n" }.joined()
        try expect(text, notes: ["3 comment lines left out"])
        #expect(try read("id,temp\n#1,2\n#2,3\n").table["id"]?.texts == ["#1", "#2"])
        try expect(
            "id,temp,kind\n" + rows(6) + "! pause\n" + rows(6),
            ReadingOptions(commentPrefix: "!"),
            notes: [
                "1 comment line left out"
            ]
        )
    }

    @Test("the last comment names the columns where nothing else does")
    func readsNamesInComment() throws {
        try expect(
            "# from a logger\n# id,temp,kind\n" + rows(),
            notes: [
                "1 comment line left out", "the last comment names the columns",
            ]
        )
    }

    @Test("a line among the rows that begins as comments do is an error that names the option")
    func namesCommentOption() throws {
        let text = "a,b\n1,2\n3,4\n# restart\n5,6\n7,8\n"
        #expect(
            try errorReading(text)?.message
                == "expected 2 fields, found 1; leave out lines that begin so with --comment \"#\""
        )
        #expect(try readTable(text, options: ReadingOptions(commentPrefix: "#")).rowCount == 4)
    }

    @Test("where all is one column of text, a delimiter may have been missed, and that is said")
    func saysDelimiter() throws {
        let text = (0..<30).map { "\($0)~x\($0 * 7)\n" }.joined()
        let said = try summarize("id~kind\n" + text).concerns
        #expect(
            said.last?.hasSuffix("or --delimiter if fields are set apart by another character")
                == true
        )
        let others = try summarize("id,kind\n" + (0..<30).map { "k\($0),x\($0)\n" }.joined())
        #expect(others.concerns.last?.contains("--delimiter") == false)
    }

    @Test("titles that a spreadsheet padded to the width of the rows")
    func skipsPaddedTitles() throws {
        let rows =
            "id,temp,kind\n" + (0..<12).map { "\($0 * 3),\(Double($0) / 4),k\($0 % 2)\n" }.joined()
        let summary = try summarize("Report,,\nDate,2031-01-31,\n,,\n" + rows)
        #expect(summary.schema.names == ["id", "temp", "kind"])
        #expect(summary.rowCount == 12)
        #expect(summary.notes == ["3 lines above the names left out"])
        // A last column without values or without a name is no sign of titles.
        let empty = "id,temp,\n" + (0..<12).map { "\($0 * 3),\(Double($0) / 4),\n" }.joined()
        #expect(try summarize(empty).rowCount == 12)
        let texts = "id,temp,\n" + (0..<12).map { "a\($0),b\($0),c\($0)\n" }.joined()
        #expect(try summarize(texts).rowCount == 12)
        let late =
            "id,temp,kind\n" + (0..<12).map { "a\($0),b\($0 % 3),\($0 > 1 ? "k" : "")\n" }.joined()
        #expect(try summarize(late).schema.names == ["id", "temp", "kind"])
        #expect(try summarize(late).rowCount == 12)
    }

    @Test("titles above the names")
    func skipsTitles() throws {
        try expect(
            "Report of May\n\nid,temp,kind\n" + rows(),
            notes: ["1 line above the names left out"]
        )
        try expect(
            "Report of May,,\nBerlin,,\nid,temp,kind\n" + rows(),
            notes: [
                "2 lines above the names left out"
            ]
        )
        try expect(
            "Anything, at all\n1,2\nid,temp,kind\n" + rows(),
            ReadingOptions(skippedLineCount: 2),
            notes: [
                "2 lines skipped, as asked"
            ]
        )
    }

    @Test("errors below an opening name the lines of the file")
    func countsLines() throws {
        let text = "Report\nof May\nid,temp,kind\n" + rows(4) + "1,2\n"
        let error = try #require(
            try errorReading(text, options: ReadingOptions(skippedLineCount: 2))
        )
        #expect(error.code == .raggedRow)
        #expect(error.location?.line == 8)
        #expect(error.location?.row == 5)
    }

    @Test("units below the names")
    func skipsUnits() throws {
        try expect(
            "id,temp,kind\n-,°C,\n" + rows(),
            notes: ["the units below the names are left out"]
        )
        try expect(
            "id,temp,kind\n[1],deg C,\n" + rows(),
            ReadingOptions(hasUnitsRow: true),
            notes: [
                "the units below the names are left out"
            ]
        )
        // A row of words for missing values holds no units.
        #expect(
            try read("a,b\nn.a.,n.a.\n" + (0..<9).map { "\($0),5\n" }.joined()).table.rowCount == 10
        )
        #expect(
            try read("a,b\nx,y\n" + (0..<9).map { "\($0 * 2),5\n" }.joined()).summary.notes.count
                == 1
        )
        let kept = ReadingOptions(hasUnitsRow: false)
        #expect(
            try read("a,b\nx,y\n" + (0..<29).map { "\($0 * 2),5\n" }.joined(), kept).table.rowCount
                == 30
        )
    }

    @Test("a delimiter at the end of rows that the names lack")
    func dropsTrailingFields() throws {
        try expect(
            "id,temp,kind\n" + rows(end: ","),
            notes: [
                "rows end with a delimiter that the names lack: their last field is left out"
            ]
        )
        let extra = "id,temp\n" + (0..<9).map { "\($0),2,\($0 == 8 ? "x" : "")\n" }.joined()
        #expect(try errorReading(extra)?.code == .raggedRow)
    }

    @Test("names that lack the first, as R writes them")
    func addsFirstName() throws {
        let text =
            "temp flow\n" + (1..<10).map { "\($0) \(Double($0) / 2) \($0 * 7 % 5)\n" }.joined()
        let (table, summary) = try read(text, ReadingOptions(delimiter: CSVDialect.blank))
        #expect(summary.schema.names == ["column1", "temp", "flow"])
        #expect(table["temp"]?.numbers?.first == 0.5)
    }

    @Test("rows of delimiters are no rows")
    func dropsEmptyRows() throws {
        try expect(
            "id,temp,kind\n" + rows() + ",,\n , ,\n,,\n",
            notes: ["3 rows without any value left out"]
        )
        let quoted = try read("a,b\n1,2\n\"\",\n3,4\n").table
        #expect(quoted.rowCount == 3)
    }

    @Test("a last row of totals is no row", arguments: ["Total", "SUM", "Summe", "grand total"])
    func dropsTotals(word: String) throws {
        let text = "site,load\n" + (0..<9).map { "s\($0 % 2),\($0)\n" }.joined()
        let (table, summary) = try read(text + "\(word),36\n\n,\n")
        #expect(table.rowCount == 9)
        #expect(summary.notes.last == "the totals in the last row left out")
        #expect(try read(text + "\(word),36\ns1,5\n").table.rowCount == 11)
    }

    @Test("fields between blanks")
    func readsBlanks() throws {
        let text =
            "  id   temp  kind \n"
            + (0..<12).map { "  \($0 * 3)   \(Double($0) / 4 + 10)\t k\($0 % 3)  \n" }.joined()
        try expect(text, notes: [])
        let numbers = (0..<9).map { "\($0) \($0 * 2) \(Double($0) / 3)  \n" }.joined()
        #expect(try read(numbers).summary.schema.names == ["column1", "column2", "column3"])
        let commas = (0..<9).map { "\($0),5  \($0 * 2),25\n" }.joined()
        #expect(try read(commas).table["column2"]?.numbers?[1] == 2.25)
        let words = "note\n" + (0..<9).map { "two words \($0 % 2)\n" }.joined()
        #expect(try read(words).summary.schema.names == ["note"])
    }

    @Test("quotes with a backslash before them")
    func readsBackslashes() throws {
        let text = #"name,x\#n"A \"B\" C",1\#n"D, \"E\"",2\#n"F\\",3\#n"#
        let found = try read(text, ReadingOptions(categoricalColumns: ["name"]))
        #expect(found.table["name"]?.texts == [#"A "B" C"#, #"D, "E""#, #"F\"#])
        #expect(found.summary.notes == ["quotes inside fields have a backslash before them"])
        let path = #"dir,x\#n"C:\a\",1\#n"C:\b\",2\#n"#
        let folders = try read(path, ReadingOptions(categoricalColumns: ["dir"]))
        #expect(folders.table["dir"]?.texts == [#"C:\a\"#, #"C:\b\"#])
        let asked = ReadingOptions(quoteEscape: .backslash)
        #expect(try errorReading(#"a,b\#n"x\" y,1\#n"#, options: asked)?.code == .unterminatedQuote)
        let error = try errorReading(text, options: ReadingOptions(quoteEscape: .double))
        #expect(error?.message.contains("--quote-escape backslash") == true)
    }

    @Test("names of which a third are numbers")
    func readsNumbersAsNames() throws {
        let text =
            "age,86,bmi,201004,rate\n"
            + (0..<9).map { "\($0),\($0 * 2),\(Double($0) / 3),4,\($0 % 5)\n" }.joined()
        #expect(try read(text).summary.schema.names == ["age", "86", "bmi", "201004", "rate"])
        let years =
            "site,2001,2002,2003,2004\n"
            + (0..<9).map { "s\($0 % 2),\($0),2,5,\($0 * 3)\n" }.joined()
        #expect(try read(years).summary.schema.names == ["site", "2001", "2002", "2003", "2004"])
        let none =
            "a,86,12,55,9\n"
            + (0..<9).map { "\($0),\($0 * 2),\(Double($0) / 3),4,\($0 % 5)\n" }.joined()
        #expect(try read(none, ReadingOptions(hasHeader: false)).table.rowCount == 10)
    }

    @Test("openings are read again from a pipe and in each pass")
    func rereads() throws {
        let folder = try TemporaryFolder()
        let reader = try TableReader(
            path: folder.write("# x\nsome title\n\nid;temp;kind\n;°C;\n" + rows(30, ";"))
        )
        let schema = try reader.inferSchema().schema
        for _ in 0..<2 {
            try reader.select(schema)
            #expect(try reader.readAll().rowCount == 30)
        }
    }

    @Test("R's tables with blanks and quotes, whose first column has no name")
    func readsTablesOfR() throws {
        let rows = (1...8).map { "\"row \($0)\" \($0 * 3 % 7).5 \($0)\n" }.joined()
        let summary = try summarize("\"load now\" \"flow\"\n" + rows)
        #expect(summary.dialect?.delimiter == CSVDialect.blank)
        #expect(summary.schema.names == ["column1", "load now", "flow"])
        #expect(summary.rowCount == 8)
        #expect(summary.schema["load now"]?.kind == .numeric)
    }

    @Test("names that count up from 0 behind an empty one, as pandas writes, are names")
    func readsTablesOfPandas() throws {
        let summary = try summarize(",0\n1821,269\n1822,321\n1823,585\n")
        #expect(summary.schema.names == ["column1", "0"] && summary.rowCount == 3)
        let texts = try summarize("\"\",\"word\"\n\"a\",\"x\"\n\"b\",\"y\"\n")
        #expect(texts.schema.names == ["column1", "word"] && texts.rowCount == 2)
        #expect(try summarize(",5\n1821,269\n1822,321\n1823,585\n").dialect?.hasHeader == false)
    }

    @Test("names that end with a delimiter below titles")
    func readsNamesWithTrailingDelimiter() throws {
        let rows = (0..<6).map { "A,\(1_959 + $0),\($0).5\n" }.joined()
        let summary = try summarize("Series: A\nType: rate\n\nid,year,value,\n" + rows)
        #expect(summary.schema.names == ["id", "year", "value"] && summary.rowCount == 6)
        #expect(summary.notes.contains("the names end with a delimiter that the rows lack"))
    }
}
