import Testing

@testable import OddityDatasets

@Suite("Lengths of time")
struct DurationTests {
    private func seconds(_ text: String, _ form: NumberNotation.DurationForm) -> ParsedNumber {
        var text = text
        let notation = NumberNotation(affixes: [], durations: form)
        return text.withUTF8 { notation.parse($0) }
    }

    @Test(
        "by the clock, by units, and by ISO 8601",
        arguments: [
            ("1:02:03", 3_723), ("00:00:01.25", 1.25), ("26:10:05", 94_205), ("-0:30:00", -1_800),
            ("0 days 00:00:01", 1), ("2 days 03:04:05.500000", 183_845.5),
            ("1 day, 2:03:04", 93_784),
            ("-1 days +23:59:59", -1), ("2-03:04:05", 183_845), ("1d 00:00:10", 86_410),
            ("2h 58m", 10_680), ("1m30.5s", 90.5), ("3 hours 4 min", 11_040), ("250 ms", 0.25),
            ("1 week, 2 days", 777_600), ("2 minutes and 5 seconds", 125), ("1h", 3_600),
            ("1µs", 1e-6),
            ("PT8M30S", 510), ("P2DT3S", 172_803), ("pt1.5h", 5_400), ("-PT10S", -10),
            ("P1W", 604_800),
        ]
    )
    func reads(_ text: String, _ expected: Double) {
        #expect(seconds(text, .hours) == .number(expected))
        #expect(seconds(text, .minutes) == .number(expected))
    }

    @Test("two groups are hours and minutes, or minutes and seconds")
    func readsTwoGroups() {
        #expect(seconds("1:30", .hours) == .number(5_400))
        #expect(seconds("1:30", .minutes) == .number(90))
        #expect(seconds("6:22.5", .minutes) == .number(382.5))
    }

    @Test(
        "other texts are none",
        arguments: [
            "", "5", "12.5", "1:60", "1:2", "1:02:03:04", "1:02:60", "2024-01-31",
            "2024-01-31 13:05:09", "13:05:09Z",
            "1:30 PM", "P", "PT", "P1Y", "P2M", "PT1S2M", "1h 2h", "5m 2h", "2 parsecs", "h",
            "10:00-12:00", "1:02.", "12-05:30",
        ]
    )
    func refuses(_ text: String) {
        #expect(seconds(text, .hours) == .invalid)
    }

    private func column(
        _ name: String,
        options: ReadingOptions = ReadingOptions(),
        count: Int = 40,
        _ text: (Int) -> String
    ) throws -> ColumnSchema {
        let rows = (0..<count).map { "\"\(text($0))\",\($0 * 7 % 5).5\n" }.joined()
        return try #require(try summarize("\(name),other\n" + rows, options: options).schema[name])
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    @Test("what nothing else looks like is a length of time under any name")
    func findsCertain() throws {
        let days = try column("x") { "\($0 % 3) days 0\($0 % 7):10:00" }
        #expect(days.kind == .numeric && days.notation?.durations == .hours)
        #expect(days.reason == "lengths of time, in seconds")
        #expect(try column("x") { "\($0 % 3)h \($0 * 7 % 60)m" }.notation?.durations == .hours)
        #expect(try column("x") { "PT\($0 * 7 % 60)M" }.notation?.durations == .hours)
        let laps = try column("x") { "1:\(two($0 * 7 % 60)).\($0 % 10)" }
        #expect(laps.notation?.durations == .minutes)
        #expect(laps.reason == "lengths of time, in seconds, with two groups read as m:ss")
        #expect(try column("x") { "\($0 * 7 % 60):1\($0 % 10)" }.notation?.durations == .minutes)
        #expect(
            try column("x") { "\(20 + $0 * 7 % 13):10:0\($0 % 10)" }.notation?.durations == .hours
        )
    }

