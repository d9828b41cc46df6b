import OddityPlatform
import TestSupport
import Testing

/// A command that cannot finish leaves what was there before, whatever stops it.
@Suite struct UnfinishedOutputTests {
    /// Each command with all its outputs, in a folder with `train.csv`, its `model`, `series.csv`, and `watched`, a model of series.
    private static let writing = [
        "fit train.csv --ignore label --epochs 1 -o out",
        "find train.csv --ignore label --epochs 1 -o out",
        "find train.csv --ignore label --epochs 1 --model out -o /dev/null",
        "find train.csv --ignore label --epochs 1 --report out",
        "tune train.csv --ignore label --trials 2 --search-epochs 1 -o out --threads 1",
        "score model train.csv -o out",
        "score model train.csv --report out -o /dev/null",
        "score watched series.csv --events out -o /dev/null",
        "evaluate model train.csv --label label --report out",
        "threshold out --set quantile=0.9",
        "export model --onnx out",
        "demo -o .",
    ]

    /// A folder with data, models, and an old file for each output.
    private static func ground() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        var table = SampleTable(rowCount: 60)
        for row in table.rows.indices { table.rows[row].append(row % 20 == 7 ? "1" : "0") }
        table.header.append("label")
        folder.write(table.csv, as: "train.csv")
        folder.write(SampleSeries(rowCount: 200, seed: 4).csv, as: "series.csv")
        let fit = try shell(
            #"""
            cd "$1"
            "$ODDITY" fit train.csv --ignore label --hidden 4,2 --epochs 1 -o model &&
            "$ODDITY" fit series.csv --time time --hidden 4,2 --epochs 1 -o watched &&
            cp model out
            """#,
            in: folder
        )
        try #require(fit.exitCode == 0, "\(fit.errors)")
        return folder
    }

    /// A limit on the size of files stands for a full disk and for a quota: all three refuse the write.
    @Test(arguments: writing)
    func whereNothingCanBeWritten(_ command: String) throws {
        let folder = try Self.ground()
        let (names, old) = (folder.names, folder.read(folder.path + "/out"))
        let run = try shell(
            #"cd "$1"; (ulimit -f 0; "$ODDITY" \#(command); echo "code $?") 2>&1 | cat"#,
            in: folder
        )
        #expect(run.lines.last == "code 74", "\(run.output)")
        let said = run.lines.filter { $0.hasPrefix("oddity: ") && !$0.hasPrefix("oddity: note: ") }
        #expect(said.count == 1, "\(run.output)")
        #expect(said.first?.contains("lets no file here grow larger") == true, "\(run.output)")
        #expect(folder.names == names)
        let isKept = folder.read(folder.path + "/out") == old
        #expect(isKept)
    }

    @Test(
        arguments: [
            ["fit", "-", "--ignore", "label", "-o", "OUT"],
            ["find", "-", "--ignore", "label", "-o", "OUT"],
            ["tune", "-", "--ignore", "label", "-o", "OUT"],
            ["score", "MODEL", "-", "-o", "OUT"],
            ["evaluate", "MODEL", "-", "--label", "label", "--report", "OUT"],
        ],
        [SIGINT, SIGTERM, SIGHUP]
    )
    func signalsWhileReading(_ command: [String], _ signal: Int32) throws {
        let folder = try Self.ground()
        let (names, old) = (folder.names, folder.read(folder.path + "/out"))
        let live = try LiveProcess(
            command.map {
                ["OUT": folder.path + "/out", "MODEL": folder.path + "/model"][$0] ?? $0
            }
        )
        // More than a pipe holds: once it is written, most has been read.
        let lines = folder.readText(folder.path + "/train.csv").split(separator: "\n")
        live.feed(lines[0] + "\n")
        for _ in 0..<100 { live.feed(lines.dropFirst().joined(separator: "\n") + "\n") }
        live.send(signal)
        #expect(live.end() == 128 + signal, "\(live.errors)")
        #expect(folder.names == names)
        let isKept = folder.read(folder.path + "/out") == old
        #expect(isKept)
    }

    @Test(arguments: ["fit", "find"], [SIGINT, SIGTERM, SIGHUP])
    func signalsWhileTraining(_ command: String, _ signal: Int32) throws {
        let folder = try Self.ground()
        let (names, old) = (folder.names, folder.read(folder.path + "/out"))
        let live = try LiveProcess([
            command, folder.path + "/train.csv", "--ignore", "label", "--epochs", "1000000",
            "-o", folder.path + "/out",
        ])
        #expect(live.waits { (live.output + live.errors).contains("ignored") })
        live.send(signal)
        #expect(live.end() == 128 + signal, "\(live.errors)")
        #expect(folder.names == names)
        let isKept = folder.read(folder.path + "/out") == old
        #expect(isKept)
    }
}
