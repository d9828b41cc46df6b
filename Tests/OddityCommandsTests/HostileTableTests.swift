import COddityZlib
import COddityZstd
import GRDB
import TestSupport
import Testing

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// Inputs that are no tables, or damaged ones: each ends in one line and an exit code, and nothing is left behind.
@Suite struct HostileTableTests {
    /// An input, what is done with it, and how that ends.
    struct Case: CustomTestStringConvertible, Sendable {
        let name: String
        let content: [UInt8]
        var arguments: [String] = []
        var code: Int32 = 65
        let words: String

        var testDescription: String { name }
    }

    private static let rows =
        "a,b\n" + (0..<40).map { "\($0 * 7 % 13).5,\($0).25\n" }.joined()

    private static func text(
        _ name: String,
        _ text: String,
        _ words: String,
        _ arguments: String...,
        code: Int32 = 65
    ) -> Case {
        Case(name: name, content: Array(text.utf8), arguments: arguments, code: code, words: words)
    }

    private static func bytes(_ name: String, _ bytes: [UInt8], _ words: String) -> Case {
        Case(name: name, content: bytes, words: words)
    }

    static let texts: [Case] = [
        text("empty.csv", "", "the file is empty"),
        text("blank.csv", "\n\n\n", "the file is empty"),
        text("header.csv", "a,b\n", "there is a header and no data"),
        text("quote.csv", "a,b\n1,\"2\n3,4\n", ":2: the quote opened here is never closed"),
        text("after-quote.csv", "a,b\n1,\"2\"x\n", ":2: text follows a closing quote"),
        text("ragged.csv", rows + "1,2,3\n", ":42: expected 2 fields, found 3"),
        text("short.csv", rows + "1\n", ":42: expected 2 fields, found 1"),
        text("infinite.csv", rows + "inf,1\n", ":42: column \"a\": \"inf\" is infinite"),
        text("too-large.csv", rows + "1e999,1\n", "too large for a number"),
        text(
            "texts.csv",
            "a,b\n" + (0..<40).map { "x\($0),y\($0)\n" }.joined(),
            "no column can be used"
        ),
        text(
            "missing.csv",
            "a,b\n" + String(repeating: "NA,\n", count: 40),
            "no column can be used"
        ),
        text("one-row.csv", "a,b\n1,2\n", "1 row is too few"),
        bytes("zero.csv", Array("a,b\n1,\0\n".utf8), ":2: a zero byte"),
        bytes("binary.csv", (0..<2_048).map { UInt8($0 & 255) }, "a zero byte"),
        bytes("utf-32.csv", [0xFF, 0xFE, 0, 0, 97, 0, 0, 0], "UTF-32"),
        bytes(
            "latin-name.csv",
            [0x67, 0xF6, 0x2C, 0x62, 0x0A, 0x31, 0x2C, 0x32],
            "not valid UTF-8"
        ),
        bytes(
            "latin-text.csv",
            Array("a,b\n".utf8) + (0..<40).flatMap { [UInt8(48 + $0 % 2), 0x2C, 0xE4, 0x0A] },
            ":2: column \"b\": the text is not valid UTF-8"
        ),
        text("utf-16.csv", rows, "--encoding", "--encoding", "utf-16le"),
        text("delimiter.csv", rows, "cannot be the delimiter", "--delimiter", "\"", code: 64),
        text("skipped.csv", rows, "the file is empty", "--skip-lines", "100"),
        text("unknown-column.csv", rows, "no column \"z\"", "--numeric", "z", code: 64),
        text("two-ways.csv", rows, "choose one", "--numeric", "a", "--ignore", "a", code: 64),
        text("open.json", "[{\"a\": 1},{\"a\": 2", "expected }"),
        text("none.json", " [ ]\n", "the JSON array is empty"),
        text("arrays.json", "[[1,2],[3,4]]", "a JSON array of arrays has no names"),
        text("hollow.json", "[{},{}]", "no data rows"),
        text("hollow.jsonl", "{}\n{}\n", "no data rows"),
        text("nested.jsonl", "{\"a\": {\"b\": 1}}\n", ":1: the value of \"a\" is an object"),
        text("broken.jsonl", "{\"a\": 1}\n{\"a\": \n", ":2: this is no JSON object"),
        text("same-key.jsonl", "{\"a\": 1, \"a\": 2}\n", "the key \"a\" twice"),
        text("mixed.jsonl", "{\"a\": 1}\na,b\n", ":2: this is no JSON object"),
        text("page.html.csv", "<!DOCTYPE html><html></html>", "an HTML page"),
    ]

    private static let gzipped = gzip(Array(rows.utf8))
    private static let zipped = zstd(Array(rows.utf8))

