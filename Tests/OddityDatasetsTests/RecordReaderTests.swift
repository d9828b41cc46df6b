import TestSupport
import Testing

@testable import OddityDatasets

@Suite("Splitting records")
struct RecordReaderTests {
    /// All records of a file read in blocks of a size, or the code of the error, with line numbers.
    private func records(_ path: String, blockSize: Int) throws -> [String] {
        let reader = RecordReader(source: try ByteStream(path: path), blockSize: blockSize)
        var result: [String] = []
        do {
            try reader.fill()
            while try reader.next() {
                let fields = (0..<reader.fieldCount).map { reader.text($0) ?? "?" }
                result.append("\(reader.recordLine): \(fields)")
            }
        } catch {
            result.append("\(error.location?.line ?? 0): \(error.code)")
        }
        return result
    }

    @Test("where a block ends makes no difference")
    func doesNotDependOnBlocks() throws {
        let folder = try TemporaryFolder()
        let texts = [
            "a,b\r\n1,\"x\"\"y\"\r\n\r\n \"q\" ,\"l1\r\nl2\rl3\nl4\" \r\n,\r\n\"\",\"\"\"\"",
            "a\r\rb,\n\nc", "\"a\"\n\"b\"\r\"c\"\r\n", "x,\"open\r\n\r\n", "x\n\"a\"b\n", "", "\r",
            "a,",
        ]
        for text in texts {
            let path = folder.write(text)
            let expected = try records(path, blockSize: 4096)
            for size in 1...24 { #expect(try records(path, blockSize: size) == expected) }
        }
    }

    @Test("records and their lines")
    func splitsRecords() throws {
        let folder = try TemporaryFolder()
        let path = folder.write("a,b\r\n1,\"x\n\"\"y\"\n\n3,\r4")
        #expect(
            try records(path, blockSize: 4096) == [
                "1: [\"a\", \"b\"]", "2: [\"1\", \"x\\n\\\"y\"]", "4: [\"\"]", "5: [\"3\", \"\"]",
                "6: [\"4\"]",
            ]
        )
    }

    @Test("random bytes give tables or typed errors, never anything else")
    func survivesRandomBytes() throws {
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(state: 11)
        let alphabet = Array("aé1.5e-,;|\t\"\"\r\n\n ?\u{FEFF}".utf8) + [0, 0xFF, 0x1F, 0x8B]
        for index in 0..<2_000 {
            let count = Int(generator.next() % 120)
            // Zero bytes and the like come only now and then, or hardly a file would be read on.
            let limit = UInt64(index % 4 == 0 ? alphabet.count : alphabet.count - 4)
            let bytes = (0..<count).map { _ in alphabet[Int(generator.next() % limit)] }
            let path = folder.write(bytes)
            do {
                let (table, summary) = try Table.reading(path: path)
                #expect(table.rowCount == summary.rowCount)
            } catch {
                #expect(error is DatasetError)
            }
        }
    }
}
