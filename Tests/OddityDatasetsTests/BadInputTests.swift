import OddityDatasets
import OddityPlatform
import TestSupport
import Testing

@Suite("Bad input")
struct BadInputTests {
    @Test("an empty file", arguments: ["", "\n", "\n\n  \n", "\u{FEFF}", "\u{FEFF}\r\n"])
    func refusesEmptyFile(text: String) throws {
        let error = try errorReading(text)
        #expect(error?.code == .emptyFile)
        #expect(error?.description.hasPrefix("data.csv: the file is empty") == true)
    }

    @Test("a header without rows", arguments: ["a,b\n", "a,b", "a,b\n\n\n"])
    func refusesNoRows(text: String) throws {
        #expect(try errorReading(text)?.code == .noRows)
    }

    @Test("a ragged row names its line and the counts")
    func refusesRaggedRow() throws {
        let short = try errorReading("a,b,c\n1,2,3\n\n4,5\n6,7,8\n")
        #expect(short?.code == .raggedRow)
        #expect(short?.location == DataLocation(file: "data.csv", line: 4, row: 2))
        #expect(short?.message.contains("expected 3 fields, found 2") == true)
        let long = try errorReading("a,b\n1,\"x\ny\"\n1,2,3\n")
        #expect(long?.location?.line == 4)
        #expect(try errorReading("a,b\n1,2,\n3,4\n")?.code == .raggedRow)
        #expect(
            try errorReading("a\n1\n2,3\n", options: ReadingOptions(delimiter: 44))?.code
                == .raggedRow
        )
    }

    @Test("an unclosed quote names the line where it opened")
    func refusesUnterminatedQuote() throws {
        let error = try errorReading("a,b\n1,x\n2,\"y\n3,z\n4,w\n")
        #expect(error?.code == .unterminatedQuote)
        #expect(error?.location?.line == 3)
        #expect(try errorReading("a,b\n1,\"x\"\"\n")?.code == .unterminatedQuote)
        #expect(try errorReading("\"")?.code == .unterminatedQuote)
    }

    @Test("text after a closing quote")
    func refusesTextAfterQuote() throws {
        let error = try errorReading("a,b\n1,\"x\"y\n")
        #expect(error?.code == .textAfterQuote)
        #expect(error?.location?.line == 2)
    }

    @Test("zero bytes, in and out of quotes")
    func refusesZeroBytes() throws {
        let plain = try errorReading(Array("a,b\n1,2\n3,".utf8) + [0] + Array("4\n".utf8))
        #expect(plain?.code == .zeroByte)
        #expect(plain?.location?.line == 3)
        let inQuotes = try errorReading(Array("a,b\n1,\"x".utf8) + [0] + Array("y\"\n".utf8))
        #expect(inQuotes?.code == .zeroByte)
    }

    @Test("UTF-16 without a mark, and UTF-32")
    func refusesOtherEncodings() throws {
        let little = "a,b\n1,2\n".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        #expect(try errorReading(little)?.code == .zeroByte)
        #expect(try errorReading(little)?.message.contains("--encoding utf-16le") == true)
        let mark: [UInt8] = [0xFF, 0xFE, 0, 0]
        #expect(try errorReading(mark + [97, 0, 0, 0])?.code == .unsupportedEncoding)
    }

    @Test("text that is not UTF-8 names its place")
    func refusesInvalidText() throws {
        let latin = Array("a,b\n1,x\n2,caf".utf8) + [0xE9, 0x0A]
        let error = try errorReading(latin)
        #expect(error?.code == .invalidUTF8)
        #expect(error?.location == DataLocation(file: "data.csv", line: 3, row: 2, column: "b"))
        let name = try errorReading([0x61, 0x2C, 0xE9] + Array("\n1,2\n".utf8))
        #expect(name?.code == .invalidUTF8)
    }

    @Test("text met in a numeric column while scoring")
    func refusesTextInNumbers() throws {
        let folder = try TemporaryFolder()
        let reader = try TableReader(path: folder.write("a\n1\n\n2x\n"))
        try reader.select(Schema(columns: [ColumnSchema(name: "a", kind: .numeric)]))
        let error = #expect(throws: DatasetError.self) { try reader.nextChunk() }
        #expect(error?.code == .notANumber)
        #expect(error?.location?.line == 4)
        #expect(error?.location?.row == 3)
        let infinite = try TableReader(path: folder.write("a\n1\ninf\n"))
        try infinite.select(Schema(columns: [ColumnSchema(name: "a", kind: .numeric)]))
        let second = #expect(throws: DatasetError.self) { try infinite.nextChunk() }
        #expect(second?.code == .infiniteNumber)
    }

    @Test("long and many-lined values are shown on one short line")
    func shortensValues() throws {
        let rows = (0..<30).map {
            "\($0 == 9 ? "\"x\n\(String(repeating: "y", count: 500))\"" : "1.5")\n"
        }
        let options = ReadingOptions(numericColumns: ["v"])
        let error = try #require(try errorReading("v\n" + rows.joined(), options: options))
        #expect(error.code == .notANumber)
        #expect(!error.description.contains("\n"))
        #expect(error.description.utf8.count < 500)
    }

    @Test("paths that cannot be read are faults of input and output")
    func refusesPaths() throws {
        let folder = try TemporaryFolder()
        let missing = #expect(throws: DatasetError.self) {
            try TableReader(path: folder.path + "/none.csv")
        }
        #expect(missing?.code == .notFound)
        #expect(missing?.category == .io)
        let directory = #expect(throws: DatasetError.self) { try TableReader(path: folder.path) }
        #expect(directory?.code == .isDirectory)
        #expect(directory?.category == .io)
    }

    @Test("a file without permission", .enabled(if: getuid() != 0))
    func refusesUnreadable() throws {
        let folder = try TemporaryFolder()
        let path = folder.write("a\n1\n")
        chmod(path, 0)
        let error = #expect(throws: DatasetError.self) { try TableReader(path: path) }
        #expect(error?.code == .permissionDenied)
    }

    @Test("faults of the data are told from faults of input and output")
    func categorizes() {
        let io: Set<DatasetError.Code> = [
            .notFound, .isDirectory, .permissionDenied, .readFailed, .writeFailed, .diskFull,
            .brokenPipe,
        ]
        for code in DatasetError.Code.allCases {
            #expect((DatasetError(code, "").category == .io) == io.contains(code))
        }
    }
}
