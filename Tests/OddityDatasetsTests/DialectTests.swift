import OddityDatasets
import TestSupport
import Testing

@Suite("Finding out the dialect")
struct DialectTests {
    private func dialect(_ text: String, _ options: ReadingOptions = ReadingOptions()) throws
        -> CSVDialect
    {
        let folder = try TemporaryFolder()
        return try #require(TableReader(path: folder.write(text), options: options).dialect)
    }

    private func names(_ text: String) throws -> [String] {
        let folder = try TemporaryFolder()
        return try TableReader(path: folder.write(text)).columnNames
    }

    @Test(
        "each known delimiter is found",
        arguments: [
            (",", CSVDialect.comma), (";", CSVDialect.semicolon), ("\t", CSVDialect.tab),
            ("|", CSVDialect.bar),
        ]
    )
    func findsDelimiter(text: String, delimiter: UInt8) throws {
        let file = ["a\(text)b\(text)c", "1\(text)2\(text)3", "4\(text)5\(text)6"]
            .joined(separator: "\n")
        #expect(try dialect(file) == CSVDialect(delimiter: delimiter, hasHeader: true))
    }

    @Test("delimiters inside quotes do not count")
    func respectsQuotes() throws {
        let text = "name;note\nx;\"a,b,c\"\ny;\"d,e,f\"\nz;\"1,2\n3,4\"\n"
        #expect(try dialect(text).delimiter == CSVDialect.semicolon)
    }

    @Test("the delimiter that gives equal counts wins over a more frequent one")
    func prefersConsistency() throws {
        #expect(try dialect("a|b\n1,2,3,4|5\n6|7,8\n").delimiter == CSVDialect.bar)
    }

    @Test("decimal commas are no delimiters")
    func seesDecimalCommas() throws {
        #expect(try dialect("1,5;2,5\n3,5;4,5\n").delimiter == CSVDialect.semicolon)
    }

    @Test("dates and times do not mislead")
    func survivesTimestamps() throws {
        let text = "datetime;a;b\n2020-02-08 13:30:47;0.2;1\n2020-02-08 13:30:48;0.3;2\n"
        #expect(try dialect(text) == CSVDialect(delimiter: CSVDialect.semicolon, hasHeader: true))
    }

    @Test("one column has no delimiter")
    func acceptsOneColumn() throws {
        #expect(try dialect("x\n1\n2\n") == CSVDialect())
        #expect(try names("1\n2\n") == ["column1"])
    }

    @Test("a ragged line does not hide the delimiter")
    func toleratesRaggedLine() throws {
        #expect(try dialect("a;b;c\n1;2;3\n1;2\n4;5;6\n7;8;9\n").delimiter == CSVDialect.semicolon)
    }

    @Test(
        "headers are told from data",
        arguments: [
            ("x0,x1\n1,2\n3,4\n", true), ("1,2\n3,4\n", false), ("a,b\n1,x\n2,y\n", true),
            ("red,1\nblue,2\n", false), ("red,blue\ngreen,red\n", true), ("a,a2\n", true),
            ("red,red\ngreen,blue\n", false), ("1,2\n", false), (",x\n0,1.5\n1,2.5\n", true),
            ("NA,Mg\n13.1,4.5\n12.9,3.6\n", true), ("?,?\n1,2\n", false),
            ("\"x\",\"y\"\n1,2\n", true),
            ("e1,e2\n1e1,1e2\n", true), ("nan,1\n2,3\n", false), ("a,b\n,1\n?,2\n", true),
        ]
    )
    func findsHeader(text: String, hasHeader: Bool) throws {
        #expect(try dialect(text).hasHeader == hasHeader)
    }

    @Test("columns without names are numbered")
    func numbersColumns() throws {
        #expect(try names("1,2,3\n4,5,6\n") == ["column1", "column2", "column3"])
        #expect(try names(",b,\n1,2,3\n4,5,6\n") == ["column1", "b", "column3"])
    }

    @Test("options decide over what is found out")
    func obeysOptions() throws {
        let options = ReadingOptions(delimiter: CSVDialect.semicolon, hasHeader: false)
        #expect(
            try dialect("a,b\n1,2\n", options)
                == CSVDialect(delimiter: CSVDialect.semicolon, hasHeader: false)
        )
        let headed = try readTable("1,2\n3,4\n", options: ReadingOptions(hasHeader: true))
        #expect(headed.schema.names == ["1", "2"])
    }

    @Test("a delimiter that is part of the syntax is refused")
    func refusesDelimiter() throws {
        let error = try errorReading("a,b\n1,2\n", options: ReadingOptions(delimiter: 0x22))
        #expect(error?.code == .conflictingOptions)
    }
}
