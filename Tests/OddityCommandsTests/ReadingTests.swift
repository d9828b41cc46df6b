import TestSupport
import Testing

/// Tables as people write them, through the built command.
@Suite struct ReadingTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Rows of two numbers that follow one another, and a text.
    private func rows(_ count: Int = 150, _ line: (Int, Double, Double) -> String) -> String {
        var random = Numbers(state: 5)
        return (0..<count).map { row in
            let a = (random.next() * 1000).rounded() / 100 + 10
            return line(row, a, a * 3) + "\n"
        }.joined()
    }

    private func comma(_ value: Double) -> String {
        "\((value * 100).rounded() / 100)".replacing(".", with: ",")
    }

    private func fit(_ text: String, _ options: String..., name: String = "train.csv") throws
        -> ChildProcess
    {
        let data = folder.write(text, as: name)
        return try ChildProcess(
            try Oddity.binary(),
            ["fit", data, "--output", folder.path + "/m", "--epochs", "20", "--hidden", "8,2"]
                + options
        )
    }

    @Test func decimalCommasAreReadTheSameLater() throws {
        let text = "temp;druck\n" + rows { row, a, _ in "\(comma(a));1.0\(10 + row % 80),5" }
        let run = try fit(text)
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.errors.contains("read as      temp: numbers with decimal commas, as in "))
        // All whole: without the model's notation 1.044 would be a little more than 1.
        let new = folder.write("temp;druck\n\(comma(12.5));1.044\n", as: "new.csv")
        let scored = try oddity("score", folder.path + "/m", new, "--format", "ndjson")
        #expect(scored.exitCode == 0, "\(scored.errors)")
        // A value of a thousand is usual; one of about 1 would be far out, and named.
        #expect(scored.output.contains("\"anomaly\":false"), "\(scored.output)")
    }

    @Test func anOpenReadingEndsInAWarningAndAnErrorWhereAsked() throws {
        let text =
            "a,count\n" + rows { row, a, _ in "k\(Int(a) % 3),\"\(row % 80 + 10),\(100 + row)\"" }
        let run = try fit(text)
        #expect(run.exitCode == 0, "\(run.errors)")
        let warning = try #require(
            run.errors.split(separator: "\n").first {
                $0.hasPrefix("warning ") && $0.contains("count")
            }
        )
        #expect(warning.contains("\"10,100\" may be 10100 (--decimal .) or 10.1 (--decimal ,)"))
        expectFailure(try fit(text, "--strict"), 65, "column \"count\"", "--decimal .")
        #expect(try fit(text, "--strict", "--thousands", ",").exitCode == 0)
        #expect(try fit(text, "--strict", "--decimal", ".").exitCode == 0)
        expectUsageError(try fit(text, "--decimal", "x"), "--decimal", "'point' and 'comma'")
        expectUsageError(try fit(text, "--thousands", ",", "--decimal", ","), "the same mark")
    }

    @Test func badRowsKeepTheirPlace() throws {
        try #require(try fit("a,b\n" + rows { "\($1),\($2)" }).exitCode == 0)
        let new = folder.write("a,b\n12,36\nERR,36\n13\n12.5,37.5\n-inf,1e400\n", as: "new.csv")
        let run = try oddity("score", folder.path + "/m", new, "--reasons", "1")
        #expect(run.exitCode == 0, "\(run.errors)")
        let table = fields(run.lines)
        #expect(table.dropFirst().map { $0[0] } == ["1", "2", "3", "4", "5"])
        #expect(table[2][1...4].allSatisfy(\.isEmpty) && table[2][5] == "a")
        #expect(table[3][1...5].filter { !$0.isEmpty }.isEmpty)
        #expect(table[5][3] == "1")
        #expect(run.errors.contains("; 2 rows without a score: could not be read"))
        let skipped = try oddity("score", folder.path + "/m", new, "--on-bad-row", "skip")
        #expect(fields(skipped.lines).dropFirst().map { $0[0] } == ["1", "4", "5"])
        expectFailure(
            try oddity("score", folder.path + "/m", new, "--on-bad-row", "stop"),
            65,
            "new.csv:3",
            "\"a\"",
            "ERR"
        )
        let all = folder.write("a,b\nERR,1\n1,ERR\n", as: "all.csv")
        let none = try oddity("score", folder.path + "/m", all, "--output", folder.path + "/s.csv")
        expectFailure(none, 65, "none of 2 rows could be read")
        #expect(!folder.names.contains("s.csv"))
        expectUsageError(
            try oddity("score", folder.path + "/m", new, "--on-bad-row", "maybe"),
            "--on-bad-row"
        )
        let labelled = folder.write(
            "a,b,y\n12,36,0\nERR,36,1\n12.5,37.5,0\n30,2,1\n",
            as: "labelled.csv"
        )
        let judged = try oddity("evaluate", folder.path + "/m", labelled, "--label", "y")
        #expect(judged.exitCode == 0, "\(judged.errors)")
        #expect(judged.output.hasPrefix("3 rows"))
    }

    @Test func rowsLabelledAsAnomaliesAreNotLearnedFrom() throws {
        let text =
            "a,b,class\n"
            + rows { row, a, b in "\(a),\(row % 6 == 0 ? -b : b),\(row % 6 == 0 ? 1 : 0)" }
        let run = try fit(text, "--label", "class")
        #expect(
            run.errors.contains("labels       125 rows learned from; 25 labelled 1 left out"),
            "\(run.errors)"
        )
        #expect(run.errors.contains("calibration  125 held-out rows"))
        let words = text.replacing(",1\n", with: ",smurf\n").replacing(",0\n", with: ",usual\n")
        #expect(try fit(words, "--label", "class").errors.contains("no label that is known"))
        #expect(
            try fit(words, "--label", "class", "--normal", "usual").errors.contains(
                "25 labelled smurf left out"
            )
        )
        #expect(
            try fit(words, "--label", "class", "--positive", "smurf").errors.contains(
                "125 rows learned from"
            )
        )
        expectFailure(try fit(words, "--label", "class", "--positive", "x"), 65, "no row has \"x\"")
        expectUsageError(try fit(words, "--positive", "x"), "--positive needs --label")
    }

    @Test func columnsAreKeptAndRowsChosen() throws {
        try #require(try fit("a,b\n" + rows { "\($1),\($2)" }).exitCode == 0)
        let new = folder.write(
            "who,a,b\nx,12,36\ny,12,-99\nz,13,39\n\"v,w\",13,-50\n",
            as: "new.csv"
        )
        let kept = try oddity("score", folder.path + "/m", new, "--keep", "who,a", "--reasons", "0")
        #expect(kept.lines[0] == "row,who,a,score,p_value,anomaly,error,tail_p_value")
        #expect(kept.lines[1].hasPrefix("1,x,12,"))
        #expect(kept.lines[4].hasPrefix("4,\"v,w\",13,"))
        let top = try oddity("score", folder.path + "/m", new, "--top", "2", "--reasons", "0")
        #expect(Set(fields(top.lines).dropFirst().map { $0[0] }) == ["2", "4"])
        let scores = try numbers("score", in: top.lines)
        #expect(scores == scores.sorted(by: >))
        let only = try oddity(
            "score",
            folder.path + "/m",
            new,
            "--only-anomalies",
            "--reasons",
            "0"
        )
        #expect(fields(only.lines).dropFirst().map { $0[0] } == ["2", "4"])
        #expect(only.errors.contains("4 rows, 2 anomalies"))
        expectFailure(
            try oddity("score", folder.path + "/m", new, "--keep", "whom"),
            64,
            "did you mean \"who\""
        )
        expectUsageError(try oddity("score", folder.path + "/m", new, "--top", "0"), "--top")
        let lines = try oddity(
            "score",
            folder.path + "/m",
            new,
            "--keep",
            "who",
            "--format",
            "ndjson"
        )
        #expect(lines.lines[0].hasPrefix("{\"row\":1,\"kept\":{\"who\":\"x\"},"))
    }

    @Test func arraysAreTables() throws {
        var random = Numbers(state: 9)
        let values = (0..<120).flatMap { _ in [random.next(), random.next() + 2, random.next() * 9]
        }
        let data = folder.write(npy(values, shape: "(120, 3)"), as: "X.npy")
        let run = try oddity(
            "fit",
            data,
            "-o",
            folder.path + "/m",
            "--epochs",
            "10",
            "--hidden",
            "8,2"
        )
        #expect(run.errors.contains("120 rows, 3 columns, an array"), "\(run.errors)")
        #expect(try oddity("score", folder.path + "/m", data).lines.count == 121)
        let text = folder.write("0.5,2.5,3\n0.1,2.1,4\n", as: "new.csv")
        #expect(try oddity("score", folder.path + "/m", text).lines.count == 3)
        #expect(try oddity("inspect", data).lines.contains { $0.hasPrefix("column3") })
    }

    @Test func timesInTwoColumnsAreJoined() throws {
        let text =
            "Date;Time;kw\n"
            + rows { row, a, _ in
                "16/10/2024;\(row / 60 < 10 ? "0" : "")\(row / 60):\(row % 60 < 10 ? "0" : "")\(row % 60):00;\(a)"
            }
        expectFailure(try fit(text, "--time", "Date"), 65, "give --time \"Date+Time\"")
        for name in ["Date+Time", "Date,Time"] {
            let run = try fit(text, "--time", name)
            #expect(run.exitCode == 0, "\(run.errors)")
            #expect(run.errors.contains("one every 1 min"), "\(run.errors)")
            let scored = try oddity(
                "score",
                folder.path + "/m",
                folder.path + "/train.csv",
                "--reasons",
                "0"
            )
            #expect(scored.lines.last?.contains("2024-10-16T02:29:00,") == true)
        }
    }

    @Test func ratesMayBePercent() throws {
        let text = "a,b\n" + rows { "\($1),\($2)" }
        #expect(try fit(text, "--false-alarm-rate", "2%").errors.contains("p-value ≤ 0.02"))
        expectUsageError(try fit(text, "--false-alarm-rate", "few"), "\"few\" is no rate")
    }

    @Test(arguments: [
        ("train", "fit"), ("predict", "score"), ("eval", "evaluate"), ("info", "inspect"),
    ])
    func otherWordsForCommandsAreUnderstood(_ word: String, _ command: String) throws {
        expectUsageError(try oddity(word, "x.csv"), "did you mean oddity \(command)?")
    }

    @Test func aTableWithTimesSaysSo() throws {
        let text =
            "when,a,b\n" + rows { "2024-\($0 % 9 + 1 < 10 ? "0" : "")\($0 % 9 + 1),\($1),\($2)" }
        #expect(try fit(text).errors.contains("--time when judges them by their past too"))
    }
}
