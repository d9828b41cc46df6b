import Foundation
import OddityDatasets
import Testing

@Suite("Times")
struct TimestampTests {
    private func detected(_ texts: [String?]) throws -> TimestampFormat? {
        try TimestampFormat.detected(in: Column("time", text: texts), file: "a.csv")
    }

    /// The time of the last text in the format of all.
    private func read(_ texts: String...) throws -> String? {
        let format = try #require(try detected(texts))
        return format.instant(of: texts[texts.count - 1]).map { "\($0)" }
    }

    @Test("dates of all forms are read")
    func readsDates() throws {
        #expect(try read("2020-03-09 10:14:33") == "2020-03-09T10:14:33Z")
        #expect(try read("2020-03-09T10:14:33.123456789Z") == "2020-03-09T10:14:33.123456789Z")
        #expect(try read("2020-03-09T10:14:33.5+02:00") == "2020-03-09T08:14:33.500Z")
        #expect(try read("2020-03-09T10:14:33-0530") == "2020-03-09T15:44:33Z")
        #expect(try read("2020-03-09") == "2020-03-09T00:00:00Z")
        #expect(try read("2024/2/29 7:05") == "2024-02-29T07:05:00Z")
        #expect(try read("3.4.2021 13:05:09") == "2021-04-03T13:05:09Z")
        #expect(try read("1/31/2024 1:05 PM") == "2024-01-31T13:05:00Z")
        #expect(try read("1/31/2024 12:00:01 AM") == "2024-01-31T00:00:01Z")
        #expect(try read("1/31/69 12:00") == "1969-01-31T12:00:00Z")
        #expect(try read("20200309 10:14:33.25") == "2020-03-09T10:14:33.250Z")
        #expect(try read("20200309T101433Z") == "2020-03-09T10:14:33Z")
        #expect(try read("2020-03-09 10.14") == "2020-03-09T10:14:00Z")
        #expect(try read("Mon, 09 Mar 2020 10:14:33 -0500") == "2020-03-09T15:14:33Z")
        #expect(try read("09/Mar/2020:10:14:33 +0200") == "2020-03-09T08:14:33Z")
        #expect(try read("Mon Mar  9 10:14:33 2020") == "2020-03-09T10:14:33Z")
        #expect(
            try read("Mon Mar 09 2020 10:14:33 GMT+0100 (CET)") == "2020-03-09T09:14:33Z"
        )
        #expect(try read("31/12/2023 23:59", "1/2/2024 0:00") == "2024-02-01T00:00:00Z")
        #expect(try read("12/31/2023 23:59", "1/2/2024 0:00") == "2024-01-02T00:00:00Z")
        #expect(try read("1969-12-31T23:59:59.999Z") == "1969-12-31T23:59:59.999Z")
        #expect(try read("1900-02-28 23:59:60") == "1900-03-01T00:00:00Z")
    }

    @Test("the unit of numbers is told by their size, and no digit is lost")
    func readsNumbers() throws {
        #expect(try read("1583748873") == "2020-03-09T10:14:33Z")
        #expect(try read("1583748873.123456789") == "2020-03-09T10:14:33.123456789Z")
        #expect(try read("1583748873123") == "2020-03-09T10:14:33.123Z")
        #expect(try read("1583748873123.5") == "2020-03-09T10:14:33.123500Z")
        #expect(try read("1583748873123456") == "2020-03-09T10:14:33.123456Z")
        #expect(try read("1583748873123456789") == "2020-03-09T10:14:33.123456789Z")
        #expect(try read("0", "1", "2.5") == "1970-01-01T00:00:02.500Z")
        #expect(try read("-0.5") == "1969-12-31T23:59:59.500Z")
        #expect(try read("1.5e9") == "2017-07-14T02:40:00Z")
        let numbers = Column("time", [1_583_748_873_123, .nan, 1_583_748_874_123])
        let format = try #require(try TimestampFormat.detected(in: numbers))
        #expect(format.shape == .milliseconds)
        #expect(try detected([nil, nil]) == nil)
    }

    @Test(
        "a time reads back from its text and from JSON",
        arguments: [
            0, 1, -1, 999_999_999, -1_000_000_000, .max, .min, 4_107_542_400_000_000_000,
        ] as [Int64]
    )
    func roundTrips(nanoseconds: Int64) throws {
        let instant = Instant(nanoseconds: nanoseconds)
        let format = TimestampFormat(shape: .yearMonthDay, hasOffset: true)
        #expect(format.instant(of: "\(instant)") == instant)
        let data = try JSONEncoder().encode([instant])
        #expect(try JSONDecoder().decode([Instant].self, from: data) == [instant])
    }

    @Test("every day from 1890 to 2110 follows the one before")
    func knowsTheCalendar() throws {
        let format = TimestampFormat(shape: .yearMonthDay, hasOffset: true)
        for day in -29_200...51_100 {
            let instant = Instant(nanoseconds: Int64(day) * 86_400_000_000_000)
            #expect(format.instant(of: "\(instant)") == instant)
        }
        #expect("\(Instant(nanoseconds: 11_016 * 86_400_000_000_000))" == "2000-02-29T00:00:00Z")
    }

    @Test("day and month that nothing tells apart are refused where it matters")
    func refusesAmbiguity() throws {
        #expect(code { _ = try detected(["1/2/2024", "3/4/2024"]) } == .ambiguousTime)
        #expect(code { _ = try detected(["13/2/2024", "2/13/2024"]) } == .mixedTimes)
        #expect(try detected(["5/5/2024 10:00", "5/5/2024 11:00"]) != nil)
        do {
            _ = try detected(["5/5/2024", nil, "1/2/2024"])
            Issue.record("an ambiguous date was read")
        } catch {
            #expect("\(error)".hasPrefix("a.csv: row 3: column \"time\": \"1/2/2024\" may begin"))
            #expect("\(error)".contains("(day/month/year or month/day/year)"))
        }
    }

    @Test("what is no time, or is written in two ways, names its row")
    func refusesText() throws {
        #expect(code { _ = try detected(["soon"]) } == .invalidTime)
        #expect(code { _ = try detected(["2024-01-01", "12:30"]) } == .invalidTime)
        #expect(code { _ = try detected(["2024-01-01", "1704067200"]) } == .invalidTime)
        #expect(code { _ = try detected(["1704067200", "2024-01-01"]) } == .invalidTime)
        #expect(code { _ = try detected(["2024-01-01T00:00+99:00"]) } == .invalidTime)
        #expect(
            code { _ = try detected(["2024-01-01T00:00Z", "2024-01-01 00:01"]) } == .mixedTimes
        )
        #expect(code { _ = try detected(["2024-01-01", "02.01.2024"]) } == .mixedTimes)
        #expect(code { _ = try detected(["1704067200", "1704067201000"]) } == .mixedTimes)
    }

    @Test("times without a date or without a year are refused with what they lack")
    func tellsWhatIsMissing() throws {
        func message(_ text: String) -> String {
            do {
                _ = try detected([text])
                return ""
            } catch { return "\(error)" }
        }
        let place = "a.csv: row 1: column \"time\": "
        #expect(
            message("13:05")
                == place
                + "\"13:05\" is a time of day without a date; write times as 2024-01-31 13:05:09"
        )
        #expect(
            message("Nov  3 13:05:09")
                == place + "\"Nov  3 13:05:09\" has no year; write times as 2024-01-31 13:05:09"
        )
    }

    @Test("times of day are read where they will do, and not beside dates")
    func readsTimesOfDay() throws {
        func format(_ texts: [String]) throws -> TimestampFormat? {
            try TimestampFormat.detected(
                in: Column("at", text: texts),
                allowsTimesOfDay: true
            )
        }
        let found = try #require(try format(["13:05", "1:05:09 PM"]))
        #expect(found.shape == .timeOfDay && !found.hasOffset)
        #expect(found.instant(of: "13:05")?.nanoseconds == 47_100_000_000_000)
        #expect(found.instant(of: "24:00") == nil)
        #expect(found.instant(of: "2024-01-31 13:05") == nil)
        #expect(try format(["2024-01-31"])?.shape == .yearMonthDay)
        #expect(code { _ = try format(["13:05", "2024-01-31 13:05"]) } == .mixedTimes)
        #expect(code { _ = try format(["2024-01-31", "13:05"]) } == .mixedTimes)
    }

    @Test(
        "what the calendar or 64 bits do not have is no time",
        arguments: [
            "2023-02-29", "2024-13-01", "2024-00-10", "2024-01-32", "2024-01-01 24:00",
            "2024-01-01 10:60", "2024-01-01 13:00 PM", "2024-01-01 0:00 AM", "9999-12-31",
            "0001-01-01",
            "2024-01-01 10:00 CET", "",
        ]
    )
    func refusesImpossible(text: String) {
        #expect(TimestampFormat(shape: .yearMonthDay).instant(of: text) == nil)
    }

    @Test(
        "numbers beyond 64 bits are no times",
        arguments: [
            "99999999999999999999", "9223372037", "1e300", "-1e300", "nan", "inf", "--1", "-",
            ".",
            "1_000",
        ]
    )
    func refusesLargeNumbers(text: String) {
        #expect(TimestampFormat(shape: .seconds).instant(of: text) == nil)
    }
}

