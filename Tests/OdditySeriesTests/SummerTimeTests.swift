import Foundation
import OddityDatasets
import OdditySeries
import Testing

@Suite("Series over the end of summer time")
struct SummerTimeTests {
    private func berlin() throws -> TimeZoneRules { try TimeZoneRules(named: "Europe/Berlin") }

    @Test("a series over the end of summer time is regular in its zone")
    func followsSummerTime() throws {
        let hours = ["00:00", "01:00", "02:00", "02:00", "03:00", "04:00", "05:00", "06:00"]
        let table = try series(hours.map { "2024-10-27 " + $0 })
        var options = SeriesOptions(timeColumn: "time")
        #expect(code { _ = try TimeSeries(table, options: options) } == .duplicateTime)
        options.timeZone = try berlin()
        let found = try TimeSeries(table, options: options)
        #expect(found.clock.interval == 3_600 * second)
        #expect(
            found.instants.map { "\($0)" }.prefix(4) == [
                "2024-10-26T22:00:00Z", "2024-10-26T23:00:00Z", "2024-10-27T00:00:00Z",
                "2024-10-27T01:00:00Z",
            ]
        )
        let read = try JSONDecoder().decode(
            SeriesClock.self,
            from: JSONEncoder().encode(found.clock)
        )
        #expect(read == found.clock)
    }

    @Test("the message about such an hour names the zone, and times with an offset need none")
    func tellsSummerTime() throws {
        let twice = try series([
            "2024-10-27 01:00", "2024-10-27 02:00", "2024-10-27 02:00", "2024-10-27 03:00",
        ])
        do {
            _ = try TimeSeries(twice, options: SeriesOptions(timeColumn: "time"))
            Issue.record("nothing was thrown")
        } catch {
            #expect(
                "\(error)".contains("one hour is there twice as summer time ends: give --time-zone")
            )
        }
        var options = SeriesOptions(timeColumn: "time")
        options.timeZone = try berlin()
        let zoned = try series(["2024-10-27T01:00Z", "2024-10-27T02:00Z", "2024-10-27T03:00Z"])
        #expect(code { _ = try TimeSeries(zoned, options: options) } == .conflictingOptions)
    }
}
