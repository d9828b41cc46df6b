import OddityFiles
import OddityPlatform
import TestSupport
import Testing

@Suite("Reading files")
struct InputFileTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a regular file has a size, is ready and goes back to its start")
    func readsFile() throws {
        let path = folder.write("some text", as: "in")
        let file = try InputFile(path: path, requiresRegularFile: true)
        #expect(file.size == 9)
        #expect(file.isReady() && !file.isStream && file.canRewind)
        for _ in 0..<2 {
            #expect(try bytes(file) == Array("some text".utf8))
            try file.rewind()
        }
    }

    @Test("bytes of a pipe are given out while it stays open")
    func readsPipe() throws {
        let path = folder.makePipe()
        let both = open(path, O_RDWR)
        defer { close(both) }
        let file = try InputFile(path: path)
        #expect(file.isStream && !file.canRewind && file.size == nil)
        #expect(!file.isReady())
        #expect(!file.isReady(within: .milliseconds(5)))
        write(both, "abc", 3)
        #expect(file.isReady())
        var block = [UInt8](repeating: 0, count: 100)
        #expect(try block.withUnsafeMutableBytes { try file.read(into: $0) } == 3)
        #expect(!file.isReady())
        #expect(throws: FileError.self) { try file.rewind() }
    }

    @Test("the end of a pipe is ready to be read")
    func readsEndOfPipe() throws {
        let path = folder.makePipe()
        let both = open(path, O_RDWR)
        let file = try InputFile(path: path)
        write(both, "abc", 3)
        close(both)
        #expect(try bytes(file) == Array("abc".utf8))
        #expect(file.isReady())
        #expect(try bytes(file) == [])
    }

    @Test("paths that cannot be read are errors")
    func refusesPaths() throws {
        func code(_ path: String, requiresRegularFile: Bool = false) -> FileError.Code? {
            do {
                _ = try InputFile(path: path, requiresRegularFile: requiresRegularFile)
                return nil
            } catch {
                return error.code
            }
        }
        #expect(code(folder.path + "/none") == .notFound)
        #expect(code(folder.path) == .isDirectory)
        #expect(code(folder.path, requiresRegularFile: true) == .notARegularFile)
        #expect(code("/dev/null") == nil)
        #expect(code("/dev/null", requiresRegularFile: true) == .notARegularFile)
        // Without a writer, opening it for reading would wait.
        #expect(code(folder.makePipe(), requiresRegularFile: true) == .notARegularFile)
    }

    @Test("errors say where, what and how to fix it in one line")
    func describesErrors() {
        do {
            _ = try InputFile(path: folder.path + "/none")
        } catch {
            #expect("\(error)" == "\(folder.path)/none: no such file or folder; check the path")
        }
    }

    @Test("a scratch file gives back what it was given and has no name")
    func keepsScratch() throws {
        let file = try ScratchFile()
        let text = Array("abc".utf8)
        for _ in 0..<3 { try text.withUnsafeBytes { try file.append($0) } }
        var middle = [UInt8](repeating: 0, count: 4)
        try middle.withUnsafeMutableBytes { try file.read(into: $0, at: 2) }
        #expect(middle == Array("cabc".utf8))
        #expect(throws: FileError.self) {
            try middle.withUnsafeMutableBytes { try file.read(into: $0, at: 6) }
        }
        let copy = try file.reading(as: "the input")
        #expect(copy.path == "the input" && copy.size == 9 && copy.canRewind)
        #expect(try bytes(copy) == Array("abcabcabc".utf8))
    }
}

/// The bytes left in a file.
private func bytes(_ file: InputFile) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1000)
    while true {
        let count = try block.withUnsafeMutableBytes { try file.read(into: $0) }
        if count == 0 { return bytes }
        bytes += block[..<count]
    }
}
