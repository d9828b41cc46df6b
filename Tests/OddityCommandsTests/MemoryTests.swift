import TestSupport
import Testing

/// Tables that are larger than the memory they may take.
@Suite struct MemoryTests {
    private func fit(_ options: String..., rowCount: Int = 200) throws -> (ChildProcess, [UInt8]) {
        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: rowCount).csv, as: "train.csv")
        let model = folder.path + "/model"
        let run = try oddity(
            ["fit", data, "-o", model, "--hidden", "8,3", "--epochs", "5", "--json"] + options
        )
        return (run, folder.read(model))
    }

    @Test func learnFromASample() throws {
        let (run, model) = try fit("--memory", "40KB")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(
            run.errors.contains(
                "200 rows would take about 58400 bytes, and 40000 bytes may be used: 102 of them, drawn at random, are learned from\n"
            ),
            "\(run.errors)"
        )
        #expect(run.output.contains("\"training_rows\" : 102"), "\(run.output)")
        let (_, again) = try fit("--memory", "40000")
        #expect(model == again)
        let (_, other) = try fit("--memory", "40KB", "--seed", "1")
        #expect(model != other)
    }

    @Test func changeNothingWhereAllRowsFit() throws {
        #expect(try fit("--memory", "1GB").1 == fit().1)
    }

    /// What a command writes of 200 rows, and its messages.
    private func scores(_ words: [String], _ option: String) throws -> (String, String) {
        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: 200).csv, as: "train.csv")
        let path = folder.path + "/scores"
        let run = try oddity(
            [words[0], data, option, path, "--hidden", "8,3", "--epochs", "5"]
                + words.dropFirst().map { $0 == "MODEL" ? folder.path + "/model" : $0 }
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        return (folder.readText(path), run.errors)
    }

    @Test func judgeAllRowsWhereASampleIsLearnedFrom() throws {
        let (found, errors) = try scores(["find", "--memory", "40KB", "--keep", "id"], "--output")
        let note = "102 of them, drawn at random, are learned from, and all are judged\n"
        #expect(errors.contains(note) && errors.contains("\n200 rows, "), "\(errors)")
        #expect(errors.contains("of the 102 rows that were drawn, "), "\(errors)")
        let lines = found.split(separator: "\n")
        #expect(lines.count == 201)
        for (number, line) in lines.dropFirst().enumerated() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            #expect(fields[0] == "\(number + 1)" && Double(fields[2]) != nil, "\(line)")
        }
        let words = ["fit", "--memory", "40KB", "--keep", "id", "--contamination", "auto"]
        let (written, said) = try scores(words + ["--output", "MODEL"], "--scores")
        #expect(said.contains(note), "\(said)")
        #expect(written == found)
    }

    @Test func missColumnsToCopyBeforeTheTraining() throws {
        let folder = try TemporaryFolder()
        let data = folder.write(SampleTable(rowCount: 200).csv, as: "train.csv")
        let run = try oddity("find", data, "--memory", "40KB", "--keep", "speed")
        expectFailure(run, 65, "speed")
        #expect(!run.errors.contains("drawn at random"), "\(run.errors)")
    }

    @Test func findTheSameWhereAllRowsFit() throws {
        #expect(
            try scores(["find", "--memory", "1GB"], "--output").0
                == scores(["find"], "--output").0
        )
    }

    @Test func sayWhereThereIsRoomForNone() throws {
        let (run, model) = try fit("--memory", "3KB")
        expectFailure(run, 65, "7 rows of these columns", "--memory")
        #expect(model.isEmpty)
        for size in ["lots", "-1GB", "0", "1e99GB", "GB"] {
            expectUsageError(try fit("--memory", size).0, "--memory")
        }
    }

    /// What a fit of a series prints, and its model.
    private func fitSeries(_ text: String, _ options: String...) throws -> (ChildProcess, [UInt8]) {
        let folder = try TemporaryFolder()
        let data = folder.write(text, as: "series.csv")
        let model = folder.path + "/model"
        let run = try oddity(
            ["fit", data, "--series", "-o", model, "--window", "8", "--epochs", "1"] + options
        )
        return (run, folder.read(model))
    }

    @Test func learnFromTheLatestRowsOfASeries() throws {
        let lines = (0..<600).map { "\(($0 * 37) % 101),\(($0 * 53) % 89)\n" }
        let all = "a,b\n" + lines.joined()
        // 76,800 bytes, a quarter of which are no rows, hold 200 of 288 bytes.
        let (run, model) = try fitSeries(all, "--memory", "76800")
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.errors.contains("the latest 200 are learned from\n"), "\(run.errors)")
        let (_, latest) = try fitSeries("a,b\n" + lines.suffix(200).joined())
        #expect(model == latest)
        #expect(try fitSeries(all, "--memory", "1GB").1 == fitSeries(all).1)
        let (small, none) = try fitSeries(all, "--memory", "1KB")
        expectFailure(small, 65, "hold 2 rows of this series", "--memory")
        #expect(none.isEmpty)
        expectUsageError(
            try fitSeries(all, "--memory", "1GB", "--entity", "a").0,
            "--memory learns from the last rows of a series"
        )
    }

    @Test(arguments: ["find", "fit"])
    func judgeAllRowsOfASeriesOfWhichTheLatestAreLearnedFrom(command: String) throws {
        let folder = try TemporaryFolder()
        let model = folder.path + "/model"
        let rows = (0..<600).map { "\(($0 * 37) % 101),\(($0 * 53) % 89)" }
        func file(_ name: String, _ rows: some Sequence<String>) -> String {
            folder.write((["a,b"] + rows).joined(separator: "\n") + "\n", as: name)
        }
        let data = file("all.csv", rows)
        let options = ["--series", "--window", "8", "--epochs", "1", "--format", "csv"]
        func found(_ data: String, _ more: String...) throws -> [String] {
            let outputs =
                command == "find"
                ? ["--output", "-", "--model", model, "--delay", "0"]
                : ["--scores", "-", "--output", model]
            let run = try oddity([command, data] + options + outputs + more)
            #expect(run.exitCode == 0, "\(run.errors)")
            return run.output.split(separator: "\n").map(String.init)
        }
        let all = try found(data, "--memory", "76800")
        let judged = try oddity("score", model, data, "--adapt", "off", "--delay", "0")
            .output.split(separator: "\n").map(String.init)
        let latest = try found(file("latest.csv", rows.suffix(200)))
        #expect(all.count == 601 && judged.count == 601 && latest.count == 201)
        guard command == "find" else { return }
        // The rows before the latest are judged by the model.
        #expect(all.prefix(401) == judged.prefix(401))
        // So are the first of the latest, which only served as the past of others.
        let warmUp = latest.dropFirst().prefix { $0.contains(",,") }.count
        #expect(warmUp == 8)
        #expect(all[401..<401 + warmUp] == judged[401..<401 + warmUp])
        // The others were learned from, and are judged as if they were all. At first they lack what came before.
        func numbers(_ lines: some Sequence<String>) -> [[Substring]] {
            lines.map {
                Array($0.split(separator: ",", omittingEmptySubsequences: false).dropFirst())
            }
        }
        #expect(
            numbers(all.suffix(180)).map { $0.prefix(4) }
                == numbers(latest.suffix(180)).map { $0.prefix(4) }
        )
        // Where all are learned from, memory changes nothing.
        #expect(try found(data, "--memory", "1GB") == found(data))
    }

    #if os(Linux)
        /// An array of nothing takes no room on the disk, and all of it in memory.
        @Test func learnFromTheLatestRowsOfASeriesThatMemoryCannotHold() throws {
            let folder = try TemporaryFolder()
            let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (100000000, 1), }"
            let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
            folder.write(
                [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8),
                as: "zeros.npy"
            )
            let run = try shell(
                #"cd "$1" && truncate -s 400000128 zeros.npy && ulimit -v 1500000; "$ODDITY" fit zeros.npy --series -o m"#,
                in: folder
            )
            expectFailure(run, 65, "hold the same value in every row")
            #expect(
                run.errors.contains("a series of 100,000,000 rows would take about 20.8 GB"),
                "\(run.errors)"
            )
            #expect(run.errors.contains("are learned from (--memory)\n"), "\(run.errors)")
            #expect(folder.names == ["zeros.npy"])
        }
    #endif

    @Test func readSizesAsPeopleWriteThem() throws {
        for size in ["40000", "40 kb", "40KB", "0.04MB", "39.0625KiB"] {
            #expect(
                try fit("--memory", size).0.errors.contains("40000 bytes may be used"),
                "\(size)"
            )
        }
    }
}
