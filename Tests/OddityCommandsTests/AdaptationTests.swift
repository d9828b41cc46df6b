import Foundation
import TestSupport
import Testing

/// `--adapt`: verdicts that follow series to new levels.
@Suite(.serialized) struct AdaptationTests {
    let workshop: SeriesWorkshop
    let folder: TemporaryFolder
    /// Beyond row 100 the sum stays broken.
    var moved: SampleSeries

    init() throws {
        workshop = try SeriesWorkshop(seed: 3)
        folder = try TemporaryFolder()
        moved = SampleSeries(rowCount: 1_200, firstMinute: 700, seed: 5)
        moved.breakSum(in: 100..<1_200)
        folder.write(moved.csv, as: "moved.csv")
    }

    private var path: String { folder.path + "/moved.csv" }

    private func rows(_ lines: [String]) -> [String] { lines.filter { $0.hasPrefix("{\"row\"") } }
    private func odd(_ lines: [String]) -> Int {
        lines.filter { $0.contains("\"anomaly\":true") || $0.contains("\"anomaly\":1") }.count
    }

    private func scored(_ options: String...) throws -> ChildProcess {
        let run = try oddity(["score", workshop.model, path, "--format", "ndjson"] + options)
        try #require(run.exitCode == 0, "\(run.errors)")
        return run
    }

    @Test func whatStaysIsANewLevel() throws {
        let (fast, off) = (try scored(), try scored("--adapt", "off"))
        #expect(odd(off.lines) > 1_000, "\(odd(off.lines))")
        #expect((100...700).contains(odd(fast.lines)), "\(odd(fast.lines))")
        #expect(odd(fast.lines.suffix(300)) < 60)
        #expect(
            fast.errors.contains("since row") && fast.errors.contains("--adapt off")
        )
        #expect(!off.errors.contains("--adapt"))
        #expect(try scored("--adapt", "slow").lines != fast.lines)
    }

    @Test func watchTellsTheLevelAndItsColumns() throws {
        let run = try oddity("watch", workshop.model, path)
        #expect(try rows(run.lines) == scored("--delay", "0").lines)
        let closed = run.lines.filter { $0.hasPrefix("{\"event\":\"alarm-closed\"") }
        let level = try #require(closed.first { $0.contains("\"new_level\":true") }, "\(closed)")
        #expect(
            level.contains("\"start_row\":101,") && level.contains("\"columns\":[{\"column\":\"c\"")
        )
        let table = folder.path + "/events.csv"
        _ = try oddity("score", workshop.model, path, "--events", table, "--output", "/dev/null")
        let lines = folder.readText(table).split(separator: "\n")
        #expect(lines[0].hasSuffix(",new_level") && lines.contains { $0.hasSuffix(",1") })
    }

    @Test(arguments: [300, 650, 900])
    func watchGoesOnAsIfItHadNotStopped(_ place: Int) throws {
        let (state, output) = (folder.path + "/state", folder.path + "/out.ndjson")
        let grown = folder.path + "/grown.csv"
        let whole = try oddity("watch", workshop.model, path, "--state", folder.path + "/other")
        var part = moved
        part.rows = Array(moved.rows[..<place])
        folder.write(part.csv, as: "grown.csv")
        let words = ["watch", workshop.model, grown, "--state", state, "--output", output]
        #expect(try oddity(words).exitCode == 0)
        folder.write(moved.csv, as: "grown.csv")
        #expect(try oddity(words).exitCode == 0)
        #expect(folder.readText(output) == whole.output)
        let other = try oddity(words + ["--adapt", "off"])
        #expect(other.errors.contains("note: --adapt was fast before and is off now"))
    }
}
