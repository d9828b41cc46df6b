import TestSupport
import Testing

@testable import OddityDatasets

@Suite("Splitting records")
struct RecordReaderTests {
    /// All records of a file read in blocks of a size, with line numbers; in place of a line that cannot be split
    /// its error.
    private func records(_ path: String, blockSize: Int) throws -> [String] {
        let reader = RecordReader(source: try ByteStream(path: path), blockSize: blockSize)
        var result: [String] = []
        try reader.fill()
        while true {
            do {
                guard try reader.next() else { return result }
                let fields = (0..<reader.fieldCount).map { reader.text($0) ?? "?" }
                result.append("\(reader.recordLine): \(fields)")
            } catch {
                result.append("\(error.location?.line ?? 0): \(error.code)")
                guard error.leavesRecord else { return result }
                reader.discardLine()
            }
        }
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

    @Test("nor does it in long texts, whatever stands in them and whatever is passed over")
    func doesNotDependOnBlocksInLongTexts() throws {
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(state: 5)
        let fields = ["1.25", "-3", "", "x", "\"a,b\"", "\"a\nb\"", "\"\"\"\"", " 7 ", "a\"b"]
        let ends = ["\n", "\n", "\n", "\r\n", "\r"]
        for _ in 0..<6 {
            var text = ""
            // A line in a hundred cannot be split, and some lines are longer than what is looked at in one go.
            while text.utf8.count < 40_000 {
                let isLong = generator.next() % 400 == 0
                for index in 0..<(isLong ? 3_000 : generator.next() % 30 + 1) {
                    if index > 0 { text += "," }
                    text += fields[Int(generator.next() % UInt64(fields.count))]
                }
                if generator.next() % 100 == 0 { text += "\"a\"b" }
                if generator.next() % 100 == 0 { text += "\0" }
                text += ends[Int(generator.next() % UInt64(ends.count))]
            }
            let path = folder.write(text)
            let expected = try records(path, blockSize: 1 << 20)
            #expect(expected.count > 100)
            for size in [509, 4_096, 8_192, 30_001] {
                #expect(try records(path, blockSize: size) == expected)
            }
        }
    }

    @Test("a text of plain fields is split where its separators are")
    func splitsPlainFields() throws {
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(state: 6)
        let rows = (0..<5_000).map { _ in
            (0..<(generator.next() % 12 + 2)).map { _ in
                String(repeating: "7", count: Int(generator.next() % 13))
            }
        }
        for end in ["\n", "\r\n"] {
            let path = folder.write(rows.map { $0.joined(separator: ",") + end }.joined())
            let expected = rows.enumerated().map { "\($0 + 1): \($1)" }
            #expect(try records(path, blockSize: RecordReader.blockSize) == expected)
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
