import Foundation
import Testing

@testable import OddityDatasets

@Suite("Time zones")
struct TimeZoneTests {
    private func berlin() throws -> TimeZoneRules { try TimeZoneRules(named: "Europe/Berlin") }

    private func instant(_ text: String) throws -> Instant {
        try #require(TimestampFormat(shape: .yearMonthDay).instant(of: text))
    }

    @Test(
        "times of a clock become UTC, by the offset of their day",
        arguments: [
            ("2024-01-15 12:00", "2024-01-15T11:00:00Z"),
            ("2024-07-15 12:00", "2024-07-15T10:00:00Z"),
            ("2024-03-31 01:59", "2024-03-31T00:59:00Z"),
            ("2024-03-31 03:00", "2024-03-31T01:00:00Z"),
            // Passed over as clocks go forward.
            ("2024-03-31 02:30", "2024-03-31T01:30:00Z"),
            // There twice as they go back: the first.
            ("2024-10-27 02:30", "2024-10-27T00:30:00Z"),
            ("2024-10-27 03:00", "2024-10-27T02:00:00Z"),
            ("1945-06-01 12:00", "1945-06-01T09:00:00Z"),
            ("2095-07-01 12:00", "2095-07-01T10:00:00Z"),
            ("2095-12-01 12:00", "2095-12-01T11:00:00Z"),
        ]
    )
    func readsLocalTimes(_ local: String, _ expected: String) throws {
        let found = try berlin().instant(ofLocal: instant(local))
        #expect(found.map { "\($0)" } == expected)
    }

    @Test("the hour that is there twice has a later reading, and no other")
    func readsLater() throws {
        let zone = try berlin()
        let first = try #require(zone.instant(ofLocal: instant("2024-10-27 02:30")))
        let second = try #require(zone.laterReading(of: first))
        #expect("\(second)" == "2024-10-27T01:30:00Z")
        #expect(zone.laterReading(of: second) == nil)
        #expect(zone.laterReading(of: try instant("2024-10-27 05:00")) == nil)
    }

    @Test("zones of the south, of half hours, and without summer time")
    func readsOthers() throws {
        func utc(_ local: String, _ zone: String) throws -> String? {
            try TimeZoneRules(named: zone).instant(ofLocal: instant(local)).map { "\($0)" }
        }
        #expect(try utc("2050-01-01 12:00", "Australia/Sydney") == "2050-01-01T01:00:00Z")
        #expect(try utc("2050-07-01 12:00", "Australia/Sydney") == "2050-07-01T02:00:00Z")
        #expect(try utc("2024-07-01 12:00", "Asia/Kolkata") == "2024-07-01T06:30:00Z")
        #expect(try utc("2024-07-01 12:00", "UTC") == "2024-07-01T12:00:00Z")
        #expect(try utc("2024-07-01 12:00", "America/New_York") == "2024-07-01T16:00:00Z")
    }

    @Test(
        "names that are none",
        arguments: ["", "Berlin", "../../etc/passwd", "/etc/passwd", "Europe", "Europe/"]
    )
    func refusesNames(_ name: String) {
        #expect(code { _ = try TimeZoneRules(named: name) } == .unknownTimeZone)
    }

    @Test("files that are none")
    func refusesFiles() {
        #expect(TimeZoneFile([]) == nil)
        let header = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 39)
        #expect(TimeZoneFile(header) == nil)
        #expect(TimeZoneFile(header + header) == nil)
        #expect(TimeZoneFile(Array("TZif2".utf8) + [UInt8](repeating: 0xFF, count: 200)) == nil)
    }

    @Test("times without an offset are shown without one")
    func showsLocalTimes() throws {
        let time = try instant("2024-10-27 02:30")
        #expect(
            time.text(isLocal: TimestampFormat(shape: .yearMonthDay).isLocal)
                == "2024-10-27T02:30:00"
        )
        #expect(
            time.text(isLocal: TimestampFormat(shape: .seconds).isLocal) == "2024-10-27T02:30:00Z"
        )
        #expect(
            time.text(isLocal: TimestampFormat(shape: .yearMonthDay, hasOffset: true).isLocal)
                == "2024-10-27T02:30:00Z"
        )
    }
}
