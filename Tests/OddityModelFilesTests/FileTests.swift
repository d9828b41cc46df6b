import Foundation
import OddityModelFiles
import OddityPlatform
import Testing

/// Files on the disk.
final class FileTests {
    private let directory: String

    init() throws {
        directory = NSTemporaryDirectory() + "/modelfiles-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    private func contents() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
    }

    private func error(_ body: () throws -> Void) -> ModelFileError? {
        do {
            try body()
            return nil
        } catch {
            return error as? ModelFileError
        }
    }

    @Test func aWrittenFileIsReadAgain() throws {
        let path = directory + "/model.oddity"
        let archive = try sampleArchive()
        try archive.write(to: path)
        let copy = try ModelArchive(reading: path)
        #expect(copy == archive)
        #expect(copy.path == path)
        #expect(try contents() == ["model.oddity"])
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        #expect(try Array(bytes) == archive.encoded())
    }

    @Test func anOlderFileIsReplaced() throws {
        let path = directory + "/model.oddity"
        try ModelArchive(manifest: Data("1".utf8), tensors: []).write(to: path)
        try ModelArchive(manifest: Data("2".utf8), tensors: []).write(to: path)
        #expect(try ModelArchive(reading: path).manifest == Data("2".utf8))
        #expect(try contents() == ["model.oddity"])
    }

    @Test func nothingIsLeftWhereWritingFails() throws {
        let taken = directory + "/taken"
        try FileManager.default.createDirectory(
            atPath: taken + "/inside",
            withIntermediateDirectories: true
        )
        let archive = try sampleArchive()
        for path in [taken, directory + "/", directory + "/none/model", ""] {
            #expect(error { try archive.write(to: path) } != nil)
        }
        #expect(error { try archive.write(to: taken) }?.isInputOutput == true)
        #expect(try contents() == ["taken"])
    }

    @Test func pathsThatAreNoFilesAreRefused() throws {
        let missing = try #require(error { _ = try ModelArchive(reading: directory + "/none") })
        #expect(missing.code == .inputOutput)
        #expect(missing.isInputOutput)
        #expect("\(missing)".contains("/none: "))
        let folder = try #require(error { _ = try ModelArchive(reading: directory) })
        #expect(folder.code == .notARegularFile)
        #expect(error { _ = try ModelArchive(reading: "/dev/null") }?.code == .notARegularFile)
    }

    @Test func damageNamesTheFile() throws {
        let path = directory + "/model.oddity"
        try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
        let failure = try #require(error { _ = try ModelArchive(reading: path) })
        #expect(failure.code == .tooShort)
        #expect(failure.path == path)
        #expect(!failure.isInputOutput)
    }

    @Test(
        .enabled(if: python != nil, "needs a python3 with safetensors and numpy; set ODDITY_PYTHON")
    )
    func otherReadersOpenTheFile() throws {
        let path = directory + "/model.safetensors"
        try sampleArchive().write(to: path)
        let script = """
            import json, sys
            from safetensors import safe_open
            with safe_open(sys.argv[1], "numpy") as file:
                meta = file.metadata()
                assert meta["format"] == "oddity" and meta["format_version"] == "1", meta
                assert json.loads(meta["manifest"])["threshold"] == 0.125
                assert file.get_tensor("bytes").tolist() == [1, 2, 255]
                weight = file.get_tensor('layers/0 "weight"')
                assert weight.dtype == "float32" and weight.tolist() == [[1, -2, 3], [0, 0.5, 9]]
                assert file.get_tensor("empty").shape == (0, 4)
                assert file.get_tensor("mean").tolist() == [3.141592653589793, -1e300]
                assert file.get_tensor("count").item() == -2**63
                assert file.get_tensor("levels").tolist() == [[[2147483647, -7]]]
            """
        #expect(try runPython(["-c", script, path]) == 0)
    }
}

/// A Python that has safetensors: `ODDITY_PYTHON`, or `python3` from the path.
private let python: String? = {
    let environment = ProcessInfo.processInfo.environment
    let folders = (environment["PATH"] ?? "").split(separator: ":")
    let candidates = [environment["ODDITY_PYTHON"]] + folders.map { "\($0)/python3" }
    let script = """
        import sys
        from importlib.util import find_spec
        sys.exit(not (find_spec("safetensors") and find_spec("numpy")))
        """
    return candidates.compactMap { $0 }.first { run($0, ["-c", script]) == 0 }
}()

private func runPython(_ arguments: [String]) throws -> Int32 {
    run(try #require(python), arguments)
}

/// Runs a program and returns its exit status, -1 when it does not start.
///
/// Foundation's `Process` leaks a weak reference on Linux, which the address sanitizer reports.
private func run(_ program: String, _ arguments: [String]) -> Int32 {
    let environment = ProcessInfo.processInfo.environment.map { "\($0.key)=\($0.value)" }
    let words = ([program] + arguments).map { strdup($0) }
    let settings = environment.map { strdup($0) }
    defer { (words + settings).forEach { free($0) } }
    var child: pid_t = 0
    guard posix_spawn(&child, program, nil, nil, words + [nil], settings + [nil]) == 0 else {
        return -1
    }
    var status: Int32 = 0
    guard waitpid(child, &status, 0) == child, status & 0x7F == 0 else { return -1 }
    return status >> 8 & 0xFF
}
