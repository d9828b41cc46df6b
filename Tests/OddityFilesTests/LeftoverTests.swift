import OddityFiles
import OddityPlatform
import TestSupport
import Testing

@Suite("What killed and other writers leave")
struct LeftoverTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ text: String, as name: String = "out") throws {
        let file = try OutputFile(path: folder.path + "/" + name)
        try file.write(text)
        try file.close()
    }

    @Test("hidden files of killed writers of the same name are removed, and no others")
    func removesLeftovers() throws {
        folder.write("half", as: ".out.1abc.oddity-part")
        let others = [
            ".out.swp", ".other.1abc.oddity-part", ".out.?.oddity-part", "out.oddity-part",
        ]
        for name in others { folder.write("keep", as: name) }
        try write("whole")
        #expect(folder.names == (others + ["out"]).sorted())
        #expect(folder.readText(folder.path + "/out") == "whole")
    }

    @Test("a hidden file whose writer lives stays")
    func keepsLockedFiles() throws {
        let path = folder.write("half", as: ".out.1abc.oddity-part")
        let writer = open(path, O_WRONLY)
        defer { close(writer) }
        #expect(flock(writer, LOCK_EX | LOCK_NB) == 0)
        try write("whole")
        #expect(folder.names == [".out.1abc.oddity-part", "out"])
    }

    @Test("of two that write one file at a time, one ends whole", arguments: [false, true])
    func keepsOneWhole(isThere: Bool) async throws {
        if isThere { try write("old") }
        let texts = ["a", "b", "c", "d"].map { String(repeating: $0, count: 600_000) }
        let path = folder.path + "/out"
        await withTaskGroup(of: Void.self) { group in
            for text in texts {
                group.addTask {
                    for _ in 0..<5 {
                        guard let file = try? OutputFile(path: path) else { continue }
                        try? file.write(text)
                        try? file.close()
                    }
                }
            }
        }
        #expect(texts.contains(folder.readText(folder.path + "/out")))
        #expect(folder.names == ["out"])
    }

    @Test("a file that is cut off while it grows goes on at its start, without a hole")
    func goesOnAfterACut() throws {
        let path = folder.path + "/log"
        let file = try OutputFile(continuing: path, at: 0)
        try file.writeLine("first")
        try file.flush()
        #expect(file.flushedLength == 6 && file.cutCount == 0)
        truncate(path, 0)
        try file.writeLine("second")
        try file.flush()
        #expect(folder.readText(path) == "second\n")
        #expect(file.flushedLength == 7 && file.cutCount == 1)
        try file.close()
    }

    @Test("what another program adds meanwhile stays")
    func keepsWhatOthersAdd() throws {
        let path = folder.path + "/log"
        let file = try OutputFile(continuing: path, at: 0)
        try file.writeLine("first")
        try file.flush()
        folder.write("first\nother\n", as: "log")
        try file.writeLine("second")
        try file.close()
        #expect(folder.readText(path) == "first\nother\nsecond\n")
    }
}
