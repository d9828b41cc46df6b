import OddityFiles
import OddityPlatform
import TestSupport
import Testing

@Suite("Folders and positions in files")
struct FolderTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("names come in order, without hidden ones")
    func lists() throws {
        for name in ["b", "a", "B", ".hidden", "ä"] { folder.write("x", as: name) }
        #expect(try Folder(path: folder.path).names() == ["B", "a", "b", "ä"])
        #expect(throws: FileError.self) { try Folder(path: folder.path + "/none").names() }
        #expect(throws: FileError.self) { try Folder(path: folder.path + "/a").names() }
    }

    @Test("a path leads to a file, a folder, something else or nothing")
    func tellsKinds() {
        #expect(Folder.kind(of: folder.write("x", as: "a")) == .file)
        #expect(Folder.kind(of: folder.path) == .folder)
        #expect(Folder.kind(of: folder.makePipe()) == .other)
        #expect(Folder.kind(of: folder.path + "/none") == nil)
        let here = Folder(path: folder.path)
        #expect(here.identity != nil && here.identity == Folder(path: here.path + "/.").identity)
        #expect(here.identity != Folder(path: here.path + "/..").identity)
        #expect(Folder(path: here.path + "/none").identity == nil)
    }

    @Test("bytes are read at any position, and reading goes on where it was")
    func readsPositions() throws {
        let file = try InputFile(path: folder.write("0123456789", as: "a"))
        var block = [UInt8](repeating: 0, count: 4)
        func text(_ position: Int) throws -> String {
            let count = try block.withUnsafeMutableBytes { try file.read(into: $0, at: position) }
            return String(decoding: block[..<count], as: UTF8.self)
        }
        #expect(try text(3) == "3456")
        #expect(try text(8) == "89")
        #expect(try text(10) == "")
        #expect(try block.withUnsafeMutableBytes { try file.read(into: $0) } == 4)
        #expect(block == Array("0123".utf8))
        let pipe = folder.makePipe()
        let both = open(pipe, O_RDWR)
        defer { close(both) }
        let stream = try InputFile(path: pipe)
        #expect(throws: FileError.self) {
            try block.withUnsafeMutableBytes { try stream.read(into: $0, at: 0) }
        }
    }
}
