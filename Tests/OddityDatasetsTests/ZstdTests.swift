import COddityZstd
import OddityDatasets
import TestSupport
import Testing

@Suite("Files compressed by zstd")
struct ZstdTests {
    private let rows = "a,b\n" + (0..<30_000).map { "\($0 % 97).5,ü\($0 % 5)\n" }.joined()

    /// One frame.
    private func frame(_ text: String) -> [UInt8] {
        let source = Array(text.utf8)
        var frame = [UInt8](repeating: 0, count: ZSTD_compressBound(source.count))
        let count = ZSTD_compress(&frame, frame.count, source, source.count, 3)
        return Array(frame[..<count])
    }

    private func read(_ bytes: [UInt8]) throws -> Table {
        let folder = try TemporaryFolder()
        return try Table.reading(path: folder.write(bytes, as: "data.csv.zst")).table
    }

    @Test("reads like plain text, in both passes")
    func readsFrame() throws {
        #expect(try read(frame(rows)) == readTable(rows))
    }

    @Test("several frames are one file, and skippable ones are passed over")
    func readsFrames() throws {
        let middle = rows.index(rows.startIndex, offsetBy: rows.count / 2)
        let skippable: [UInt8] = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3]
        let bytes =
            skippable + frame(String(rows[..<middle])) + skippable + frame("")
            + frame(String(rows[middle...]))
        #expect(try read(bytes) == readTable(rows))
    }

    @Test("JSON lines too")
    func readsJSON() throws {
        let table = try read(frame("{\"a\": 1}\n{\"a\": 2.5}\n"))
        #expect(table["a"]?.numbers == [1, 2.5])
    }

    @Test("data that end early, anywhere", arguments: [5, 20, 400, 1_000])
    func refusesTruncated(_ count: Int) throws {
        let error = try errorReading(Array(frame(rows).prefix(count)))
        #expect(error?.code == .truncatedZstd)
        #expect(
            error?.description
                == "data.csv: the zstd data ends too early; copy or compress the file again"
        )
    }

    @Test("damaged data, and what follows that is no frame")
    func refusesDamaged() throws {
        // A frame whose header cannot be.
        let bytes = Array(frame(rows).prefix(4)) + [UInt8](repeating: 0xFF, count: 60)
        #expect(try errorReading(bytes)?.code == .corruptZstd)
        let error = try errorReading(frame(rows) + Array("trailing".utf8))
        #expect(error?.code == .corruptZstd)
        #expect(
            error?.description
                == "data.csv: the zstd data is damaged; copy or compress the file again"
        )
    }

    @Test("an empty file inside")
    func refusesNothing() throws {
        #expect(try errorReading(frame(""))?.code == .emptyFile)
    }
}