    static let compressed: [Case] = [
        bytes("cut.csv.gz", Array(gzipped.prefix(60)), "the gzip data ends too early"),
        bytes("damaged.csv.gz", damaged(gzipped, 40..<60), "the gzip data is damaged"),
        bytes("empty.csv.gz", gzip([]), "the file is empty"),
        bytes("twice.csv.gz", gzip(gzipped), "compressed twice"),
        bytes("parquet.csv.gz", gzip(Array("PAR1".utf8) + other), "a Parquet file"),
        bytes("cut.csv.zst", Array(zipped.prefix(40)), "the zstd data ends too early"),
        bytes("damaged.csv.zst", damaged(zipped, 30..<60), "the zstd data is damaged"),
        bytes("trailing.csv.zst", zipped + Array("tail".utf8), "the zstd data is damaged"),
        bytes("empty.csv.zst", zstd([]), "the file is empty"),
        bytes("twice.csv.zst", zstd(gzipped), "compressed twice"),
        bytes(
            "database.csv.zst",
            zstd(Array("SQLite format 3\0".utf8) + other),
            "an SQLite database"
        ),
        bytes("rows.parquet", Array("PAR1".utf8) + other, "duckdb -csv"),
        bytes(
            "book.xlsx",
            Array("PK\u{3}\u{4}[Content_Types].xml".utf8) + other,
            "an Excel workbook"
        ),
        bytes("rows.zip", Array("PK\u{3}\u{4}rows.csv".utf8) + other, "unzip -p"),
        bytes("frame.pickle", [0x80, 4, 0x95, 1] + other, "read_pickle"),
        bytes("rows.csv.xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0] + other, "xz -dc"),
        bytes("frame.h5", [0x89, 0x48, 0x44, 0x46] + other, "an HDF5 file"),
    ]

    static let arrays: [Case] = [
        bytes(
            "cut.npy",
            Array(npy("(50, 3)", byteCount: 1_200).prefix(300)),
            "the file ends after 300"
        ),
        bytes("no-rows.npy", npy("(0, 3)", byteCount: 0), "is no table"),
        bytes(
            "infinite.npy",
            npy("(5, 1)", byteCount: 40, fill: [0, 0, 0, 0, 0, 0, 0xF0, 0x7F]),
            "infinite"
        ),
        bytes(
            "missing.npy",
            npy("(5, 2)", byteCount: 80, fill: [0, 0, 0, 0, 0, 0, 0xF8, 0x7F]),
            "no column"
        ),
        Case(
            name: "options.npy",
            content: npy("(5, 2)", byteCount: 80),
            arguments: ["--no-header"],
            code: 64,
            words: "this is an array"
        ),
    ]

    @Test(arguments: texts + compressed + arrays)
    func isRefusedInOneLine(_ hostile: Case) throws {
        let folder = try TemporaryFolder()
        let path = folder.write(hostile.content, as: hostile.name)
        let before = folder.names
        let run = try oddity(["fit", path, "--output", folder.path + "/model"] + hostile.arguments)
        expectFailure(run, hostile.code, hostile.words)
        #expect(run.output.isEmpty)
        #expect(folder.names == before)
    }

    @Test(arguments: texts.filter { $0.arguments.isEmpty && !$0.content.isEmpty } + compressed)
    func isRefusedFromStandardInput(_ hostile: Case) throws {
        let folder = try TemporaryFolder()
        folder.write(hostile.content, as: "input")
        let run = try shell(#""$ODDITY" fit - -o "$1/model" < "$1/input""#, in: folder)
        // The way to rows names the file, which there is none of.
        let place = hostile.words.hasPrefix(":") ? "standard input" + hostile.words : hostile.words
        expectFailure(run, hostile.code, place, "standard input")
        #expect(folder.names == ["input"])
    }

    @Test(
        arguments: [
            ("", 64, "2 tables, \"rows\", \"texts\"; name one"),
            ("?table=row", 64, "there is no table \"row\" (did you mean \"rows\"?)"),
            ("?table=", 64, "there is no table \"\""),
            ("?query=", 64, "not one query for rows"),
            ("?query=SELEC", 64, "syntax error"),
            ("?query=DROP TABLE rows", 64, "not one query for rows"),
            ("?query=SELECT 1; DROP TABLE rows", 64, "not one query for rows"),
            ("?query=ATTACH 'new.sqlite' AS other", 64, "not one query for rows"),
            ("?query=SELECT a FROM rows WHERE b = ?", 64, "leaves a value open"),
            ("?query=SELECT a, b AS a FROM rows", 65, "columns 1 and 2 are both named \"a\""),
            ("?query=SELECT a FROM rows WHERE a > 1e9", 65, "there are no rows"),
            ("?table=texts", 65, "no column can be used"),
        ] as [(String, Int32, String)]
    )
    func isNoTableOfTheDatabase(_ rest: String, _ code: Int32, _ words: String) throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/data.sqlite"
        try DatabaseQueue(path: path).write { database in
            try database.execute(
                sql: """
                    CREATE TABLE rows (a, b); CREATE TABLE texts (a);
                    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 39)
                    INSERT INTO rows SELECT i * 7 % 13, i FROM n;
                    INSERT INTO texts SELECT 'text ' || b FROM rows;
                    """
            )
        }
        let run = try oddity("fit", path + rest, "--output", folder.path + "/model")
        expectFailure(run, code, words)
        #expect(folder.names == ["data.sqlite"])
        #expect(try oddity("inspect", path + "?table=rows").exitCode == 0)
    }

    @Test func damagedDatabasesAreNamed() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/data.sqlite"
        try DatabaseQueue(path: path).write { database in
            try database.execute(
                sql: """
                    CREATE TABLE rows (a, b);
                    WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 3999)
                    INSERT INTO rows SELECT i * 7 % 13, i FROM n;
                    """
            )
        }
        let whole = folder.read(path)
        let others = [
            Array("SQLite format 3\0".utf8) + other, Array(whole.prefix(whole.count / 2)),
            damaged(whole, 4_096..<12_000),
        ]
        for bytes in others {
            folder.write(bytes, as: "data.sqlite")
            expectFailure(
                try oddity("fit", path, "--output", folder.path + "/model"),
                65,
                path,
                "the database is damaged"
            )
            #expect(folder.names == ["data.sqlite"])
        }
        expectFailure(try oddity("inspect", path + "x?table=a"), 74, "no such file")
        folder.write("a\n1\n", as: "data.csv")
        expectFailure(try oddity("inspect", folder.path + "/data.csv?table=a"), 65, "this is none")
    }

