import OddityDatasets
import Testing

@Suite("Missing values")
struct MissingTokensTests {
    @Test(
        "empty fields and the standard texts are missing",
        arguments: [
            "", "\"\"", "  ", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "NAN", "null", "NULL",
            "Null",
            "None", "?", "\"NA\"", " NA ", "-nan",
        ]
    )
    func readsMissing(text: String) throws {
        let table = try readTable("a,b\n1,x\n\(text),y\n3,x\n")
        let numbers = try #require(table["a"]?.numbers)
        #expect(numbers.count == 3)
        #expect(numbers[1].isNaN)
        #expect(numbers[2] == 3)
    }

    @Test("a missing category has no level")
    func readsMissingCategory() throws {
        let table = try readTable("a,b\n1,x\n2,NA\n3,\"\"\n4,y\n")
        #expect(table["b"]?.values == .categorical(codes: [0, -1, -1, 1], levels: ["x", "y"]))
    }

    @Test("other texts can be named, numbers too")
    func obeysOptions() throws {
        let options = ReadingOptions(missingTokens: MissingTokens(["-999", "none"]))
        let table = try readTable("a,b\n-999,1\nnone,2\n5,\n", options: options)
        #expect(table["a"] == Column("a", [.nan, .nan, 5]))
        #expect(table["b"] == Column("b", [1, 2, .nan]))
        #expect(MissingTokens.standard.adding("x").contains("x"))
        #expect(MissingTokens.standard.adding("x").contains("NA"))
    }

    @Test(
        "a number that stands for missing values does so however it is written, and codes are no numbers"
    )
    func readsNumbersOtherwiseWritten() throws {
        let options = ReadingOptions(missingTokens: MissingTokens(["-999", "42"]))
        let table = try readTable("a,b\n-999.0,x1\n-9.99e2,042\n5,42\n", options: options)
        #expect(table["a"] == Column("a", [.nan, .nan, 5]))
        #expect(table["b"]?.values == .categorical(codes: [0, 1, -1], levels: ["x1", "042"]))
    }

    @Test("a replaced list no longer holds the standard texts")
    func replacesList() throws {
        let options = ReadingOptions(missingTokens: MissingTokens(["-"]))
        let table = try readTable("a,b\n1,NA\n-,x\n", options: options)
        #expect(table["b"]?.texts == ["NA", "x"])
        #expect(table["a"] == Column("a", [1, .nan]))
    }
}
