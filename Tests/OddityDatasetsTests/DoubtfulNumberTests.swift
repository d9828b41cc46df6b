import OddityDatasets
import TestSupport
import Testing

@Suite("Columns that are numbers in part, or in a form of their own")
struct DoubtfulNumberTests {
    /// What is found of a column of values beside one of plain numbers.
    private func column(
        _ count: Int = 60,
        name: String = "v",
        options: ReadingOptions = ReadingOptions(),
        _ text: (Int) -> String
    ) throws -> ColumnSchema {
        let rows = (0..<count).map { "\(text($0))|\(Double($0) * 0.7 + 0.1)\n" }
        let summary = try summarize("\(name)|other\n" + rows.joined(), options: options)
        return try #require(summary.schema[name])
    }

    @Test("a number such as -999 far from all others is a concern, and stays a number")
    func concernsFills() throws {
        let found = try column { $0 % 10 == 0 ? "-999" : "\(Double($0) / 2)" }
        #expect(found.kind == .numeric)
        #expect(
            found.concern
                == "-999 is there 6 times, and the other values are 0.5 to 29.5; give --missing=-999 if it stands for"
                + " a missing value, or --numeric \"v\" if it is a number like the others"
        )
        let above = try column { $0 % 10 == 0 ? "9999.0" : "\(Double($0) / 2)" }
        #expect(above.concern?.hasPrefix("9999.0 is there 6 times") == true)
        let percent = try column { $0 % 10 == 0 ? "-99" : "\($0 * 3 % 101)" }
        #expect(percent.concern?.hasPrefix("-99 is there 6 times") == true)
    }

    @Test("the same number among others like it, once, or declared, is none")
    func leavesOtherNines() throws {
        #expect(try column { $0 % 10 == 0 ? "99" : "\($0 * 7 % 101)" }.concern == nil)
        #expect(try column { $0 % 10 == 0 ? "99.99" : "\($0).99" }.concern == nil)
        #expect(try column { $0 % 3 == 0 ? "99" : "\($0 % 4 + 92)" }.concern == nil)
        #expect(try column { $0 == 10 ? "-999" : "\(Double($0) / 2)" }.concern == nil)
        let asked = try column(options: ReadingOptions(numericColumns: ["v"])) {
            $0 % 10 == 0 ? "-999" : "\(Double($0) / 2)"
        }
        #expect(asked.concern == nil)
        let missing = try column(options: ReadingOptions(missingTokens: MissingTokens(["-999"]))) {
            $0 % 10 == 0 ? "-999.0" : "\(Double($0) / 2)"
        }
        #expect(missing.concern == nil)
    }

    @Test(
        "numbers in a form that is not read are a concern",
        arguments: ["0x%X", "~%.5", "'%.5", "=\"%.5\"", "€%.5M", "1_%", "<%.5", "٣%٫٥"]
    )
    func concernsUnread(form: String) throws {
        let found = try column { row in
            if form.hasPrefix("0x") {
                return "0x\(String(row + 4_096, radix: 16, uppercase: true))"
            }
            let field = form.replacing("%", with: "\(row + 100)")
            return field.contains("\"") ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
        }
        #expect(found.kind == .ignored)
        #expect(found.concern?.contains("may be a number in a form that is not read") == true)
    }

    @Test("numbers in thousands and millions are a concern, codes with letters are none")
    func concernsMagnitudes() throws {
        let amounts = try column { $0 % 2 == 0 ? "\($0).5M" : "\($0 * 11)K" }
        #expect(
            amounts.concern
                == "\"0.5M\" may be a number in a form that is not read; write plain numbers, or give"
                + " --categorical \"v\" if the column is text"
        )
        #expect(try column { "\($0)\($0 % 2 == 0 ? "A" : "B")" }.concern == nil)
        #expect(try column { "A-\($0)" }.concern == nil)
        #expect(try column { "10.0.\($0).7" }.concern == nil)
        #expect(try column(name: "device_id") { "0x\($0)F" }.concern == nil)
    }

    @Test("a slip in a table of few rows is a concern too")
    func concernsFewRows() throws {
        let found = try column(12) { $0 == 7 ? "ERR" : "\(Double($0) * 1.5)" }
        #expect(found.kind == .categorical)
        #expect(
            found.concern?.hasPrefix(
                "11 of 12 values are numbers, and \"ERR\" in line 9 is the first that is none;"
                    + " give --missing \"ERR\" to read it as missing"
            ) == true
        )
        #expect(try column(12) { $0 % 4 == 0 ? "K" : "\($0 % 4)" }.concern == nil)
    }

    @Test("one or two digits are no time that is not understood")
    func knowsShortNumbers() throws {
        let hours = try column(name: "hours_per_day") { $0 % 3 == 0 ? "\($0 % 5)" : "5+" }
        #expect(hours.concern == nil)
        let times = try column(name: "time") { "\($0 + 100)/7" }
        #expect(times.concern?.contains("is in no form that is understood") == true)
    }
}