    @Test(
        "what a clock may show is a time of day, but under a name such as duration or where it is asked for"
    )
    func tellsTimesOfDay() throws {
        let clock = { (row: Int) in "\(two(row * 7 % 24)):0\(row % 10):00" }
        let times = try column("at", clock)
        #expect(times.kind == .ignored && times.role == .timeOfDay)
        #expect(
            times.reason == "times of day; --numeric \"at\" reads them as lengths of time"
        )
        #expect(try column("Trip Duration", clock).notation?.durations == .hours)
        let asked = try column("at", options: ReadingOptions(numericColumns: ["at"]), clock)
        #expect(asked.kind == .numeric && asked.notation?.durations == .hours)
        #expect(asked.reason == "as asked: lengths of time, in seconds")
        #expect(try column("at") { clock($0) + "Z" }.reason == "times of day")
        let dated = try column("when") { "202405\(two($0 % 28 + 1))-13:00:0\($0 % 7)" }
        #expect(dated.role == .time)
        // The end of a day is none.
        #expect(try column("at") { $0 == 3 ? "24:00:00" : clock($0) }.kind == .ignored)
    }

    @Test("lengths of time that never fall, under a name such as elapsed, are times")
    func findsElapsed() throws {
        let elapsed = try column("elapsed") { "00:\(two($0)):00" }
        #expect(elapsed.kind == .ignored && elapsed.role == .undatedTime)
        #expect(elapsed.reason == "a time, by its name and as it never falls")
        // The results of a race are in order too.
        #expect(try column("laptime") { "1:\(two($0)):00.5" }.kind == .numeric)
    }

    @Test("words for missing ones, seconds without minutes, and slips")
    func readsOthers() throws {
        let mixed = try summarize(
            "lap,other\n"
                + (0..<40).map {
                    "\($0 == 3 ? "n.a." : $0 % 2 == 0 ? "5\($0 % 10).5" : "1:0\($0 % 10).5"),\($0 % 7)\n"
                }.joined()
        )
        let lap = try #require(mixed.schema["lap"])
        #expect(lap.kind == .numeric && lap.notation?.durations == .minutes)
        #expect(lap.notation?.affixes == [""])
        #expect(mixed.statistics[0].missingCount == 1)
        #expect(mixed.statistics[0].maximum == 69.5)
        let slip = try column("lap") { $0 == 7 ? "fell" : "1:0\($0 % 10).5" }
        #expect(slip.kind == .numeric && slip.notation?.missingTexts == ["fell"])
        #expect(slip.concern?.contains("\"fell\", the first in line 9") == true)
        // Hours beside plain numbers are of two units.
        #expect(
            try column("took") { $0 % 2 == 0 ? "\($0 + 5)" : "1 days 0\($0 % 10):00:00" }.kind
                != .numeric
        )
        // A unit alone may be metres.
        #expect(try column("x") { "\($0 + 1) m" }.notation?.durations == nil)
        #expect(try column("duration") { "\($0 + 1) m" }.notation?.durations == nil)
    }

    @Test("rows are read in seconds, and what is no length of time is refused")
    func readsRows() throws {
        let rows = (0..<30).map { "\($0 % 4)h \($0)m,\($0 % 5)\n" }.joined()
        let table = try readTable("took,x\n" + rows)
        #expect(table["took"]?.numbers?.prefix(3) == [0, 3_660, 7_320])
        #expect(seconds("0", .hours) == .invalid)
        #expect(seconds("5", .hours) == .invalid)
        #expect(seconds("x", .hours) == .invalid)
    }

    @Test("a mark beside empty cells is a level, and words for missing values alone are nothing")
    func readsMarks() throws {
        let marks = try column("flag") { $0 % 5 == 0 ? "*" : "" }
        #expect(marks.kind == .categorical && marks.reason == "marks of 1 level")
        #expect(try column("flag") { $0 % 5 == 0 ? "-" : "" }.reason == "no values")
    }

    @Test("times without a year are times that no calendar knows")
    func findsTimesWithoutYear() throws {
        let found = try column("x") { "Nov \($0 < 9 ? " " : "")\(1 + $0 % 28) 0\($0 % 10):00:00" }
        #expect(found.kind == .ignored && found.role == .undatedTime)
        #expect(found.reason == "times without a year")
        #expect(try column("elapsed") { "\($0 * 10)" }.role == .timeOrder)
    }
}
