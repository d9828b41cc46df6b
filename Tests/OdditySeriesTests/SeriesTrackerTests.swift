import Foundation
import OddityDatasets
import OdditySeries
import Testing

@Suite("Following rows")
struct SeriesTrackerTests {
    private static let format = TimestampFormat(shape: .yearMonthDay, hasOffset: true)

    private func tracker(
        _ change: (inout SeriesOptions) -> Void = { _ in },
        grid: Int64? = nil
    ) -> SeriesTracker {
        var options = SeriesOptions(timeColumn: "time", fillLimit: 2)
        change(&options)
        let clock = SeriesClock(format: Self.format, interval: second, gridInterval: grid)
        return SeriesTracker(options: options, clock: clock)
    }

    private func numbers(_ chunk: TrackedChunk) -> [Double] { chunk.values["x"]?.numbers ?? [] }

    @Test("the first row and the first after a gap start, the others continue")
    func findsBreaks() throws {
        var tracker = tracker()
        let chunk = try tracker.track(series(seconds([0, 1, 3, 13, 24, 25])))
        #expect(
            chunk.steps.map(\.placement)
                == [.starts, .continues, .continues, .continues, .starts, .continues]
        )
        #expect(chunk.rows.map(\.step) == [0, 1, 2, 3, 4, 5])
        #expect(numbers(chunk) == [0, 1, 2, 3, 4, 5])
    }

    @Test("entities are followed each by itself")
    func separatesEntities() throws {
        var tracker = tracker { $0.entityColumn = "machine" }
        let table = try series(
            seconds([100, 0, 101, 1, 2]),
            entities: ["a", "b", "a", "b", nil]
        )
        let chunk = try tracker.track(table)
        #expect(tracker.entities == ["a", "b"])
        #expect(
            chunk.steps.map(\.placement) == [.starts, .starts, .continues, .continues]
        )
        #expect(chunk.rows.map(\.state) == [.usable, .usable, .usable, .usable, .missingEntity])
        #expect(chunk.rows.map(\.entity) == [0, 1, 0, 1, nil])
    }

    @Test("a row that cannot be used says why, and the next one goes on")
    func reportsRows() throws {
        var tracker = tracker()
        var times = seconds([5, 4, 5, 6])
        times.insert(nil, at: 1)
        times.insert("5 o'clock", at: 2)
        let chunk = try tracker.track(series(times))
        #expect(
            chunk.rows.map(\.state)
                == [.usable, .missingTime, .invalidTime, .late, .duplicate, .usable]
        )
        #expect(chunk.steps.map(\.placement) == [.starts, .continues])
    }

    @Test("missing values are held up to the limit, within a segment")
    func holdsValues() throws {
        var tracker = tracker()
        let values: [Double] = [.nan, 1, .nan, .nan, .nan, 5, .nan, .nan]
        let chunk = try tracker.track(series(seconds([0, 1, 2, 3, 4, 5, 6, 60]), values))
        #expect(numbers(chunk) == [1, 1, 1, 5, 5])
        #expect(
            chunk.rows.map(\.state)
                == [
                    .missingValues, .usable, .usable, .usable, .missingValues, .usable, .usable,
                    .missingValues,
                ]
        )
        #expect(
            chunk.steps.map(\.placement)
                == [.starts, .continues, .continues, .starts, .continues]
        )
    }

    @Test("categories are held as numbers are, across chunks of other levels")
    func holdsCategories() throws {
        var tracker = tracker()
        let table = { (times: [Int], states: [String?]) in
            try Table(columns: [
                Column("time", text: seconds(times)), Column("state", categories: states),
            ])
        }
        let first = try tracker.track(table([0, 1], ["on", "off"]))
        let second = try tracker.track(table([2, 3], [nil, "idle"]))
        #expect(first.values["state"]?.texts == ["on", "off"])
        #expect(second.values["state"]?.texts == ["off", "idle"])
    }

    @Test("rows of one time are left out, put in place of one another, or averaged")
    func resolvesDuplicates() throws {
        let table = try series(seconds([0, 1, 1, 1, 2]), [0, 1, .nan, 4, 8])
        for (policy, expected, states) in [
            (.first, [0, 1, 8], [.usable, .usable, .duplicate, .duplicate, .usable]),
            (.last, [0, 1, 1, 4, 8], Array(repeating: .usable, count: 5)),
            (.mean, [0, 1, 1, 2.5, 8], Array(repeating: .usable, count: 5)),
        ] as [(SeriesOptions.DuplicatePolicy, [Double], [RowState])] {
            var tracker = tracker { $0.duplicates = policy }
            let chunk = try tracker.track(table)
            #expect(numbers(chunk) == expected)
            #expect(chunk.rows.map(\.state) == states)
            let revised = chunk.steps.filter { $0.placement == .revises }.count
            #expect(revised == expected.count - 3)
        }
    }

    @Test("a clock that is set back is followed after 100 late rows in order, no sooner")
    func followsRestarts() throws {
        var tracker = tracker()
        let chunk = try tracker.track(series(seconds([100_000] + Array(0..<150))))
        #expect(chunk.rows[1...99].allSatisfy { $0.state == .late })
        #expect(chunk.rows[100...].allSatisfy { $0.state == .usable })
        #expect(chunk.steps[1].placement == .starts && chunk.steps[2].placement == .continues)

        // Rows in no order are a muddle, not a clock.
        var other = self.tracker()
        let muddle = (0..<500).map { $0 * 37 % 50 }
        let late = try other.track(series(seconds([100_000] + muddle)))
        #expect(late.rows.dropFirst().allSatisfy { $0.state == .late })
    }

    @Test("resampling gives the values on the grid up to each row")
    func resamples() throws {
        var tracker = tracker({ $0.sampling = .resample(interval: nil) }, grid: second)
        let times = [0.0, 0.5, 2.0, 3.5, 3.75, 30.0, 31.0].map { "\(1_704_067_200 + $0)" }
        tracker = SeriesTracker(
            options: tracker.options,
            clock: SeriesClock(
                format: TimestampFormat(shape: .seconds),
                interval: second,
                gridInterval: second
            )
        )
        let chunk = try tracker.track(series(times, [0, 5, 20, 35, 37.5, 1, 2]))
        #expect(numbers(chunk) == [0, 10, 20, 30, 1, 2])
        #expect(chunk.rows.map(\.step) == [0, 0, 2, 3, 3, 4, 5])
        #expect(
            chunk.steps.map(\.placement)
                == [.starts, .continues, .continues, .continues, .starts, .continues]
        )
    }

    @Test("how rows are cut into chunks, and stopping and resuming, changes nothing")
    func ignoresChunks() throws {
        var generator = SystemRandomNumberGenerator()
        for sampling in [.refuse, .resample(interval: nil)] as [SeriesOptions.SamplingPolicy] {
            for policy in SeriesOptions.DuplicatePolicy.allCases {
                var clock = 0
                let times = (0..<300).map { _ in
                    clock +=
                        Int.random(in: -1...4, using: &generator)
                        + (Int.random(in: 0..<40, using: &generator) == 0 ? 40 : 0)
                    return clock
                }
                let values = times.map { _ in
                    Int.random(in: 0..<4, using: &generator) == 0 ? .nan : Double(clock)
                }
                let names = times.map { _ in
                    ["a", "b", nil].randomElement(using: &generator) ?? nil
                }
                let table = try series(seconds(times), values, entities: names)
                let start = tracker(
                    {
                        $0.entityColumn = "machine"
                        $0.duplicates = policy
                        $0.sampling = sampling
                    },
                    grid: second * 2
                )
                var whole = start
                let expected = try whole.track(table)
                var parts = start
                var (steps, states): ([TrackedChunk.Step], [RowState]) = ([], [])
                var numbers: [Double] = []
                var row = 0
                while row < table.rowCount {
                    let end = min(table.rowCount, row + Int.random(in: 1...9, using: &generator))
                    let chunk = try parts.track(table.selecting(rows: Array(row..<end)))
                    steps += chunk.steps
                    states += chunk.rows.map(\.state)
                    numbers += self.numbers(chunk)
                    row = end
                    let data = try JSONEncoder().encode(parts)
                    parts = try JSONDecoder().decode(SeriesTracker.self, from: data)
                }
                #expect(steps == expected.steps && states == expected.rows.map(\.state))
                #expect(numbers == self.numbers(expected))
                #expect(Set(states).count > 2)
            }
        }
    }

    @Test("without a column of times each row is a step")
    func followsRows() throws {
        var tracker = SeriesTracker(options: SeriesOptions(), clock: .rows)
        let chunk = try tracker.track(Table(columns: [Column("x", [1, .nan, 3])]))
        #expect(numbers(chunk) == [1, 1, 3])
        #expect(chunk.steps.map(\.placement) == [.starts, .continues, .continues])
        #expect(chunk.steps.allSatisfy { $0.instant == nil })
    }

    @Test("other columns than before are an error that changes nothing")
    func refusesOtherColumns() throws {
        var tracker = tracker()
        _ = try tracker.track(series(seconds([0, 1])))
        let other = try Table(columns: [Column("time", text: seconds([2])), Column("y", [1])])
        #expect(code { _ = try tracker.track(other) } == .conflictingOptions)
        let none = try Table(columns: [Column("x", [1])])
        #expect(code { _ = try tracker.track(none) } == .unknownColumn)
        #expect(try tracker.track(series(seconds([2]))).steps.map(\.placement) == [.continues])
    }

    @Test("a state that contradicts itself is refused")
    func refusesBrokenState() throws {
        var tracker = tracker()
        _ = try tracker.track(series(seconds([0, 1])))
        let text = String(decoding: try JSONEncoder().encode(tracker), as: UTF8.self)
        for (from, to) in [
            ("\"entities\":[\"\"]", "\"entities\":[]"), ("\"numeric\":[\"x\"]", "\"numeric\":[]"),
            ("\"silences\":[0]", "\"silences\":[]"), ("\"sums\":[]", "\"sums\":[1]"),
        ] {
            #expect(text.contains(from))
            let changed = Data(text.replacingOccurrences(of: from, with: to).utf8)
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode(SeriesTracker.self, from: changed)
            }
        }
    }
}
