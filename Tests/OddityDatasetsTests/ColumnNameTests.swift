import OddityDatasets
import TestSupport
import Testing

@Suite("Names that are there twice")
struct ColumnNameTests {
    private let rows = (0..<12).map { "\($0 * 3),\(Double($0) / 4),\($0 % 5),\($0 * $0)\n" }
        .joined()

    @Test("the second is called by a number, and that is said")
    func numbersNames() throws {
        let summary = try summarize("id,temp,load,temp\n" + rows)
        #expect(summary.schema.names == ["id", "temp", "load", "temp 2"])
        #expect(summary.notes == [#""temp" is there twice: the second is called "temp 2""#])
        let many = try summarize("a,a,a,a\n" + rows)
        #expect(many.schema.names == ["a", "a 2", "a 3", "a 4"])
        #expect(many.notes == [#""a" is there 4 times: the others are called "a 2" to "a 4""#])
        let two = try summarize("a,b,a,b\n" + rows)
        #expect(
            two.notes == [
                #""a" is there twice: the second is called "a 2"; "b" is there twice: the second is called "b 2""#
            ]
        )
    }

    @Test("no name is given twice")
    func keepsNamesUnique() throws {
        #expect(
            try summarize("a,a,a 2,a\n" + rows).schema.names == ["a", "a 3", "a 2", "a 4"]
        )
        #expect(
            try summarize("column2,,x,y\n" + rows).schema.names
                == ["column2", "column2 2", "x", "y"]
        )
    }

    @Test("columns are found by these names, whatever their order")
    func selectsByName() throws {
        let folder = try TemporaryFolder()
        let training = try TableReader(path: folder.write("id,temp,load,temp\n" + rows))
        let schema = try training.inferSchema().schema
        let other = try TableReader(
            path: folder.write("temp,temp,load,id\n1,2,3,4\n", as: "other.csv")
        )
        try other.select(schema)
        let table = try other.readAll()
        #expect(table["temp"]?.numbers == [1])
        #expect(table["temp 2"]?.numbers == [2])
        // The names decide where the text alone cannot.
        let words = try TableReader(path: folder.write("red,red\ngreen,blue\n", as: "words.csv"))
        #expect(words.columnNames == ["column1", "column2"])
        try words.select(
            Schema(columns: ["red", "red 2"].map { ColumnSchema(name: $0, kind: .categorical) })
        )
        #expect(try words.readAll()["red 2"]?.texts == ["blue"])
    }
}
