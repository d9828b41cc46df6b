import Foundation
import TestSupport
import Testing

/// `oddity watch --state`, stopped and started again at every byte of a small input: what it writes is what one
/// uninterrupted run writes.
@Suite struct WatchResumeTests {
    let workshop: SeriesWorkshop
    let folder: TemporaryFolder
    /// Rows with quotes and CR LF.
    static let quoted = SampleSeries(rowCount: 6, firstMinute: 700, seed: 8)
    static let csv =
        SampleSeries.header + ",\"a \"\"note\"\"\"\r\n"
        + quoted.lines.enumerated().map { "\($1),\"\($0), \"\"x\"\"\r\ny\"\r\n" }.joined()
    static let json = SampleSeries(rowCount: 5, firstMinute: 700, seed: 8).json
        .replacingOccurrences(of: "\n", with: "\r\n")

    init() throws {
        workshop = try SeriesWorkshop(seed: 3)
        folder = try TemporaryFolder()
    }

    private func path(_ name: String) -> String { folder.path + "/" + name }

    private func watch(_ options: String..., input: String = "in") throws -> ChildProcess {
        let run = try ChildProcess(
            try Oddity.binary(),
            [
                "watch", workshop.model, path(input), "--output", path("out"), "--state",
                path("state"),
            ] + options
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        return run
    }

    private func clear() {
        for name in folder.names { unlink(path(name)) }
    }

    private func whole(_ bytes: [UInt8]) throws -> String {
        clear()
        folder.write(bytes, as: "in")
        _ = try watch()
        return folder.readText(path("out"))
    }

    /// - Parameter part: which eighth of the cuts; they run side by side.
    @Test(arguments: [csv, json], 0..<8)
    func everyCutGivesTheRowsOfTheWhole(_ text: String, part: Int) throws {
        let bytes = Array(text.utf8)
        let expected = try whole(bytes)
        for cut in stride(from: part, through: bytes.count, by: 8) {
            clear()
            folder.write(Array(bytes[..<cut]), as: "in")
            _ = try watch()
            let written = folder.read(path("out"))
            // Started again without news, it adds nothing.
            if cut % 5 == 0 { _ = try watch() }
            #expect(folder.read(path("out")) == written, "cut at \(cut)")
            // A killed run has written more than its state knows.
            if cut % 3 == 0 { folder.write(written + Array("{\"row\":99".utf8), as: "out") }
            // The log may have been rotated while nobody watched.
            let isRotated = cut % 4 == 1 && cut > 0
            folder.write(bytes, as: isRotated ? "in.1" : "in")
            if isRotated { folder.write("", as: "in") }
            _ = try watch()
            #expect(folder.readText(path("out")) == expected, "cut at \(cut)")
        }
    }

    @Test func aRotatedFileIsReadToItsEndBeforeTheNewOne() throws {
        let rows = SampleSeries(rowCount: 40, firstMinute: 700, seed: 9)
        func text(_ range: Range<Int>) -> String {
            ([SampleSeries.header] + rows.lines[range]).map { $0 + "\n" }.joined()
        }
        let expected = try whole(Array(text(0..<40).utf8))
        // By a new name, and by a copy that leaves the old file to be cut off.
        for copies in [false, true] {
            clear()
            folder.write(text(0..<10), as: "in")
            _ = try watch()
            folder.write(text(0..<25), as: copies ? "in-2026" : "in")
            if !copies { rename(path("in"), path("in.1")) }
            folder.write(text(25..<40), as: "in")
            let run = try watch()
            #expect(run.errors.contains("the rest of the one before is read from"), "\(run.errors)")
            #expect(folder.readText(path("out")) == expected)
        }
    }

    @Test(arguments: ["gzip in.1", "zstd -q --rm in.1", "gzip -c in.1 > in.2.gz; rm in.1"])
    func aRotatedFileThatWasCompressedIsReadToItsEndToo(_ command: String) throws {
        let rows = SampleSeries(rowCount: 40, firstMinute: 700, seed: 9)
        func text(_ range: Range<Int>) -> String {
            ([SampleSeries.header] + rows.lines[range]).map { $0 + "\n" }.joined()
        }
        let expected = try whole(Array(text(0..<40).utf8))
        clear()
        folder.write(text(0..<10), as: "in")
        _ = try watch()
        folder.write(text(0..<25), as: "in.1")
        // Others of the name are not it: of another log, damaged, and no compressed file.
        folder.write(text(20..<40), as: "in.0")
        folder.write([0x1F, 0x8B, 8, 0], as: "in.0.gz")
        folder.write("", as: "in.gz")
        let pack = try shell("cd \"$1\" && gzip in.0 -c > in.00.gz && \(command)", in: folder)
        try #require(pack.exitCode == 0, "\(pack.errors)")
        folder.write(text(25..<40), as: "in")
        let run = try watch()
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(run.errors.contains("the rest of the one before is read from"), "\(run.errors)")
        #expect(folder.readText(path("out")) == expected)
        // Stopped in the middle of it, it goes on there.
        #expect(try watch().exitCode == 0)
        #expect(folder.readText(path("out")) == expected)
    }

    @Test func anotherFileIsReadFromItsStartAndNothingIsLost() throws {
        let rows = SampleSeries(rowCount: 30, firstMinute: 700, seed: 9)
        let first = [SampleSeries.header] + rows.lines[0..<10]
        folder.write(first.map { $0 + "\n" }.joined(), as: "in")
        _ = try watch()
        let before = folder.readText(path("out"))
        let second = [SampleSeries.header] + rows.lines[20..<30]
        folder.write(second.map { $0 + "\n" }.joined(), as: "in")
        let run = try watch()
        #expect(run.errors.contains("another file than the state's"), "\(run.errors)")
        let after = folder.readText(path("out"))
        #expect(after.hasPrefix(before) && after.split(separator: "\n").count == 20)
    }

    @Test func filesAreKnownByWhatTheyHoldAndNotByTheirNames() throws {
        let rows = SampleSeries(rowCount: 20, firstMinute: 700, seed: 9)
        let expected = try whole(Array(rows.csv.utf8))
        clear()
        let lines = [SampleSeries.header] + rows.lines[0..<10]
        folder.write(lines.map { $0 + "\n" }.joined(), as: "in")
        _ = try watch()
        folder.write(rows.csv, as: "in")
        let run = try oddity(
            "watch",
            workshop.model,
            folder.path + "/./in",
            "--output",
            folder.path + "/./out",
            "--state",
            path("state")
        )
        #expect(run.exitCode == 0, "\(run.errors)")
        #expect(folder.readText(path("out")) == expected)
    }

    @Test func anOutputThatWasRotatedBeginsAnew() throws {
        let rows = SampleSeries(rowCount: 20, firstMinute: 700, seed: 9)
        let expected = try whole(Array(rows.csv.utf8))
        clear()
        let lines = [SampleSeries.header] + rows.lines[0..<10]
        folder.write(lines.map { $0 + "\n" }.joined(), as: "in")
        _ = try watch()
        rename(path("out"), path("old"))
        folder.write(rows.csv, as: "in")
        _ = try watch()
        #expect(folder.readText(path("old")) + folder.readText(path("out")) == expected)
    }

    @Test func anOutputThatIsAnotherFileIsRefused() throws {
        let rows = SampleSeries(rowCount: 20, firstMinute: 700, seed: 9)
        folder.write(rows.csv, as: "in")
        _ = try watch()
        for text in ["something else", folder.readText(path("out")).lowercased() + "x\n"] {
            folder.write(text, as: "out")
            let run = try ChildProcess(
                try Oddity.binary(),
                [
                    "watch", workshop.model, path("in"), "-o", path("out"), "--state",
                    path("state"),
                ]
            )
            expectFailure(run, 74, path("out"), "put")
            #expect(folder.readText(path("out")) == text)
        }
    }

    @Test func everyChangedByteOfAStateIsNoticed() throws {
        folder.write(SampleSeries(rowCount: 12, firstMinute: 700, seed: 9).csv, as: "in")
        _ = try watch()
        let state = folder.read(path("state"))
        let output = folder.read(path("out"))
        for index in stride(from: 0, to: state.count, by: max(1, state.count / 60)) {
            var changed = state
            changed[index] ^= 0x01
            folder.write(changed, as: "state")
            let run = try ChildProcess(
                try Oddity.binary(),
                [
                    "watch", workshop.model, path("in"), "-o", path("out"), "--state",
                    path("state"),
                ]
            )
            expectFailure(run, 65, path("state"), "checksum")
        }
        #expect(folder.read(path("out")) == output)
    }

    @Test func anOutputThatIsCutWhileItIsWatchedHasNoHole() throws {
        let rows = SampleSeries(rowCount: 30, firstMinute: 700, seed: 9)
        func append(_ range: Range<Int>) throws {
            let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path("in")))
            try file.seekToEnd()
            try file.write(contentsOf: Data(rows.lines[range].map { $0 + "\n" }.joined().utf8))
            try file.close()
        }
        folder.write(SampleSeries.header + "\n", as: "in")
        try append(0..<10)
        let live = try LiveProcess([
            "watch", workshop.model, path("in"), "--follow", "-o", path("out"), "--state",
            path("state"),
        ])
        func lineCount() -> Int { folder.read(path("out")).count { $0 == 10 } }
        #expect(live.waits { lineCount() == 10 })
        truncate(path("out"), 0)
        try append(10..<20)
        // A run that is killed before it keeps a state begins anew, with all rows.
        #expect(live.waits { folder.readText(path("state")).contains(#""rowCount":20"#) })
        #expect(lineCount() == 10)
        live.send(SIGKILL)
        _ = live.end()
        try append(20..<30)
        _ = try watch()
        let numbers = folder.readText(path("out")).split(separator: "\n")
            .map { $0.prefix { $0 != "," } }
        #expect(numbers == (11...30).map { "{\"row\":\($0)" })
    }

    @Test func aSignalOfAClosedTerminalKeepsTheState() throws {
        folder.write(SampleSeries(rowCount: 10, firstMinute: 700, seed: 9).csv, as: "in")
        let live = try LiveProcess([
            "watch", workshop.model, path("in"), "--follow", "-o", path("out"), "--state",
            path("state"),
        ])
        #expect(live.waits { folder.read(path("out")).count { $0 == 10 } == 10 })
        live.send(SIGHUP)
        #expect(live.end() == 0, "\(live.errors)")
        #expect(folder.names.contains("state"))
    }
}
