import TestSupport
import Testing

/// What goes wrong ends in one line, an exit code, and nothing half-written.
@Suite struct FailureTests {
    @Test(arguments: [
        (["frobnicate"], "frobnicate"), (["fit"], "train"), (["fit", "x.csv"], "--output"),
        (["score", "m"], "data"), (["evaluate", "m", "d"], "--label"),
        (["fit", "x", "-o", "m", "--hidden", "8,0"], "hidden sizes is 8,0"),
        (["fit", "x", "-o", "m", "--folds", "0"], "folds is 0"),
        (["fit", "x", "-o", "m", "--epochs", "-1"], "epochs"),
        (
            ["fit", "x", "-o", "m", "--loss", "mape"],
            "The value 'mape' is invalid for '--loss <name>'"
        ),
        (["fit", "x", "-o", "m", "--loss", "bce"], "--scaling min-max"),
        (["fit", "x", "-o", "m", "--clip", "0"], "--clip"),
        (["fit", "x", "-o", "m", "--threads", "0"], "--threads"),
        (["fit", "x", "-o", "-", "--json"], "standard output"),
        (["score", "m", "x", "--delimiter", "ab"], "--delimiter"),
        (["score", "m", "x", "--reasons", "-1"], "--reasons"),
        (["score", "m", "x", "--format", "xml"], "xml"),
        (["evaluate", "m", "d", "--label", "y", "--cost-miss", "0"], "cost"),
    ])
    func wrongUsageIs64(_ arguments: [String], _ words: String) throws {
        let run = try ChildProcess(try Oddity.binary(), arguments)
        expectUsageError(
            run,
            words,
            "Usage: oddity \(arguments[0] == "frobnicate" ? "" : arguments[0])"
        )
    }

    @Test func missingFilesAre74() throws {
        let workshop = try Workshop()
        let nowhere = workshop.path("nowhere.csv")
        expectFailure(
            try oddity("fit", nowhere, "-o", workshop.path("m")),
            74,
            nowhere,
            "no such file"
        )
        expectFailure(try oddity("score", nowhere, nowhere), 74, nowhere)
        expectFailure(try oddity("score", workshop.model, nowhere), 74, nowhere)
        expectFailure(try oddity("inspect", nowhere), 74, nowhere)
        expectFailure(try oddity("verify", workshop.folder.path), 74, workshop.folder.path)
    }

    #if os(Linux)
        /// A file has no name before it is complete, so that not even a kill leaves a part of it.
        @Test func aKilledCommandLeavesNothingHalfWritten() throws {
            let workshop = try Workshop()
            let before = workshop.folder.names
            let run = try shell(
                #"""
                cd "$1"; mkfifo pipe
                "$ODDITY" score model.safetensors - --output scores.csv < pipe 2> /dev/null &
                exec 3> pipe; cat train.csv >&3; sleep 1
                kill -9 $!; wait $! 2> /dev/null; echo $?; rm pipe
                """#,
                in: workshop.folder
            )
            #expect(run.lines == ["137"])
            #expect(workshop.folder.names == before)
        }
    #endif

    @Test func unwritableOutputsAre74() throws {
        let workshop = try Workshop()
        let run = try workshop.score(
            SampleTable(rowCount: 3),
            "--output",
            workshop.path("no/s.csv")
        )
        expectFailure(run, 74, "no/s.csv", "there is no folder", "make it")
        let below = try workshop.score(
            SampleTable(rowCount: 3),
            "--output",
            workshop.path("train.csv/s.csv")
        )
        expectFailure(below, 74, "train.csv is no folder")
        let nameless = try workshop.score(SampleTable(rowCount: 3), "--output", "")
        expectFailure(nameless, 74, "oddity: \"\": no such file")
        let full = try shell(
            #"test -e /dev/full || exit 74; "$ODDITY" inspect "$1/train.csv" > /dev/full"#,
            in: workshop.folder
        )
        #expect(full.exitCode == 74)
    }

    @Test func noFolderForTemporaryFilesIs74() throws {
        let folder = try TemporaryFolder()
        for index in 0..<12 {
            let bytes = Array("P5 20 20 255\n".utf8) + (0..<400).map { UInt8($0 * index % 251) }
            folder.write(bytes, as: "\(index).pgm")
        }
        // Tiles of images of their own sizes lie in temporary files.
        let run = try shell(
            #"TMPDIR="$1/no" "$ODDITY" fit "$1" --tile 10 --output "$1/model""#,
            in: folder
        )
        #expect(run.exitCode == 74)
        #expect(run.errors.contains("a temporary file in \(folder.path)/no: no such"))
        #expect(!folder.names.contains("model"))
    }

    @Test func anErrorInTheMiddleOfScoringLeavesNothing() throws {
        let workshop = try Workshop()
        var table = SampleTable(rowCount: 9000, seed: 3)
        table.rows[8500][3] = "oops"
        workshop.folder.write("the scores of yesterday", as: "scores.csv")
        let run = try workshop.score(
            table,
            "--output",
            workshop.path("scores.csv"),
            "--on-bad-row",
            "stop"
        )
        expectFailure(run, 65, "new.csv:8502: column \"b\"", "oops")
        #expect(
            workshop.folder.names == ["model.safetensors", "new.csv", "scores.csv", "train.csv"]
        )
        #expect(
            workshop.folder.readText(workshop.path("scores.csv")) == "the scores of yesterday"
        )
    }

    @Test func aReaderThatHasSeenEnoughIsNoFailure() throws {
        let workshop = try Workshop()
        workshop.folder.write(SampleTable(rowCount: 20_000).csv, as: "long.csv")
        let run = try shell(
            #"{ "$ODDITY" score "$1/model.safetensors" "$1/long.csv"; echo "code $?" >&2; } | head -1"#,
            in: workshop.folder
        )
        #expect(run.lines.count == 1)
        #expect(run.errors.contains("code 0"))
        #expect(!run.errors.contains("oddity:"))
    }

    @Test func rowsOfAPipeAreScoredAsTheyCome() throws {
        let workshop = try Workshop()
        // The writer waits for the first score before it sends the second row.
        let line = #"""
            mkfifo "$1/rows" "$1/scores"
            (sleep 300; kill $$) > /dev/null 2>&1 &
            watchdog=$!
            exec 4<> "$1/scores"
            "$ODDITY" score "$1/model.safetensors" "$1/rows" > "$1/scores" 4<&- &
            scorer=$!
            exec 3> "$1/rows"
            sed -n 1,2p "$1/train.csv" >&3
            read -r header <&4; read -r first <&4
            sed -n 3p "$1/train.csv" >&3
            read -r second <&4
            exec 3>&-
            wait $scorer
            kill $watchdog
            echo "$first"; echo "$second"
            """#
        let run = try shell(line, in: workshop.folder)
        #expect(run.lines.map { $0.prefix(2) } == ["1,", "2,"])
    }
}
