import Foundation
import OddityDatasets
import OdditySeries
import TestSupport
import Testing

@Suite("Series to fit on")
struct TimeSeriesTests {
    private func fit(
        _ table: Table,
        _ change: (inout SeriesOptions) -> Void = { _ in }
    ) throws -> TimeSeries {
        var options = SeriesOptions(timeColumn: "time")
        change(&options)
        return try TimeSeries(table, options: options, file: "a.csv")
    }

    /// The description of the error of a fit.
    private func message(
        _ table: Table,
        _ change: (inout SeriesOptions) -> Void = { _ in }
    ) -> String {
        do {
            _ = try fit(table, change)
            return "none"
        } catch {
            return "\(error)"
        }
    }

    @Test("the steps of each entity lie together, in segments between gaps")
    func makesSegments() throws {
        let times = seconds([0, 0, 1, 1, 2, 2, 3, 3, 60, 4, 61])
        let names = ["b", "a", "b", "a", "b", "a", "b", "a", "b", "a", "b"]
        let result = try fit(series(times, entities: names)) { $0.entityColumn = "machine" }
        #expect(result.entities.map(\.name) == ["b", "a"])
        #expect(result.entities.map(\.segments) == [[0..<4, 4..<6], [6..<11]])
        #expect(result.segments == [0..<4, 4..<6, 6..<11])
        #expect(result.values["x"]?.numbers == [0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9])
        #expect(result.steps == [0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5])
        #expect(result.clock.interval == second && result.clock.format?.shape == .yearMonthDay)
        #expect(result.instants.count == 11)
        let data = try JSONEncoder().encode(result.clock)
        #expect(try JSONDecoder().decode(SeriesClock.self, from: data) == result.clock)
    }

