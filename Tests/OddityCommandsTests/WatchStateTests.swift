import Foundation
import TestSupport
import Testing

/// `oddity watch` that is stopped, killed and resumed, and files that grow.
@Suite(.serialized) struct WatchStateTests {
    let workshop: SeriesWorkshop
    let folder: TemporaryFolder
    var new = SampleSeries(rowCount: 300, firstMinute: 700, seed: 5)

    init() throws {
        workshop = try SeriesWorkshop(seed: 3)
        folder = try TemporaryFolder()
        new.breakSum(in: 140..<160)
    }

    private func path(_ name: String) -> String { folder.path + "/" + name }
    private func arguments(_ options: String...) -> [String] {
        [
            "watch", workshop.model, path("new.csv"), "--output", path("out"), "--state",
            path("state"), "--events", path("events"),
        ] + options
    }

    private func append(_ text: String, to name: String = "new.csv") throws {
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path(name)))
        try file.seekToEnd()
        try file.write(contentsOf: Data(text.utf8))
        try file.close()
    }

    /// What one run over all rows writes.
    private func whole() throws -> (rows: String, events: String) {
        folder.write(new.csv, as: "whole.csv")
        let run = try oddity(
            "watch",
            workshop.model,
            path("whole.csv"),
            "--output",
            path("whole"),
            "--state",
            path("whole-state"),
            "--events",
            path("whole-events")
        )
        try #require(run.exitCode == 0, "\(run.errors)")
        return (folder.readText(path("whole")), folder.readText(path("whole-events")))
    }

    @Test func killedRunsLoseAndRepeatNoRow() throws {
        let expected = try whole()
        folder.write(SampleSeries.header + "\n", as: "new.csv")
        let text = new.lines.map { $0 + "\n" }.joined()
        let bytes = Array(text.utf8)
        var fed = 0
        for part in 1...4 {
            let live = try LiveProcess(arguments("--follow", "--save-every", "0.05"))
            let end = bytes.count * part / 4
            // Cut anywhere, also within a row.
            for start in stride(from: fed, to: end, by: 1_500) {
                try append(String(decoding: bytes[start..<min(start + 1_500, end)], as: UTF8.self))
                usleep(60_000)
            }
            fed = end
            let count = bytes[..<end].count { $0 == UInt8(ascii: "\n") }
            #expect(live.waits { folder.read(path("out")).count { $0 == 10 } == count })
            if part == 4 {
                live.send(SIGTERM)
                #expect(live.end() == 0, "\(live.errors)")
            } else {
                live.send(SIGKILL)
                #expect(live.end() == 128 + SIGKILL)
            }
        }
        #expect(folder.readText(path("out")) == expected.rows)
        #expect(folder.readText(path("events")) == expected.events)
        #expect(!expected.events.isEmpty)
    }

    @Test func rowsBehindTheStateAreCutOffAndWrittenAgain() throws {
        let expected = try whole()
        let half = ([SampleSeries.header] + new.lines.prefix(150)).map { $0 + "\n" }.joined()
        folder.write(half + "2026-03-", as: "new.csv")
        let first = try ChildProcess(try Oddity.binary(), arguments())
        #expect(first.exitCode == 0 && first.errors.contains("no line end"), "\(first.errors)")
        // What a run wrote that was killed before it kept its state.
        try append("{\"row\":151,\"sco", to: "out")
        folder.write(new.csv, as: "new.csv")
        let second = try ChildProcess(try Oddity.binary(), arguments())
        #expect(second.errors.contains("goes on after row 150"), "\(second.errors)")
        #expect(folder.readText(path("out")) == expected.rows)
        #expect(folder.readText(path("events")) == expected.events)
        // With nothing new nothing is written.
        _ = try ChildProcess(try Oddity.binary(), arguments())
        #expect(folder.readText(path("out")) == expected.rows)
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func signalsKeepTheState(_ signal: Int32) throws {
        let expected = try whole()
        let live = try LiveProcess([
            "watch", workshop.model, "--output", path("out"), "--state", path("state"),
            "--events", path("events"),
        ])
        live.feed(([SampleSeries.header] + new.lines.prefix(145)).map { $0 + "\n" }.joined())
        #expect(live.waits { folder.read(path("out")).count { $0 == 10 } == 145 })
        live.send(signal)
        #expect(live.end() == 0, "\(live.errors)")
        let rest = ([SampleSeries.header] + new.lines.dropFirst(145)).map { $0 + "\n" }.joined()
        let run = try oddity(
            "watch",
            workshop.model,
            "--output",
            path("out"),
            "--state",
            path("state"),
            "--events",
            path("events"),
            input: rest
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(folder.readText(path("out")) == expected.rows)
        #expect(folder.readText(path("events")) == expected.events)
    }

    @Test func keepsWhatWasThereUntilThereAreRows() throws {
        folder.write("a,b\n1,2\n", as: "new.csv")
        folder.write("old", as: "out")
        let run = try ChildProcess(try Oddity.binary(), arguments())
        expectFailure(run, 65, "missing columns")
        #expect(folder.readText(path("out")) == "old")
        #expect(folder.names == ["new.csv", "out"])
    }

    @Test func refusesToWriteBesideAnother() throws {
        folder.write(new.csv, as: "new.csv")
        let live = try LiveProcess(arguments("--follow"))
        #expect(live.waits { folder.read(path("out")).count { $0 == 10 } == 300 })
        let before = folder.readText(path("out"))
        expectFailure(
            try ChildProcess(try Oddity.binary(), arguments()),
            74,
            "another program goes on writing it"
        )
        #expect(folder.readText(path("out")) == before)
        live.send(SIGTERM)
        #expect(live.end() == 0, "\(live.errors)")
    }

    @Test func refusesToMixForms() throws {
        folder.write(new.csv, as: "new.csv")
        #expect(try ChildProcess(try Oddity.binary(), arguments()).exitCode == 0)
        let before = folder.readText(path("out"))
        for options in [["--format", "csv"], ["--reasons", "1"]] {
            let run = try ChildProcess(try Oddity.binary(), arguments() + options)
            expectFailure(run, 65, "written with --format ndjson --reasons 3")
        }
        #expect(folder.readText(path("out")) == before)
        // One that was taken away is begun anew, with a word.
        unlink(path("out"))
        let run = try ChildProcess(try Oddity.binary(), arguments())
        #expect(
            run.exitCode == 0 && run.errors.contains("out is not there any more"),
            "\(run.errors)"
        )
    }

    @Test func refusesTheStateOfAnotherModelAndDamage() throws {
        folder.write(new.csv, as: "new.csv")
        let other = try SeriesWorkshop(seed: 4)
        #expect(try ChildProcess(try Oddity.binary(), arguments()).exitCode == 0)
        let before = folder.readText(path("out"))
        let run = try oddity(
            "watch",
            other.model,
            path("new.csv"),
            "--output",
            path("out"),
            "--state",
            path("state")
        )
        expectFailure(run, 65, "another model")
        folder.write("{}", as: "state")
        expectFailure(
            try ChildProcess(try Oddity.binary(), arguments()),
            65,
            "its checksum is wrong"
        )
        #expect(folder.readText(path("out")) == before)
    }

    @Test func followsAFileThatGrowsIsReplacedAndCutOff() throws {
        func text(_ rows: Range<Int>) -> String {
            ([SampleSeries.header] + new.lines[rows]).map { $0 + "\n" }.joined()
        }
        folder.write(text(0..<10), as: "new.csv")
        let live = try LiveProcess(["watch", workshop.model, path("new.csv"), "--follow"])
        #expect(live.waits { live.lines.count == 10 })
        try append(new.lines[10] + "\n")
        #expect(live.waits { live.lines.count == 11 })
        rename(path("new.csv"), path("old.csv"))
        folder.write(text(11..<20), as: "new.csv")
        #expect(live.waits { live.lines.count == 20 })
        folder.write(text(20..<22), as: "new.csv")
        #expect(live.waits { live.lines.count == 22 })
        live.send(SIGTERM)
        #expect(live.end() == 0)
        #expect(live.errors.contains("another file now") && live.errors.contains("cut off"))
        folder.write(text(0..<22), as: "all.csv")
        let whole = try oddity("watch", workshop.model, path("all.csv"))
        #expect(live.output == whole.output)
    }
}
