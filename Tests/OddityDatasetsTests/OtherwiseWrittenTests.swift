import OddityDatasets
import TestSupport
import Testing

@Suite("Numbers that new rows write otherwise than the training")
struct OtherwiseWrittenTests {
    /// What a value is read as in a column of numbers that were learned, or what is wrong with it.
    private func read(
        _ text: String,
        notation: NumberNotation? = nil,
        options: ReadingOptions = ReadingOptions()
    ) throws -> String {
        let folder = try TemporaryFolder()
        let path = folder.write("a|k\n\(text)|x\n")
        let reader = try TableReader(path: path, options: options)
        let column = ColumnSchema(name: "a", kind: .numeric, reason: "", notation: notation)
        try reader.select(Schema(columns: [column]))
        do {
            return "\(try #require(try reader.nextChunk()?["a"]?.numbers)[0])"
        } catch let error as DatasetError {
            return error.message
        }
    }

    @Test("what leaves no doubt is read in a column of plain numbers")
    func readsPlain() throws {
        for (text, value) in [
            ("1,234.5", "1234.5"), ("1,234,567", "1234567.0"), ("1 234", "1234.0"),
            ("1'234.5", "1234.5"), ("(5)", "-5.0"), ("5-", "-5.0"), ("\u{2212}5.5", "-5.5"),
        ] {
            #expect(try read(text) == value, "\(text)")
        }
    }

    @Test("a decimal comma among points is named, with the option that reads it")
    func namesDecimalCommas() throws {
        #expect(
            try read("26,68")
                == "\"26,68\" has a decimal comma, and the column had decimal points in training;"
                + " give --decimal comma if all its numbers are written so now, or correct it"
        )
        #expect(
            try read("26.68", notation: NumberNotation(decimalMark: .comma))
                == "\"26.68\" has a decimal point, and the column had decimal commas in training;"
                + " give --decimal point if all its numbers are written so now, or correct it"
        )
        #expect(try read("26,68", options: ReadingOptions(decimalMark: .comma)) == "26.68")
    }

    @Test("two readings are asked about")
    func asksAboutGroups() throws {
        #expect(
            try read("1,234")
                == "\"1,234\" may be 1234 (--decimal point) or 1.234 (--decimal comma); say which"
        )
        #expect(try read("1,234", options: ReadingOptions(decimalMark: .point)) == "1234.0")
    }

    @Test("a unit that is new or lacking is named")
    func namesUnits() throws {
        #expect(
            try read("26.7 °C")
                == "\"26.7 °C\" has \"°C\" beside its number, unlike those of the training; write it as they were"
        )
        #expect(
            try read("26.7", notation: NumberNotation(affixes: ["kg"]))
                == "\"26.7\" lacks the \"kg\" that all numbers of the column had in training; add it"
        )
        #expect(
            try read("high")
                == "\"high\" is not a number; correct it, or add --missing \"high\" to read it as missing"
        )
    }

    @Test("columns without names are taken in the order of the training, and that is said")
    func saysOrder() throws {
        let folder = try TemporaryFolder()
        let reader = try TableReader(path: folder.write("1.5,2\n3.5,4\n"))
        let columns = ["a", "b"].map { ColumnSchema(name: $0, kind: .numeric, reason: "") }
        try reader.select(Schema(columns: columns))
        #expect(try reader.nextChunk()?["b"]?.numbers == [2, 4])
        #expect(
            reader.notes
                == ["the first line holds no names: columns are taken in the order of the training"]
        )
    }
}
