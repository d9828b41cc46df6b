import OddityArrays
import OddityDatasets
import TestSupport
import Testing

@Suite("Encodings, JSON arrays and files of other kinds")
struct SourceTests {
    private func utf16(_ text: String, isBig: Bool) -> [UInt8] {
        text.utf16.flatMap { unit in
            isBig ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
        }
    }

    private func read(_ bytes: [UInt8], _ options: ReadingOptions = ReadingOptions()) throws
        -> Table
    {
        let folder = try TemporaryFolder()
        return try Table.reading(path: folder.write(bytes), options: options).table
    }

    private let text = "größe,art\n1.5,Ä😀\n2.5,b\n3,Ä😀\n"

    @Test("UTF-16 with a mark", arguments: [true, false])
    func readsUTF16(isBig: Bool) throws {
        let table = try read(utf16("\u{FEFF}" + text, isBig: isBig))
        #expect(table["größe"]?.numbers == [1.5, 2.5, 3])
        #expect(table["art"]?.texts == ["Ä😀", "b", "Ä😀"])
        let asked = ReadingOptions(encoding: isBig ? .utf16BigEndian : .utf16LittleEndian)
        #expect(try read(utf16(text, isBig: isBig), asked)["art"]?.texts?[0] == "Ä😀")
    }

    @Test("UTF-16 is read in both passes, longer than a block")
    func rereadsUTF16() throws {
        let long = "a,b\n" + (0..<60_000).map { "\($0 % 97),ü\($0 % 5)\n" }.joined()
        let table = try read(utf16("\u{FEFF}" + long, isBig: false))
        #expect(table.rowCount == 60_000)
        #expect(table["b"]?.texts?[59_999] == "ü4\u{FFFD}" || table["b"]?.texts?[59_999] == "ü4")
    }

    @Test("Latin-1 and Windows-1252, as asked")
    func readsLatin1() throws {
        let bytes =
            Array("gr".utf8) + [0xF6, 0xDF] + Array("e,art\n1,".utf8) + [0x80]
            + Array("\n2,x\n".utf8)
        #expect(try read(bytes, ReadingOptions(encoding: .windows1252))["art"]?.texts?[0] == "€")
        #expect(try read(bytes, ReadingOptions(encoding: .latin1))["größe"]?.numbers == [1, 2])
        let error = try errorReading(bytes)
        #expect(error?.code == .invalidUTF8)
        #expect(error?.message.contains("--encoding windows-1252") == true)
    }

    @Test("an array of JSON objects, on one line or many")
    func readsJSONArrays() throws {
        let rows = (0..<40).map { "{\"load\": \($0 * 2), \"kind\": \"k}\($0 % 2)\", \"x\": null}" }
        for separator in [", ", ",\n", "\n,\n"] {
            for start in ["[", "  \n[\n "] {
                let table = try readTable(start + rows.joined(separator: separator) + "]\n")
                #expect(table["load"]?.numbers?.prefix(3) == [0, 2, 4])
                #expect(table["kind"]?.texts?[1] == "k}1")
                #expect(table.rowCount == 40)
            }
        }
        let summary = try summarize("[{\"a\": 1,\n \"b\": \"x\"},\n {\"b\": \"y\", \"c\": 2}]")
        #expect(summary.schema.names == ["a", "b", "c"])
        #expect(summary.format == .jsonArray)
    }

    @Test(
        "faults in an array of JSON objects are named by line",
        arguments: [
            ("[{\"a\": 1},\n{\"a\": 2\n", 2, "expected } before the end of the file"),
            ("[{\"a\": 1},\n 5]", 2, "expected {"),
            ("[{\"a\": 1},\n{\"a\": [1]}]", 2, "an object or an array"),
            ("[{\"a\": 1},\n{\"a\": x}]", 2, "expected a value"),
        ]
    )
    func namesFaults(_ text: String, _ line: Int, _ words: String) throws {
        let error = try #require(try errorReading(text))
        #expect(error.location?.line == line)
        #expect(error.message.contains(words), "\(error)")
    }

