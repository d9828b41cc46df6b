import Foundation
import TestSupport
import Testing

/// `oddity watch`: the scores, the alarms and what it survives.
@Suite(.serialized) struct WatchTests {
    let workshop: SeriesWorkshop
    let folder: TemporaryFolder
    var model: String { workshop.model }
    var new: SampleSeries

    init() throws {
        workshop = try SeriesWorkshop(seed: 3)
        folder = try TemporaryFolder()
        new = SampleSeries(rowCount: 80, firstMinute: 700, seed: 5)
        new.breakSum(in: 40..<46)
    }

    private func rows(_ lines: [String]) -> [String] { lines.filter { $0.hasPrefix("{\"row\"") } }
    private func events(_ lines: [String], _ name: String = "") -> [String] {
        lines.filter { $0.hasPrefix("{\"event\":\"\(name)") }
    }

    private func scored(_ name: String) throws -> [String] {
        let run = try oddity(
            "score",
            model,
            folder.path + "/" + name,
            "--format",
            "ndjson",
            "--delay",
            "0"
        )
        try #require(run.exitCode == 0, "\(run.errors)")
        return run.lines
    }

    @Test func streamEqualsBatchByteByByte() throws {
        folder.write(new.csv, as: "new.csv")
        let expected = try scored("new.csv")
        #expect(expected.count == 80)
        let live = try LiveProcess(["watch", model])
        for byte in new.csv.unicodeScalars { live.feed(String(byte)) }
        live.endInput()
        #expect(live.end() == 0, "\(live.errors)")
        #expect(rows(live.lines) == expected)
        #expect(try oddity("watch", model, folder.path + "/new.csv").lines == live.lines)
    }

    @Test func rowsComeOutBeforeTheInputEnds() throws {
        let live = try LiveProcess(["watch", model])
        live.feed(SampleSeries.header + "\n" + new.lines[0] + "\n")
        #expect(live.waits { rows(live.lines).count == 1 })
        live.feed(new.lines[1])
        usleep(50_000)
        #expect(rows(live.lines).count == 1)
        live.feed("\n")
        #expect(live.waits { rows(live.lines).count == 2 })
    }

    @Test func rowsUnlikeTheTrainingAreToldOfOnce() throws {
        let words = "if that is normal now"
        func notes(_ series: SampleSeries) throws -> Int {
            let data = folder.write(series.csv, as: "long.csv")
            let run = try oddity("watch", model, data, "--only-events")
            #expect(run.exitCode == 0, "\(run.errors)")
            return run.errors.components(separatedBy: words).count - 1
        }
        var series = SampleSeries(rowCount: 1200, firstMinute: 600, seed: 9)
        #expect(try notes(series) == 0)
        for row in series.rows.indices { series.rows[row].values[1] = "\(5 + row % 3)" }
        #expect(try notes(series) == 1)
    }

    @Test func alarmsOpenAndCloseOnceAsScoreWritesThem() throws {
        folder.write(new.csv, as: "new.csv")
        let run = try oddity("watch", model, folder.path + "/new.csv", "--threshold", "3")
        let opened = events(run.lines, "alarm-opened")
        let closed = events(run.lines, "alarm-closed")
        try #require(opened.count == 1 && closed.count == 1, "\(run.output)")
        #expect(opened[0].contains("\"start_row\":41,"))
        #expect(closed[0].contains("\"start_time\":\"\(SampleSeries.time(740))\""))
        // It is told right behind the row that opens it.
        let index = try #require(run.lines.firstIndex(of: opened[0]))
        #expect(run.lines[index - 1].hasPrefix("{\"row\":41,"))
        let score = try oddity(
            "score",
            model,
            folder.path + "/new.csv",
            "--threshold",
            "3",
            "--delay",
            "0",
            "--output",
            folder.path + "/s.csv",
            "--events",
            folder.path + "/e.csv"
        )
        #expect(score.exitCode == 0, "\(score.errors)")
        let table = fields(
            folder.readText(folder.path + "/e.csv").split(separator: "\n").map(String.init)
        )
        try #require(table.count == 2)
        for name in ["start_row", "end_row", "peak_row", "rows", "severity"] {
            let index = try #require(table[0].firstIndex(of: name))
            #expect(closed[0].contains("\"\(name)\":\(table[1][index])"), "\(name) \(table)")
        }
        let only = try oddity(
            "watch",
            model,
            folder.path + "/new.csv",
            "--threshold",
            "3",
            "--only-events"
        )
        #expect(only.lines == opened + closed)
        let csv = try oddity(
            "watch",
            model,
            folder.path + "/new.csv",
            "--threshold",
            "3",
            "--format",
            "csv",
            "--events",
            folder.path + "/e.ndjson"
        )
        #expect(csv.output == folder.readText(folder.path + "/s.csv"))
        #expect(folder.readText(folder.path + "/e.ndjson") == only.output)
    }

