import OddityDatasets
import TestSupport
import Testing

@Suite("Names in the first line")
struct HeaderTests {
    private func lines(_ count: Int = 12, _ line: (Int) -> String) -> String {
        (0..<count).map { line($0) + "\n" }.joined()
    }

    /// Expects the names of a text whose first line holds them.
    private func expectNames(
        _ names: [String],
        _ text: String,
        isDoubtful: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let summary = try summarize(text)
        #expect(summary.schema.names == names, sourceLocation: sourceLocation)
        #expect(summary.dialect?.hasHeader == true, sourceLocation: sourceLocation)
        let said = summary.notes.contains { $0.contains("--no-header if it is a row") }
        #expect(said == isDoubtful, sourceLocation: sourceLocation)
    }

    /// Expects that the first line is a row.
    private func expectRow(
        _ text: String,
        isDoubtful: Bool = false,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let summary = try summarize(text)
        #expect(summary.dialect?.hasHeader == false, sourceLocation: sourceLocation)
        let said = summary.notes.contains { $0.contains("--header if it holds names") }
        #expect(said == isDoubtful, sourceLocation: sourceLocation)
    }

    @Test("text above numbers, dates, codes and booleans")
    func seesOtherKinds() throws {
        try expectNames(
            ["on", "from"],
            "on,from\n" + lines { "2031-02-0\($0 % 9 + 1),\($0).3.2031" }
        )
        try expectNames(["part", "ok"], "part,ok\n" + lines { "X-\($0),\($0 % 2 == 0)" })
        try expectNames(["y", "sure"], "y,sure\n" + lines { $0 % 3 == 0 ? "yes,t" : "no,f" })
        try expectNames(
            ["road", "size"],
            "road,size\n" + lines { "\($0) Elm St.,\("abc".prefix($0 % 3 + 1))" }
        )
    }

    @Test("numbers with a unit above numbers without")
    func seesUnits() throws {
        try expectNames(
            ["Before", "1 week", "2 weeks"],
            "Before,1 week,2 weeks\n" + lines { "\($0).5,\($0 + 2),\($0 * 2).1" }
        )
        try expectRow("5 kg,2\n" + lines { "\($0) kg,\($0 + 2)" })
        try expectRow("$5,2\n" + lines { "\($0),\($0 + 2)" })
    }

    @Test("numbers above booleans, dates and text")
    func seesNumbersAboveOthers() throws {
        try expectNames(
            ["plot", "17", "4"],
            "plot,17,4\n" + lines { "p\($0),\($0 % 2 == 0),FALSE" }
        )
        try expectNames(
            ["3", "8"],
            "3,8\n" + lines { "2031-02-0\($0 % 9 + 1),k\($0 % 2 == 0 ? "a" : "b")" }
        )
        try expectNames(["k", "8"], "k,8\n" + lines { "p\($0),\($0 % 2 == 0 ? "low" : "high")" })
    }

    @Test("an empty first field above a filled column, as R and pandas write row names")
    func seesRowNames() throws {
        let rows = lines { "\"r\($0)\",\($0 * 7 % 5).5,\($0 % 4)" }
        try expectNames(["column1", "12.5", "13.5"], "\"\",\"12.5\",\"13.5\"\n" + rows)
        try expectNames(["column1", "12.5", "13.5"], ",12.5,13.5\n" + rows, isDoubtful: true)
        // One of many rows lacks its name.
        let named = lines(20) {
            "\($0 == 13 ? "" : "\($0)"),w\("abcdefghijklmnopqrstuvwxyz".dropFirst($0))"
        }
        try expectNames(["column1", "word"], ",word\n" + named)
        // A row that lacks its first value.
        try expectRow(",12.5,13.5\n" + lines { "\($0 % 3 == 0 ? "" : "4.5"),\($0).5,1.5" })
        try expectRow(",2031-02-01,4\n" + lines { "\($0),2031-02-0\($0 % 9 + 1),5" })
    }

    @Test("numbers beside a name, unlike those below")
    func seesNumbersAsNames() throws {
        let decimals = lines { "s\($0),0.\($0)4,1.\($0)3,7.\($0)1" }
        try expectNames(
            ["sample", "5", "80", "20"],
            "sample,5,80,20\n" + decimals,
            isDoubtful: true
        )
        let dated = lines { "2031-02-\($0 + 10),\($0 % 3),\($0 % 4),\($0 % 5)" }
        try expectNames(["day", "7", "30", "90"], "day,7,30,90\n" + dated, isDoubtful: true)
        let counts = lines { "\("abc".dropFirst($0 % 3)),\($0),\(12 - $0),3,\($0 % 4),9" }
        try expectNames(
            ["gene", "10", "15", "40", "41", "99"],
            "gene,10,15,40,41,99\n" + counts,
            isDoubtful: true
        )
        // A number twice is no name, and neither is one above its kind where nothing else is one.
        try expectRow("s77,5,5,20\n" + decimals)
        try expectRow("s77,5,80,20\n" + decimals)
        try expectRow("7,5,80,20\n" + lines { "\($0),\($0).5,\($0).25,1.5" })
    }

    @Test("dates, times, codes and words like those below are values")
    func seesValues() throws {
        try expectRow("2031-02-01,x0,y\n" + lines { "2031-02-0\($0 % 9 + 1),x\($0),y" })
        try expectRow(
            "AB_7_0058|01.06.2015|z77\n" + lines { "AB_7_00\($0)|15.09.20\($0 + 10)|z\($0)" }
        )
        try expectRow("09:15:00;on\n" + lines { "10:\($0 + 10):30;off" })
        try expectRow(
            "Sat, 22 Apr 2017 15:11:58 -0500\n"
                + lines { "\($0 % 2 == 0 ? "Sat" : "Sun"), \($0 + 10) Apr 2017 14:20:57 -0500" }
        )
        try expectRow("red,small\n" + lines { $0 % 2 == 0 ? "red,small" : "blue,large" })
    }

    @Test(
        "words above others that come again and again are names, and so are names that come again themselves"
    )
    func seesWordsAboveWords() throws {
        try expectNames(
            ["shape", "color"],
            "shape,color\n" + lines { $0 % 2 == 0 ? "round,red" : "flat,blue" }
        )
        let rows = lines { "\($0),w\($0 % 2)" }
        try expectNames(["n", "kind"], "n,kind\n" + rows + "n,kind\n" + rows)
    }

    @Test("options and the names of a schema leave no doubt")
    func obeys() throws {
        let text = ",12.5,13.5\n" + lines { "r\($0),\($0 * 7 % 5).5,\($0 % 4)" }
        let folder = try TemporaryFolder()
        for hasHeader in [true, false] {
            let reader = try TableReader(
                path: folder.write(text),
                options: ReadingOptions(hasHeader: hasHeader)
            )
            #expect(reader.dialect?.hasHeader == hasHeader && reader.notes == [])
        }
        let reader = try TableReader(path: folder.write(text))
        #expect(reader.notes.count == 1)
        try reader.select(Schema(columns: [ColumnSchema(name: "12.5", kind: .numeric)]))
        #expect(reader.notes == [])
        #expect(try reader.readAll().rowCount == 12)
    }
}
