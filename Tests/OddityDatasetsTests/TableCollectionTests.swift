import OddityDatasets
import TestSupport
import Testing

@Suite("Files of one schema as one table")
struct TableCollectionTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func error(_ path: String) -> DatasetError? {
        do {
            _ = try Table.reading(path: path)
            return nil
        } catch {
            return error as? DatasetError
        }
    }

    @Test("a folder is read file by file, numbers in names by their value")
    func readsFolder() throws {
        folder.write("a,b\n1,x\n2,y\n", as: "day-2.csv")
        folder.write("b;a\nz;3,5\n", as: "day-10.csv")
        folder.write("not a table", as: "readme.md")
        folder.write("", as: "day-11.csv")
        // The second file has its own columns' order, and the first one's delimiter.
        folder.write("b,a\nz,3.5\n", as: "day-10.csv")
        let (table, summary) = try Table.reading(path: folder.path)
        #expect(table["a"]?.numbers == [1, 2, 3.5])
        #expect(table["b"]?.texts == ["x", "y", "z"])
        #expect(summary.rowCount == 3 && summary.file == folder.path)
        #expect(
            summary.notes.prefix(2) == [
                "2 files, day-2.csv to day-10.csv", "an empty file left out: day-11.csv",
            ]
        )
    }

    @Test("a pattern names some of them; rows are numbered through")
    func readsPattern() throws {
        for day in 1...3 {
            folder.write("a\n\(day)\nx\(day)\n", as: "day\(day).csv")
        }
        let reader = try TableFormats.open(folder.path + "/day[23].csv")
        try reader.select(Schema(columns: [ColumnSchema(name: "a", kind: .numeric)]))
        var rows: [Int] = []
        var bad: [BadRow] = []
        while let parts = try reader.nextParts(keepingInfinities: false) {
            for part in parts {
                switch part {
                case .rows(let table): rows.append(table.firstRow)
                case .bad(let row): bad.append(row)
                }
            }
        }
        #expect(rows == [0, 2])
        #expect(bad.map(\.row) == [2, 4])
        #expect(
            bad.map(\.error.location?.file)
                == ["day2.csv", "day3.csv"].map { folder.path + "/" + $0 }
        )
        #expect(bad.map(\.line) == [3, 3])
    }

    @Test("levels of categories and JSON keys are those of all files")
    func joinsJSON() throws {
        folder.write("{\"a\": 1, \"k\": \"x\"}\n", as: "1.jsonl")
        folder.write("{\"a\": 2, \"k\": \"y\", \"c\": 5}\n", as: "2.jsonl")
        let table = try Table.reading(path: folder.path).table
        #expect(table["k"]?.texts == ["x", "y"])
        #expect(table["c"]?.numbers?.map(\.isNaN) == [true, false])
    }

    @Test("other columns are refused, with the names of both files")
    func refusesOtherColumns() throws {
        folder.write("a,b\n1,2\n", as: "1.csv")
        folder.write("a,c\n1,2\n", as: "2.csv")
        #expect(
            error(folder.path)?.description
                == "\(folder.path)/2.csv: the columns differ from those of \(folder.path)/1.csv: without \"b\""
                + " and with \"c\"; give files of one schema"
        )
        folder.write("{\"a\": 1}\n", as: "2.csv")
        #expect(error(folder.path)?.message.contains("this holds delimited text") == false)
    }

    @Test("a value that contradicts the others is named in its file")
    func namesFiles() throws {
        let options = ReadingOptions(numericColumns: ["a"])
        folder.write("a,b\n1,2\n", as: "1.csv")
        folder.write("a,b\n3,4\nx,5\n", as: "2.csv")
        do {
            _ = try Table.reading(path: folder.path, options: options)
            Issue.record("nothing was thrown")
        } catch let error as DatasetError {
            #expect(
                error.location
                    == DataLocation(file: folder.path + "/2.csv", line: 3, row: 2, column: "a")
            )
        }
    }

    @Test("a slip among numbers is told with its file")
    func namesFilesOfConcerns() throws {
        folder.write("a\n" + (0..<40).map { "\($0 * 7 % 11).5\n" }.joined(), as: "1.csv")
        folder.write("a\n1\noops\n", as: "2.csv")
        let summary = try Table.reading(path: folder.path).summary
        #expect(
            summary.concerns.first?.contains("the first in line 3 of \(folder.path)/2.csv;")
                == true,
            "\(summary.concerns)"
        )
    }

    @Test("nothing to read")
    func refusesNothing() throws {
        #expect(error(folder.path)?.code == .noRows)
        #expect(error(folder.path + "/*.csv")?.code == .notFound)
        folder.write("", as: "1.csv")
        #expect(error(folder.path)?.code == .emptyFile)
        folder.write("a,b\n", as: "1.csv")
        #expect(error(folder.path)?.code == .noRows)
    }
}