    @Test("an array of arrays has no names")
    func refusesOtherArrays() throws {
        #expect(try errorReading("[[1, 2], [3, 4]]")?.message.contains("jq") == true)
    }

    @Test(
        "files of other kinds are named, with the way to rows",
        arguments: [
            ("PAR1", "Parquet", "duckdb -csv"), ("ARROW1", "Arrow", "read_feather"),
            ("PK\u{3}\u{4}....[Content_Types].xml", "an Excel workbook", "CSV"),
            ("PK\u{3}\u{4}....data.csv", "zip", "unzip -p"),
            ("BZh91AY", "bzip2", "bzip2 -dc"),
            ("%PDF-1.4", "PDF", "CSV"),
            ("<!DOCTYPE html><html>", "HTML", "CSV"), ("<?xml version=\"1.0\"?>", "XML", "CSV"),
            ("Obj\u{1}", "Avro", "CSV"),
            ("MATLAB 5.0 MAT-file", "MATLAB", "writematrix"),
        ]
    )
    func namesOtherFormats(_ start: String, _ name: String, _ way: String) throws {
        let error = try #require(try errorReading(start + String(repeating: "\u{1}", count: 600)))
        #expect(error.code == .otherFormat)
        #expect(error.message.contains(name) && error.message.contains(way), "\(error)")
        #expect(error.description.hasPrefix("data.csv: this is "))
    }

    @Test(
        "and those whose marks are no text",
        arguments: [
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "xz -dc"),
            ([0x80, 4, 0x95, 1], "read_pickle"), ([0x89, 0x48, 0x44, 0x46], "HDF5"),
            ([0xD0, 0xCF, 0x11, 0xE0], "Office"),
            ([0x89, 0x50, 0x4E, 0x47], "an image"), ([0xFF, 0xD8, 0xFF, 0xE0], "an image"),
        ] as [([UInt8], String)]
    )
    func namesBinaryFormats(_ start: [UInt8], _ words: String) throws {
        let error = try #require(try errorReading(start + [UInt8](repeating: 0, count: 600)))
        #expect(error.code == .otherFormat)
        #expect(error.message.contains(words), "\(error)")
    }

    @Test(
        "text whose first name looks like another format is read as asked",
        arguments: ["{id}", "[{", "PAR1", "<?xml"]
    )
    func readsTheFormatThatIsNamed(_ name: String) throws {
        let text = name + ",b\n1,2\n3,4\n"
        #expect(try errorReading(text) != nil)
        let table = try readTable(text, options: ReadingOptions(format: .delimited))
        #expect(table[name]?.numbers == [1, 3])
    }

    @Test("a file that does not hold the format that is named is refused")
    func refusesWhatIsNotAsNamed() throws {
        let lines = "{\"a\": 1,\"b\": 2}\n{\"a\": 3,\"b\": 4}\n"
        let csv = "a,b\n1,2\n"
        let cases: [(String, TableFormat, DatasetError.Code)] = [
            (lines, .delimited, .textAfterQuote), (lines, .jsonArray, .invalidJSON),
            ("[\(lines)]", .jsonLines, .invalidJSON), (csv, .jsonLines, .invalidJSON),
            (csv, .jsonArray, .invalidJSON), ("[]", .jsonArray, .noRows),
            (csv, .sqlite, .otherFormat),
            ("SQLite format 3\u{0}", .delimited, .otherFormat),
        ]
        for (text, format, code) in cases {
            let error = try errorReading(text, options: ReadingOptions(format: format))
            #expect(error?.code == code, "\(text) as \(format): \(error as Any)")
        }
        let both = ReadingOptions(format: .jsonLines, delimiter: UInt8(ascii: ";"))
        #expect(try errorReading(lines, options: both)?.code == .conflictingOptions)
        #expect(throws: ArrayError.self) {
            try readTable(csv, options: ReadingOptions(format: .array))
        }
    }

    @Test("a first line that begins as JSON does names the option that reads it as text")
    func hintsAtTheFormat() throws {
        let message = try errorReading("{id},b\n1,2\n")?.message
        #expect(message?.hasSuffix("--input-format delimited if it is no JSON") == true)
    }
}