    @Test("jitter, lost samples and a gap are regular; events and two rates are not")
    func judgesSampling() throws {
        var generator = Draws(state: 3)
        let jitter = (0..<200).map { Double($0) + Double(generator.next() % 100) / 250 }
        let times = { (values: [Double]) in values.map { "\(1_704_067_200 + $0)" as String? } }
        let jittered = try fit(series(times(jitter)))
        #expect(jittered.segments == [0..<200])

        let lost = (0..<200).filter { $0 % 20 != 7 }.map { $0 < 150 ? $0 : $0 + 70 }
        #expect(try fit(series(seconds(lost))).segments.count == 2)

        var time = 0.0
        let events = (0..<200).map { _ in
            time += -log(Double(generator.next() % 10_000 + 1) / 10_001)
            return time
        }
        #expect(code { _ = try fit(series(times(events))) } == .irregularSampling)
        #expect(try fit(series(times(events))) { $0.sampling = .accept }.values.rowCount == 200)
        let resampled = try fit(series(times(events))) {
            $0.sampling = .resample(interval: second / 2)
        }
        #expect(resampled.clock.gridInterval == second / 2)
        let steps = zip(resampled.instants.dropFirst(), resampled.instants)
        #expect(steps.filter { $0.nanoseconds - $1.nanoseconds != second / 2 }.count <= 5)
        let twoRates = try series(seconds((0..<20).map { $0 < 12 ? 2 * $0 : 12 + $0 }))
        #expect(
            message(twoRates)
                == "a.csv: row 14: column \"time\": 7 of 19 steps (37 %) are half of the median of"
                + " 2 s or less, the first with 1 s before this row, and no more than"
                + " 10 % may; resample the series (--sampling resample, or an interval such as 1min), or take"
                + " each row as one step (--sampling accept)"
        )
    }

    @Test("lost rows, coarse clocks and weekends are taken as they are, and told")
    func passesOverLostRows() throws {
        func note(
            _ times: [Int],
            _ sampling: SeriesOptions.SamplingPolicy = .refuse
        ) throws -> String? {
            let table = try series(seconds(times))
            let options = SeriesOptions(timeColumn: "time", sampling: sampling)
            let result = try TimeSeries(table, options: options, file: "a.csv")
            #expect(result.values.rowCount == times.count && result.segments.count <= 2)
            return try TimeSeries.samplingNote(of: table, options: options, file: "a.csv")
        }
        // A clock of whole seconds, and rows every 1.5 s.
        #expect(
            try note((0..<20).map { $0 * 3 / 2 })
                == "note: 9 of 19 steps (47 %) are longer than 1 s, the first before row 3, with 2 s;"
                + " what is missing is passed over (--sampling resample interpolates it)"
        )
        let third = (0..<300).filter { $0 % 4 != 1 }
        #expect(try note(third)?.contains("the first before row 2, with 2 s") == true)
        #expect(try note(third, .accept) == nil)
        let weekdays = (0..<700).filter { $0 % 7 < 5 }
        #expect(try note(weekdays)?.contains("with 3 s") == true)
        #expect(try note(Array(0..<200)) == nil)
        // A gap breaks the series, and is no lost row.
        #expect(try note(Array(0..<100) + Array(900..<1_000)) == nil)
        // Every third step is too short for rows that were lost.
        let table = try series(seconds((0..<100).map { $0 / 3 * 23 + $0 % 3 * 10 }))
        #expect(message(table).contains("half of the median"))
    }

    @Test("steps too short for the data, and clocks without an interval, are refused")
    func refusesIntervals() throws {
        let table = try series(seconds([0, 1, 2]))
        #expect(
            code { _ = try fit(table) { $0.sampling = .resample(interval: 1) } }
                == .conflictingOptions
        )
        #expect(
            try fit(table) { $0.sampling = .resample(interval: second / 1_000) }.values.rowCount
                == 2_001
        )
        for text in [
            "{\"interval\":0}", "{\"interval\":-1}", "{\"interval\":1000000,\"gridInterval\":1}",
        ] {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(SeriesClock.self, from: Data(text.utf8))
            }
        }
    }

    @Test("rows out of order are refused with their place, or sorted")
    func sortsRows() throws {
        let table = try series(seconds([0, 2, 1, 3]))
        #expect(
            message(table)
                == "a.csv: row 3: column \"time\": 2024-01-01T00:00:01Z is earlier than"
                + " 2024-01-01T00:00:02Z of the row before; sort the rows (--sort), or name"
                + " the column that tells series apart (--entity)"
        )
        let sorted = try fit(table) { $0.order = .sort }
        #expect(sorted.values["x"]?.numbers == [0, 2, 1, 3])
        #expect(sorted.steps == [0, 2, 1, 3])
        #expect(sorted.instants == sorted.instants.sorted())
    }

    @Test("rows of one time are refused with their place, or become one step")
    func resolvesDuplicates() throws {
        let table = try series(seconds([0, 1, 1, 2]), [0, 1, 3, 8])
        #expect(code { _ = try fit(table) } == .duplicateTime)
        #expect(message(table).hasPrefix("a.csv: row 3: column \"time\": two rows have the time"))
        let first = try fit(table) { $0.duplicates = .first }
        #expect(first.values["x"]?.numbers == [0, 1, 8] && first.steps == [0, 1, nil, 2])
        let mean = try fit(table) { $0.duplicates = .mean }
        #expect(mean.values["x"]?.numbers == [0, 2, 8] && mean.steps == [0, 1, 1, 2])
        #expect(mean.segments == [0..<3])
    }

    @Test("the first step of a segment may be revised")
    func revisesStart() throws {
        let table = try series(seconds([0, 0, 1, 60, 60, 61]), [1, 3, 5, 7, 9, 11])
        let result = try fit(table) { $0.duplicates = .mean }
        #expect(result.values["x"]?.numbers == [2, 5, 8, 11])
        #expect(result.segments == [0..<2, 2..<4])
    }

    @Test("what cannot be a series is refused")
    func refuses() throws {
        #expect(code { _ = try fit(series([])) } == .noRows)
        #expect(code { _ = try fit(series([nil])) } == .missingTime)
        #expect(code { _ = try fit(series(seconds([0]))) } == .noRows)
        #expect(code { _ = try fit(series(seconds([0]) + [nil])) } == .missingTime)
        #expect(
            performing: { try fit(series(seconds([0]) + ["x"])) },
            throws: { ($0 as? TimeError)?.code == .invalidTime }
        )
        #expect(
            code {
                _ = try fit(series(seconds([0, 1]), entities: ["a", nil])) {
                    $0.entityColumn = "machine"
                }
            } == .noRows
        )
        #expect(
            code {
                _ = try fit(series(seconds([0, 1, 2]), entities: ["a", nil, "a"])) {
                    $0.entityColumn = "machine"
                }
            } == .missingEntity
        )
        let unknown = try message(series(seconds([0, 1]))) { $0.timeColumn = "tine" }
        #expect(unknown.contains("no column \"tine\" (did you mean \"time\"?) for the time"))
        #expect(
            performing: {
                try fit(series(["13/1/2024", "1/2/2024"])) {
                    $0.timeFormat = TimestampFormat(shape: .monthDayYear)
                }
            },
            throws: { ($0 as? TimeError)?.code == .invalidTime }
        )
    }

    @Test("a table without times is one segment")
    func readsRows() throws {
        let table = try Table(columns: [Column("x", [1, 2, 3])])
        let result = try TimeSeries(table, options: SeriesOptions())
        #expect(result.segments == [0..<3] && result.instants.isEmpty && result.clock == .rows)
    }
}

/// Numbers that depend on nothing but a seed (SplitMix64).
struct Draws {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    /// From 0 to 1.
    mutating func uniform() -> Double { Double(next() >> 11) / Double(1 << 53) }
}