    @Test func alarmRulesCount() throws {
        folder.write(new.csv, as: "new.csv")
        let run = try oddity(
            "watch",
            model,
            folder.path + "/new.csv",
            "--threshold",
            "3",
            "--minimum-rows",
            "60"
        )
        #expect(run.exitCode == 0 && events(run.lines).isEmpty)
        #expect(!rows(run.lines).isEmpty)
    }

    @Test func readsJSON() throws {
        folder.write(new.csv, as: "new.csv")
        let run = try oddity("watch", model, input: new.json)
        #expect(rows(run.lines) == (try scored("new.csv")))
    }

    @Test func readsRowsWithoutAHeader() throws {
        folder.write(new.csv, as: "new.csv")
        let run = try oddity("watch", model, input: new.lines.map { $0 + "\n" }.joined())
        #expect(rows(run.lines) == (try scored("new.csv")))
    }

    @Test func badRowsAreToldAndLeftOut() throws {
        var lines = new.lines
        lines.insert("only,two", at: 10)
        lines.insert(SampleSeries.time(711) + ",x,1,2", at: 20)
        let text = ([SampleSeries.header] + lines).map { $0 + "\n" }.joined()
        folder.write(new.csv, as: "good.csv")
        let run = try oddity("watch", model, input: text)
        #expect(run.exitCode == 0)
        #expect(rows(run.lines) == (try scored("good.csv")))
        #expect(run.errors.contains("standard input:12: expected 4 fields, found 2"))
        #expect(run.errors.contains("standard input:22"))
        #expect(run.errors.contains("2 bad rows left out"))
        let strict = try oddity("watch", model, "--strict", input: text)
        #expect(strict.exitCode == 65)
        #expect(rows(strict.lines).count == 10)
    }

    @Test func lateRowsAndAClockSetBackDoNotStopIt() throws {
        var late = new
        late.rows.insert((minute: 600, values: ["0", "0", "0"]), at: 30)
        let run = try oddity("watch", model, input: late.csv)
        #expect(run.exitCode == 0)
        #expect(run.lines.contains { $0.hasPrefix("{\"row\":31,") && $0.contains("earlier than") })
        #expect(run.errors.contains("1 earlier than the row before"))
        // A hundred rows in order say that the clock was set back; then scores come again.
        var back = new
        back.rows += SampleSeries(rowCount: 130, firstMinute: 100).rows
        let lines = rows(try oddity("watch", model, input: back.csv).lines)
        #expect(lines.count == 210)
        #expect(lines[100].contains("\"score\":null"))
        #expect(lines.last?.contains("\"state\":\"scored\"") == true)
    }

    @Test func aDeadChannelIsToldOnceAndWhenItIsBack() throws {
        var dead = new
        for row in 20..<50 { dead.rows[row].values[1] = "" }
        let run = try oddity("watch", model, input: dead.csv)
        let gone = events(run.lines, "missing-values")
        try #require(gone.count == 1)
        // Ten missing values are filled.
        #expect(gone[0].contains("\"row\":31,") && gone[0].contains("\"columns\":[\"b\"]"))
        let back = events(run.lines, "values-back")
        #expect(back.count == 1 && back[0].contains("\"row\":51,"))
        #expect(run.errors.contains("b missing for too long"))
    }

    @Test func silenceIsToldOnce() throws {
        let live = try LiveProcess(["watch", model, "--silence", "0.2"])
        live.feed(SampleSeries.header + "\n" + new.lines[0] + "\n")
        #expect(live.waits { events(live.lines, "silence").count == 1 })
        usleep(500_000)
        #expect(events(live.lines, "silence").count == 1)
        live.feed(new.lines[1] + "\n")
        #expect(live.waits { events(live.lines, "silence").count == 2 })
        #expect(events(live.lines, "silence").last?.contains("\"row\":2,") == true)
        live.endInput()
        #expect(live.end() == 0)
    }

    @Test func refusesOtherModelsAndCompressedRows() throws {
        let table = try Workshop()
        expectFailure(try oddity("watch", table.model, input: new.csv), 65, "model of series")
        let live = try LiveProcess(["watch", model])
        live.feed([0x1F, 0x8B, 8, 0, 0, 0])
        #expect(live.end() == 65)
        #expect(live.errors.contains("zcat"))
        expectFailure(try oddity("watch", model, input: "x,y\n1,2\n"), 65, "missing columns")
    }

    @Test func refusesOptionsThatContradict() throws {
        expectUsageError(try oddity("watch", model, "--follow"), "standard input")
        expectUsageError(
            try oddity("watch", model, "--only-events", "--format", "csv"),
            "--only-events"
        )
        expectUsageError(try oddity("watch", model, "--quiet-rows", "0"), "--quiet-rows")
        expectUsageError(
            try oddity("watch", model, "--input-format", "array"),
            "--input-format takes delimited or json-lines"
        )
    }

    @Test func aReaderThatGoesAwayEndsItQuietly() throws {
        folder.write(SampleSeries(rowCount: 5_000).csv, as: "new.csv")
        let run = try shell("$ODDITY watch \(model) $1/new.csv | head -n 1", in: folder)
        #expect(run.exitCode == 0 && run.errors.isEmpty, "\(run.errors)")
    }
}
