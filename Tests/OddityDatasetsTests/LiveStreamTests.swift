import COddityZlib
import OddityDatasets
import OddityPlatform
import TestSupport
import Testing

@Suite("Streams that stay open", .timeLimit(.minutes(1)))
struct LiveStreamTests {
    private let schema = Schema(columns: [
        ColumnSchema(name: "a", kind: .numeric), ColumnSchema(name: "b", kind: .categorical),
    ])

    @Test("rows that have arrived are given out at once")
    func givesOutRows() throws {
        let pipe = try OpenPipe()
        pipe.write("a,b\n1,x\n2,\"y")
        let reader = try TableReader(path: pipe.path)
        try reader.select(schema)
        let first = try #require(try reader.nextChunk())
        #expect(first.rowCount == 1 && first.firstRow == 0)
        #expect(first["a"] == Column("a", [1]))

        pipe.write("\ny\"\n3,x\n4,")
        let second = try #require(try reader.nextChunk())
        #expect(second.firstRow == 1)
        #expect(second["a"] == Column("a", [2, 3]))
        #expect(second["b"]?.texts == ["y\ny", "x"])

        pipe.write("z")
        pipe.close()
        let third = try #require(try reader.nextChunk())
        #expect(third.firstRow == 3)
        #expect(third["b"]?.texts == ["z"])
        #expect(try reader.nextChunk() == nil)
    }

    @Test("a header or a row alone is not waited for in vain")
    func startsWithOneRow() throws {
        let pipe = try OpenPipe()
        pipe.write("1,x\n")
        let reader = try TableReader(path: pipe.path, options: ReadingOptions(hasHeader: false))
        try reader.select(schema)
        #expect(try reader.nextChunk()?["a"] == Column("a", [1]))
    }

    @Test("blank lines of a file of one column are values once a row follows them")
    func keepsBlankLines() throws {
        let pipe = try OpenPipe()
        pipe.write("a\n1\n\n")
        let reader = try TableReader(path: pipe.path)
        try reader.select(Schema(columns: [schema.columns[0]]))
        #expect(try reader.nextChunk()?["a"] == Column("a", [1]))
        pipe.write("\n4\n\n")
        #expect(try reader.nextChunk()?["a"] == Column("a", [.nan, .nan, 4]))
        pipe.close()
        #expect(try reader.nextChunk() == nil)
    }

    @Test("chunks keep their limit where more has arrived")
    func keepsLimit() throws {
        let pipe = try OpenPipe()
        pipe.write("a,b\n" + (0..<10).map { "\($0),x\n" }.joined())
        let reader = try TableReader(path: pipe.path, options: ReadingOptions(rowsPerChunk: 4))
        try reader.select(schema)
        for count in [4, 4, 2] { #expect(try reader.nextChunk()?.rowCount == count) }
    }

    @Test("gzip is inflated as it arrives")
    func inflatesAtOnce() throws {
        let pipe = try OpenPipe()
        let folder = try TemporaryFolder()
        let header = folder.read(folder.writeCompressed("a,b\n1,x\n"))
        let rest = folder.read(folder.writeCompressed("2,y\n3,z\n"))
        pipe.write(header)
        let reader = try TableReader(path: pipe.path)
        try reader.select(schema)
        #expect(try reader.nextChunk()?["a"] == Column("a", [1]))
        pipe.write(rest)
        #expect(try reader.nextChunk()?["a"] == Column("a", [2, 3]))
        pipe.close()
        #expect(try reader.nextChunk() == nil)
    }

    @Test("what zlib holds back for want of room is not lost")
    func inflatesLongRuns() throws {
        let folder = try TemporaryFolder()
        let text = "a,b\n1,\(String(repeating: "x", count: 3_000_000))\n2,y\n"
        let bytes = folder.read(folder.writeCompressed(text))
        let pipe = try OpenPipe()
        pipe.write(bytes)
        let reader = try TableReader(path: pipe.path)
        try reader.select(schema)
        pipe.close()
        let table = try reader.readAll()
        #expect(table["a"] == Column("a", [1, 2]))
        #expect(table["b"]?.texts?.map { $0?.utf8.count } == [3_000_000, 1])
    }

    @Test("a stream that is cut off in the middle of gzip is an error")
    func refusesCutGzip() throws {
        let folder = try TemporaryFolder()
        let bytes = folder.read(folder.writeCompressed("a,b\n1,x\n2,y\n"))
        let pipe = try OpenPipe()
        pipe.write(Array(bytes.dropLast(3)))
        let reader = try TableReader(path: pipe.path)
        try reader.select(schema)
        pipe.close()
        let error = #expect(throws: DatasetError.self) { try reader.readAll() }
        #expect(error?.code == .truncatedGzip)
    }

    @Test("several gzip members are one file, and what follows them is passed over")
    func readsMembers() throws {
        let folder = try TemporaryFolder()
        let parts = ["a,b\n1,", "x\n2,y", "\n"].map { folder.read(folder.writeCompressed($0)) }
        for tail in [[], [UInt8](repeating: 0, count: 600)] {
            let path = folder.write(Array(parts.joined()) + tail)
            #expect(try Table.reading(path: path).table["a"] == Column("a", [1, 2]))
        }
    }
}

/// A named pipe that is open for writing; what is written waits in it.
private final class OpenPipe {
    let path: String
    private let folder: TemporaryFolder
    private var descriptor: Int32

    init() throws {
        folder = try TemporaryFolder()
        path = folder.makePipe()
        // Open for both, it does not wait for a reader.
        descriptor = open(path, O_RDWR)
    }

    deinit { close() }

    func write(_ text: String) { write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) {
        #if os(Linux)
            let count = Glibc.write(descriptor, bytes, bytes.count)
        #else
            let count = Darwin.write(descriptor, bytes, bytes.count)
        #endif
        #expect(count == bytes.count)
    }

    /// Ends the stream; before a reader has opened it, that would lose what was written.
    func close() {
        guard descriptor >= 0 else { return }
        #if os(Linux)
            Glibc.close(descriptor)
        #else
            Darwin.close(descriptor)
        #endif
        descriptor = -1
    }
}
