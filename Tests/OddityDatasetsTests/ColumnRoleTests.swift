import OddityDatasets
import Testing

@Suite("Identifiers, times and codes")
struct ColumnRoleTests {
    private func column(
        _ name: String,
        _ count: Int = 40,
        options: ReadingOptions = ReadingOptions(),
        _ text: (Int) -> String
    ) throws -> ColumnSchema {
        let rows = (0..<count).map { "\"\(text($0))\",\($0 * 7 % 5).5\n" }.joined()
        return try #require(try summarize("\(name),other\n" + rows, options: options).schema[name])
    }

    @Test(
        "growing integers under a name that counts are identifiers",
        arguments: [
            "Order No", "invoice-number", "Ticket", "seq", "customer key", "docno", "patnum",
        ]
    )
    func findsGrowingIdentifiers(name: String) throws {
        let found = try column(name) { "\(10_006 + $0 * 7 + $0 % 3)" }
        #expect(found.kind == .ignored)
        #expect(found.role == .identifier)
        #expect(found.reason.hasPrefix("an identifier, by its name and its "))
        #expect(try column(name) { "\(10_006 + $0 * 7 % 11)" }.kind == .numeric)
        let asked = ReadingOptions(numericColumns: [name])
        #expect(try column(name, options: asked) { "\(10_006 + $0 * 7)" }.kind == .numeric)
    }

    @Test(
        "whole numbers under a name that identifies are never measurements",
        arguments: ["order_id", "orderId", "PID", "identifier", "SEQN", "Color Index"]
    )
    func judgesIdentifiersAsText(name: String) throws {
        let distinct = try column(name) { "\(10_006 + $0 * 37 % 41)" }
        #expect(distinct.kind == .ignored && distinct.role == .identifier)
        #expect(distinct.reason == "an identifier, by its name")
        // Every fourth row of the same customer, in any order.
        let repeated = try column(name, 200) { "\(500 - $0 * 37 % 50)" }
        #expect(repeated.role == .identifier)
        // Groups of many rows are levels.
        let groups = try column(name, 200) { "\(7 + $0 * 3 % 8)" }
        #expect(groups.kind == .categorical && groups.role == nil)
        #expect(groups.reason == "codes by the column's name of 8 levels")
        let asked = ReadingOptions(numericColumns: [name])
        #expect(try column(name, options: asked) { "\(10_006 + $0 * 7)" }.kind == .numeric)
        #expect(try column(name) { "\(Double($0 * 37 % 41) / 4)" }.kind == .numeric)
        #expect(try column(name) { "\($0 * 3 % 2)" }.kind == .numeric)
    }

    @Test("whole numbers under a name such as code or zip are judged as text is")
    func judgesCodesAsText() throws {
        let few = try column("status_code") { "\([200, 301, 404, 500][$0 % 4])" }
        #expect(few.kind == .categorical)
        let many = try column("Postal Code") { "\(10_006 + $0 * 1_237 % 9_001)" }
        #expect(many.kind == .ignored && many.role == nil)
        #expect(many.reason == "codes by the column's name, different in every row")
        #expect(try column("decode_time_ms") { "\($0 * 37 % 41)" }.kind == .numeric)
    }

    @Test("whole numbers that rise by 1 in every row are row numbers, wherever they begin")
    func findsRowNumbers() throws {
        let found = try column("x") { "\($0 + 62_161)" }
        #expect(found.role == .identifier)
        #expect(found.reason == "row numbers, counting up from 62161")
        #expect(try column("x") { "\($0 - 12)" }.role == .identifier)
        #expect(try column("x") { "\($0 == 30 ? 99 : $0 + 62_161)" }.kind == .numeric)
        #expect(try column("x", 19) { "\($0 + 62_161)" }.kind == .numeric)
    }

    @Test("integers of one width with leading zeros are codes beside another text too")
    func findsCodes() throws {
        let found = try column("docket") { $0 == 17 ? "70-3103" : "0500\(1_000 + $0 * 7)" }
        #expect(found.kind == .ignored)
        #expect(found.reason == "codes with leading zeros, different in every row")
        let letters = try column("flight") {
            "\(40 + $0 * 7 % 30)\("ABC".dropFirst($0 % 3).first ?? "A")"
        }
        #expect(letters.reason.hasPrefix("text"))
        #expect(letters.concern == nil)
    }

