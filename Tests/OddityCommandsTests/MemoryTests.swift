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
        expectUsageError(try fit("--memory", "1GB", "--series").0, "--memory is for tables")
    }

    #if os(Linux)
        /// An array of nothing takes no room on the disk, and all of it in memory.
        @Test func refuseSeriesThatMemoryCannotHold() throws {
            let folder = try TemporaryFolder()
            let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (100000000, 1), }"
            let padded = header + String(repeating: " ", count: 117 - header.utf8.count) + "\n"
            folder.write(
                [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(padded.utf8),
                as: "zeros.npy"
            )
            let run = try shell(
                #"cd "$1" && truncate -s 400000128 zeros.npy && ulimit -v 4000000; "$ODDITY" fit zeros.npy --series -o m"#,
                in: folder
            )
            expectFailure(run, 65, "a series of 100,000,000 rows takes about 20.8 GB", "are free")
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