    @Test(
        arguments: [
            (["1.csv": "a,b\n1,2\n", "2.csv": "a,c\n1,2\n"], 65, "2.csv: the columns differ"),
            (["1.csv": "a,b\n1,2\n", "2.csv": "1,2\n3,4\n"], 65, "2.csv: the columns differ"),
            (
                ["1.jsonl": "{\"a\": 1}\n", "2.csv": "a,b\n1,2\n"], 65,
                "2.csv: this holds delimited text"
            ),
            (["1.csv": "", "2.csv": ""], 65, "all files are empty"),
            (["1.csv": "a,b\n", "2.csv": "a,b\n"], 65, "none of the files has data rows"),
            (["1.csv": "a,b\n1,2\n", "2.csv": "PAR1"], 65, "2.csv: this is a Parquet file"),
            (["1.csv": "a,b\n1,2\n", "2.csv": "a,b\n1,2\n3\n"], 65, "2.csv:3: expected 2 fields"),
            (["notes.md": "text"], 65, "neither images"),
            ([:], 65, "neither images"),
        ] as [([String: String], Int32, String)]
    )
    func isNoFolderOfTables(_ files: [String: String], _ code: Int32, _ words: String) throws {
        let folder = try TemporaryFolder()
        for (name, text) in files { folder.write(text, as: name) }
        let model = try TemporaryFolder()
        expectFailure(try oddity("fit", folder.path, "-o", model.path + "/model"), code, words)
        #expect(model.names.isEmpty)
    }

    @Test func aPatternThatMatchesNothingIsNoFile() throws {
        let folder = try TemporaryFolder()
        expectFailure(try oddity("inspect", folder.path + "/*.csv"), 74, "no file matches")
        expectFailure(try oddity("inspect", folder.path + "/[.csv"), 74, "no file matches")
    }
}

/// What is behind the mark of a file of another kind.
private let other = [UInt8](repeating: 1, count: 600)

private func damaged(_ bytes: [UInt8], _ range: Range<Int>) -> [UInt8] {
    var bytes = bytes
    for index in range.clamped(to: bytes.indices) { bytes[index] = 0x55 }
    return bytes
}

private func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    deflateInit2_(&stream, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    defer { deflateEnd(&stream) }
    var input = bytes
    var output = [UInt8](repeating: 0, count: bytes.count + 1_024)
    let count = output.count
    return input.withUnsafeMutableBufferPointer { source in
        output.withUnsafeMutableBufferPointer { target in
            stream.next_in = source.baseAddress
            stream.avail_in = UInt32(source.count)
            stream.next_out = target.baseAddress
            stream.avail_out = UInt32(count)
            deflate(&stream, Z_FINISH)
            return Array(target[..<(count - Int(stream.avail_out))])
        }
    }
}

private func zstd(_ bytes: [UInt8]) -> [UInt8] {
    var output = [UInt8](repeating: 0, count: ZSTD_compressBound(bytes.count))
    let count = ZSTD_compress(&output, output.count, bytes, bytes.count, 3)
    return Array(output[..<count])
}

/// An array of doubles.
private func npy(_ shape: String, byteCount: Int, fill: [UInt8] = [0]) -> [UInt8] {
    var header = "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }"
    header += String(repeating: " ", count: 117 - header.utf8.count) + "\n"
    let start: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0]
    return start + Array(header.utf8) + (0..<byteCount).map { fill[$0 % fill.count] }
}