    @Test("numbers that are lost among texts are a concern, however many the texts are")
    func warnsOfLostNumbers() throws {
        let marked = try column("value") { "\($0).25\($0 % 5 == 0 ? "*" : "")" }
        #expect(marked.kind == .ignored)
        #expect(
            try #require(marked.concern).hasPrefix(
                "32 of 40 values are numbers, and \"0.25*\" in line 2 is the first that is none; write all as numbers"
            )
        )
        let limits = try column("ppm", 80) { $0 % 2 == 0 ? "<0.0\($0 % 3)" : "0.\($0 % 50)" }
        #expect(limits.kind == .categorical)
        #expect(try #require(limits.concern).contains("give --missing \"<0.00\""))
        // Few levels are a category that begins with digits.
        #expect(try column("grade") { $0 % 4 == 0 ? "K" : "\($0 % 4)" }.concern == nil)
        #expect(try column("stay") { "\($0 * 37 % 41) to \($0)" }.concern == nil)
        let asked = ReadingOptions(categoricalColumns: ["value"])
        #expect(
            try column("value", options: asked) { "\($0).25\($0 % 5 == 0 ? "*" : "")" }.concern
                == nil
        )
    }

    @Test("a column that is named after times and written in an unknown form is a concern")
    func warnsOfUnknownTimes() throws {
        let found = try column("month") { "\($0 % 12 + 1)/\(86 + $0 / 12)" }
        #expect(
            try #require(found.concern).hasPrefix(
                "by its name it holds times, and \"1/86\" is in no form that is understood; write it as"
            )
        )
        #expect(try column("month") { "M\($0)/1" }.concern == nil)
        #expect(try column("date") { $0 == 20 ? "n" : "2024-01-\(10 + $0 % 20)" }.concern == nil)
    }

    @Test("a name alone, or growth alone, says too little")
    func leavesMeasurements() throws {
        #expect(try column("flow") { "\(10_006 + $0 * 7)" }.kind == .numeric)
        #expect(try column("number") { "\($0 * 37 % 41)" }.kind == .numeric)
        #expect(try column("time") { "\(Double($0 * 37 % 41) / 3)" }.kind == .numeric)
        #expect(try column("year") { "\(1950 + $0 * 37 % 41)" }.kind == .numeric)
        #expect(try column("amount") { "\(1_700_000_000 + $0 * 37 % 41)" }.kind == .numeric)
    }

    @Test(
        "numbers since 1970",
        arguments: [
            (1, "seconds"), (1_000, "milliseconds"), (1_000_000, "microseconds"),
            (1_000_000_000, "nanoseconds"),
        ]
    )
    func findsEpochs(scale: Int, unit: String) throws {
        let growing = try column("x") { "\((1_700_000_000 + $0 * 60) * scale)" }
        #expect(growing.role == .time)
        #expect(growing.reason == "\(unit) since 1970, growing")
        let mixed = try column("created_at") { "\((1_700_000_000 + $0 * 37 % 41) * scale)" }
        #expect(mixed.role == .time)
    }

    @Test("dates written as digits")
    func findsCompactDates() throws {
        let days = try column("d") { "202410\($0 % 31 + 1 < 10 ? "0" : "")\($0 % 31 + 1)" }
        #expect(days.role == .time)
        #expect(days.reason == "dates written yyyymmdd, as in \"20241001\"")
        #expect(
            try column("month") { "\(201_001 + $0 / 12 * 100 + $0 % 12)" }.reason.hasPrefix(
                "dates written yyyymm,"
            )
        )
        #expect(
            try column("date") { "0811\($0 % 30 + 1 < 10 ? "0" : "")\($0 % 30 + 1)" }.role == .time
        )
        #expect(try column("d") { "\(20_241_301 + $0 * 3)" }.kind == .numeric)
    }

    @Test("days as Excel counts them, years, and elapsed time")
    func findsOtherTimes() throws {
        #expect(
            try column("Date") { "\(45_566 + Double($0) / 24)" }.reason.hasPrefix(
                "days as Excel counts them"
            )
        )
        #expect(try column("load") { "\(45_566 + Double($0 * 7 % 11) / 24)" }.kind == .numeric)
        #expect(try column("Year", 60) { "\(1950 + $0)" }.reason == "years that never fall")
        #expect(try column("year") { "\(1565 + $0).0" }.reason == "years that never fall")
        #expect(try column("date") { "\(1851.25 + Double($0) / 12)" }.role == .timeOrder)
        #expect(try column("week") { "\(3 + $0 * 3 / 2)" }.role == .timeOrder)
        #expect(try column("years_employed") { "\(Double($0) / 4)" }.kind == .numeric)
        #expect(
            try column("Time") { "\($0 * 3 / 2)" }.reason
                == "a time, by its name and as it never falls"
        )
    }

    @Test(
        "months, quarters, weeks and named months are times",
        arguments: [
            "1949-01", "2024/3", "01/2024", "2024M01", "2024Q1", "2024-Q3", "Q4 2024", "2024-W05",
            "Jan 2024",
            "January 2024", "Jan-24", "2024 Feb", "31-Jan-2024", "3 March 2024", "Mar 3, 2024",
            "03-Mar-24 13:05", "2024-Sep-30 13:05:09", "20240525 13:30:00.023", "20240525T135959",
            "20240525-13:59", "20240525_135959", "Sat, 25 May 2024 15:11:58 -0500",
            "01/May/2024:10:00:15 +0200", "Wed May  1 10:00:15 2024",
            "Wed May 1 10:00:15 CEST 2024",
            "Wed May 01 2024 10:00:15 GMT+0200 (Central European Summer Time)",
            "2024-05-01 10:00:15 CEST", "2024-05-01 10.00.15", "Wednesday, May 1, 2024",
            "2024-05-01T100015Z",
        ]
    )
    func findsCalendarTexts(text: String) throws {
        let found = try column("v") { $0 == 0 ? "2024-05" : text }
        #expect(found.role == .time, "\(found.reason)")
    }

    @Test(
        "other texts are none",
        arguments: [
            "2024-13", "Q5 2024", "May", "Mayor 2024", "2024-W54", "13 apples", "AB-12", "12-34",
            "1-2024 x", "Sunday", "Sun 12", "20241345 10:00", "20240525 1", "10.00.15", "20240525",
            "May be 12:30 2024", "Fri, maybe", "2024-05-01 10.00.15 somewhere",
        ]
    )
    func leavesOtherTexts(text: String) throws {
        #expect(try column("v") { $0 % 2 == 0 ? text : "other" }.role == nil)
        #expect(try column("v") { _ in text }.role == nil)
    }
}
