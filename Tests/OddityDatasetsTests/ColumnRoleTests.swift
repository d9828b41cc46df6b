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
            "order_id", "orderId", "Order No", "invoice-number", "Ticket", "seq", "customer key",
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
        #expect(try column("d") { "\(20_241_301 + $0)" }.kind == .numeric)
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
            "03-Mar-24 13:05",
            "2024-Sep-30 13:05:09",
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
            "1-2024 x",
        ]
    )
    func leavesOtherTexts(text: String) throws {
        #expect(try column("v") { $0 % 2 == 0 ? text : "other" }.role == nil)
        #expect(try column("v") { _ in text }.role == nil)
    }
}