@Suite("Times that are no seconds since 1970")
struct OtherTimestampTests {
    private func first(_ texts: [String], name: String = "time") throws -> (
        String, TimestampFormat.Shape
    ) {
        let format = try #require(try TimestampFormat.detected(in: Column(name, text: texts)))
        return (format.instant(of: texts[0]).map { "\($0)" } ?? "", format.shape)
    }

    @Test("digits that are dates")
    func readsDigits() throws {
        #expect(try first(["19580329", "19580405"]) == ("1958-03-29T00:00:00Z", .compactDate))
        #expect(try first(["081111", "081112"]) == ("2008-11-11T00:00:00Z", .compactShortDate))
        #expect(try first(["201004", "201005"]) == ("2010-04-01T00:00:00Z", .compactMonth))
        #expect(try first(["20240131130509"]) == ("2024-01-31T13:05:09Z", .compactSecond))
        #expect(try first(["202401311305"]) == ("2024-01-31T13:05:00Z", .compactMinute))
        #expect(try first(["1700000000", "1700000060"]).1 == .seconds)
        #expect(try first(["0", "1", "2"]).1 == .seconds)
    }

    @Test("digits in a column of numbers")
    func readsNumbers() throws {
        let format = try #require(
            try TimestampFormat.detected(in: Column("d", [19_580_329, 19_580_405]))
        )
        #expect(format.shape == .compactDate)
        #expect(format.instant(of: "19580329").map { "\($0)" } == "1958-03-29T00:00:00Z")
    }

    @Test("days as Excel counts them, to the second, and years")
    func readsDays() throws {
        let hours = ["45566.00000", "45566.04167", "45566.08333"]
        let format = try #require(try TimestampFormat.detected(in: Column("time", text: hours)))
        #expect(format.shape == .excelDays)
        #expect(
            hours.map { "\(format.instant(of: $0)!)" } == [
                "2024-10-01T00:00:00Z", "2024-10-01T01:00:00Z", "2024-10-01T02:00:00Z",
            ]
        )
        #expect(try first(["45566", "45567"], name: "Date").1 == .excelDays)
        #expect(try first(["45566", "45567"], name: "elapsed").1 == .seconds)
        #expect(try first(["1949", "1950"], name: "Year") == ("1949-01-01T00:00:00Z", .year))
    }

    @Test("texts with months, quarters and weeks")
    func readsCalendarTexts() throws {
        for (text, expected) in [
            ("1949-01", "1949-01-01"), ("2024Q3", "2024-07-01"), ("Q2 2024", "2024-04-01"),
            ("Jan 2024", "2024-01-01"),
            ("31-Jan-2024", "2024-01-31"), ("2024-W01", "2024-01-01"), ("2021-W01", "2021-01-04"),
            ("2024-W53", "2024-12-30"),
        ] {
            #expect(try first([text]).0 == expected + "T00:00:00Z", "\(text)")
        }
        #expect(try first(["31-Jan-2024 13:05"]).0 == "2024-01-31T13:05:00Z")
    }
}
