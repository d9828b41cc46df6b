import OddityDatasets
import OddityPlatform
import TestSupport
import Testing

@Suite("Writing tables")
struct CSVWriterTests {
    @Test("fields are quoted where they must be, numbers are short")
    func writesFields() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/out.csv"
        let writer = try CSVWriter(path: path, columns: ["a", "b,c"])
        try writer.write([.number(0.1), .text("plain")])
        try writer.write([.number(5), .text("say \"hi\"")])
        try writer.write([.number(.nan), .text("two\nlines")])
        try writer.write([.single(0.1), .text(" x")])
        try writer.write([.integer(-7), .missing])
        try writer.write([.number(1e-300), .text("a;b")])
        try writer.close()
        #expect(
            folder.readText(path) == """
                a,"b,c"
                0.1,plain
                5,"say ""hi""\"
                ,"two
                lines"
                0.1," x"
                -7,
                1e-300,a;b

                """
        )
        #expect(folder.names == ["out.csv"])
    }

    @Test("numbers and texts are read back as they were")
    func roundTrips() throws {
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(state: 3)
        let numbers = (0..<2_000).map { _ -> Double in
            let value = Double(bitPattern: generator.next())
            return value.isFinite ? value : .nan
        }
        let texts: [String?] = (0..<2_000).map { index in
            [nil, "a\"b", "c,d", "e\r\nf", " g ", "ü;|\t"][index % 6]
        }
        let table = try Table(columns: [Column("x", numbers), Column("t", categories: texts)])
        for delimiter in CSVDialect.knownDelimiters {
            let path = folder.path + "/out.csv"
            let writer = try CSVWriter(path: path, columns: ["x", "t"], delimiter: delimiter)
            try writer.write(contentsOf: table)
            try writer.close()
            let read = try Table.reading(
                path: path,
                options: ReadingOptions(delimiter: delimiter)
            ).table
            #expect(read.columns == table.columns)
        }
    }

    @Test("missing values of a single column survive")
    func writesSingleColumn() throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/out.csv"
        let writer = try CSVWriter(path: path, columns: ["x"])
        for value in [1, .nan, 3, .nan] { try writer.write([.number(value)]) }
        try writer.close()
        #expect(try Table.reading(path: path).table["x"] == Column("x", [1, .nan, 3, .nan]))
    }

    @Test("nothing stands under the name, or beside it, without closing")
    func leavesNothingBehind() throws {
        let folder = try TemporaryFolder()
        do {
            let writer = try CSVWriter(path: folder.path + "/out.csv", columns: ["x"])
            try writer.write([.number(1)])
            try writer.flush()
            #expect(!folder.names.contains("out.csv"))
        }
        #expect(folder.names == [])
    }

    @Test("a file that is replaced keeps its old content until the new one is complete")
    func replacesAtOnce() throws {
        let folder = try TemporaryFolder()
        let path = folder.write("old", as: "out.csv")
        chmod(path, 0o640)
        let link = folder.path + "/link.csv"
        symlink("out.csv", link)
        let writer = try CSVWriter(path: link, columns: ["x"])
        try writer.write([.integer(1)])
        #expect(folder.readText(path) == "old")
        try writer.close()
        try writer.close()
        #expect(folder.readText(path) == "x\n1\n")
        var status = stat()
        #expect(lstat(link, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK)
        #expect(stat(path, &status) == 0 && status.st_mode & 0o777 == 0o640)
        #expect(folder.names == ["link.csv", "out.csv"])
    }

    @Test("places that cannot be written are typed errors")
    func refusesPlaces() throws {
        let folder = try TemporaryFolder()
        let missing = #expect(throws: DatasetError.self) {
            try CSVWriter(path: folder.path + "/none/out.csv", columns: ["x"])
        }
        #expect(missing?.code == .notFound)
        let directory = #expect(throws: DatasetError.self) {
            try CSVWriter(path: folder.path, columns: ["x"])
        }
        #expect(directory?.code == .isDirectory)
    }

    @Test("a full disk is a typed error", .enabled(if: access("/dev/full", W_OK) == 0))
    func reportsFullDisk() throws {
        let writer = try CSVWriter(path: "/dev/full", columns: ["x"])
        let thrown = #expect(throws: DatasetError.self) { try writer.close() }
        let error = try #require(thrown)
        #expect(error.code == .diskFull)
        #expect(error.category == .io)
        #expect(throws: error) { try writer.close() }
        #expect(throws: error) { try writer.write([.integer(1)]) }
    }

    @Test("a reader that goes away is a typed error")
    func reportsBrokenPipe() throws {
        signal(SIGPIPE, SIG_IGN)
        let folder = try TemporaryFolder()
        let path = folder.path + "/pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let reading = open(path, O_RDONLY | O_NONBLOCK)
        let writer = try CSVWriter(path: path, columns: ["x"])
        close(reading)
        let error = #expect(throws: DatasetError.self) { try writer.close() }
        #expect(error?.code == .brokenPipe)
    }
}
