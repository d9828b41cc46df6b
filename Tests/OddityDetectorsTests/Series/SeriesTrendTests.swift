import OddityDatasets
import OddityPreprocessing
import OdditySeries
import Testing

@testable import OddityDetectors

/// Columns whose level goes on rising, falling or wandering.
@Suite struct SeriesTrendTests {
    /// A season of 24 steps and noise.
    private func wave(_ count: Int, slope: Double = 0) -> [Double] {
        (0..<count).map { step in
            let season = [0.0, 1, 3, 4, 3, 1][step % 24 / 4]
            return season + Double(step * 7_919 % 101) / 101 + slope * Double(step)
        }
    }

    @Test func whatMovesOnIsTold() {
        #expect(SeriesTrend.movesOn(wave(600, slope: 0.05)))
        #expect(SeriesTrend.movesOn(wave(600, slope: -0.05)))
        // The same in other units, at the ends of Double too.
        #expect(SeriesTrend.movesOn(wave(600, slope: 0.05).map { $0 * 1e306 }))
        #expect(SeriesTrend.movesOn(wave(600, slope: 0.05).map { $0 * 1e-300 }))
    }

    @Test func whatComesBackIsNot() {
        #expect(!SeriesTrend.movesOn(wave(600)))
        // Far below season and noise.
        #expect(!SeriesTrend.movesOn(wave(600, slope: 0.0005)))
        #expect(!SeriesTrend.movesOn(wave(49, slope: 1)))
        #expect(!SeriesTrend.movesOn([Double](repeating: 4, count: 600)))
        // Levels that go up and down in turn differ a lot, and lead nowhere.
        #expect(!SeriesTrend.movesOn((0..<1_000).map { Double($0 / 100 % 2) }))
    }

    /// Up for three tenths, down for four, up again: a walk, if it is longer than what is remembered anyway.
    @Test func wanderingNeedsLength() {
        func bend(_ count: Int) -> [Double] {
            wave(count).enumerated().map { step, value in
                let place = Double(step) / Double(count)
                return value + 100 * (place < 0.3 ? place : place < 0.7 ? 0.6 - place : place - 0.8)
            }
        }
        #expect(SeriesTrend.movesOn(bend(1_000)))
        #expect(!SeriesTrend.movesOn(bend(400)))
    }

    /// Ten means without any order look like those of a column that moves on in one case in a hundred.
    @Test func chanceSeldomMovesOn() {
        var count = 0
        for seed in UInt64(0)..<40 {
            count += Machine(steps: 640, seed: seed).channels.count(where: SeriesTrend.movesOn)
        }
        #expect(count <= 3, "\(count) of 160")
    }

    @Test func columnsAreJudgedOneByOne() throws {
        var machine = Machine(steps: 400, seed: 3)
        for step in 0..<400 { machine.channels[3][step] += 0.5 * Double(step) }
        func trendColumns(_ trend: SeriesTrend?, _ kind: SeriesNetwork.Kind) throws -> [String] {
            var detector = SeriesSamples.quick(kind)
            detector.trend = trend
            return try detector.fitted(to: machine.table()).trendColumns
        }
        for kind in [SeriesNetwork.Kind.averages, .dense] {
            #expect(try trendColumns(nil, kind) == ["heat"])
            #expect(try trendColumns(.auto, kind) == ["heat"])
            #expect(try trendColumns(.keep, kind).isEmpty)
            #expect(try trendColumns(.remove, kind) == Machine.names)
        }
    }

    @Test(arguments: [(SeriesTrend.auto, false), (.keep, true)])
    func aLevelThatGoesOnIsNoShift(_ trend: SeriesTrend, _ isShift: Bool) throws {
        func machine(from first: Int, seed: UInt64) throws -> Table {
            var machine = Machine(steps: 400, seed: seed)
            for step in 0..<400 { machine.channels[3][step] += 0.5 * Double(first + step) }
            return try machine.table()
        }
        var settings = SeriesSamples.quick(.averages)
        settings.trend = trend
        let detector = try settings.fitted(to: machine(from: 0, seed: 3))
        #expect(detector.trendColumns == (isShift ? [] : ["heat"]))
        let later = try machine(from: 400, seed: 4)
        var monitor = ShiftMonitor(detector)
        monitor.add(later, try detector.scores(of: later).map(\.verdict))
        #expect(monitor.shift.columns.contains { $0.column == "heat" } == isShift)
    }

    /// Of several series most must move on, each by itself.
    @Test func severalSeriesAreJudgedEachByItself() throws {
        let rising = try (0..<3).map { number in
            var machine = Machine(steps: 120, seed: UInt64(number))
            for step in 0..<120 where number > 0 { machine.channels[0][step] += Double(step) }
            return try machine.table(seconds: Array(0..<120), name: "machine \(number)")
        }
        let detector = try SeriesSamples.quick().fitted(
            to: SeriesSamples.interleaved(rising),
            options: SeriesSamples.timedMachines
        )
        #expect(detector.trendColumns == ["load"])
    }

    @Test func keepsTheInvariants() throws {
        for kind in [SeriesNetwork.Kind.averages, .dense] {
            var detector = SeriesSamples.quick(kind)
            detector.trend = .remove
            try checkSeriesDetector(detector)
        }
    }
}

/// The recent levels that values are compared with.
@Suite struct RecentLevelsTests {
    @Test func levelsAreAveragesOfWhatWasBefore() {
        var levels = RecentLevels()
        func take(_ value: Double, _ placement: StepPlacement = .continues) -> Double {
            levels.take([value], placement, rate: 0.5, keepsBefore: true)[0]
        }
        #expect(take(4, .starts) == 4)
        #expect(take(8) == 4)
        #expect(take(0) == 6)
        // The last step is taken back.
        #expect(take(10, .revises) == 6)
        #expect(take(0) == 8)
        #expect(take(7, .starts) == 7)
        // What takes the place of a first step is the first step.
        #expect(take(3, .revises) == 3)
        #expect(take(5) == 3)
        #expect(levels.fits(columnCount: 1) && !levels.fits(columnCount: 2))
    }

    @Test func distancesAreFinite() {
        let greatest = Double.greatestFiniteMagnitude
        var levels = RecentLevels()
        for value in [greatest, -greatest, greatest, -greatest] {
            let level = levels.take([value], .continues, rate: 0.5, keepsBefore: false)
            #expect(distance(value, level[0]).isFinite && level[0].isFinite)
        }
        #expect(levels.fits(columnCount: 1))
    }
}

/// What is found in series that rise, and what is left alone.
@Suite struct RisingSeriesTests {
    /// One column that rises by 10 deviations of its noise in 500 steps.
    private static func values(_ seed: UInt64) -> [Double] {
        let noise = Machine(steps: 2_000, seed: seed).channels[1].map { ($0 - 50) / 4 }
        return noise.enumerated().map { 100 + $1 + 0.02 * Double($0) }
    }

    private func scores(
        _ trend: SeriesTrend,
        _ change: (Int, Double) -> Double
    ) throws -> (scores: [SeriesScore], values: [Double]) {
        var detector = SeriesDetector()
        detector.trend = trend
        let values = Self.values(5).enumerated().map { $0 < 1_000 ? $1 : change($0, $1) }
        let fitted = try detector.fitted(
            to: Table(columns: [Column("level", Array(values[..<1_000]))]),
            threadCount: 2
        )
        let scores = try fitted.scores(
            of: Table(columns: [Column("level", values)]),
            reasonCount: 1,
            threadCount: 2
        )
        return (Array(scores[1_000...]), Array(values[1_000...]))
    }

    @Test func normalRowsAreNotFlagged() throws {
        let (followed, _) = try scores(.auto) { $1 }
        let count = followed.count(where: \.isAnomaly)
        #expect(count <= 50, "\(count) of 1,000")
        // The level alone lies beyond all that was learned.
        let (kept, _) = try scores(.keep) { $1 }
        #expect(kept.count(where: \.isAnomaly) > 2 * max(count, 20))
    }

    @Test func spikesAreFoundInTheirOwnUnits() throws {
        let spikes = [150, 400, 650, 900]
        let (found, values) = try scores(.auto) { step, value in
            spikes.contains(step - 1_000) ? value + 15 : value
        }
        for step in spikes {
            let reason = try #require(found[step].reasons.first)
            #expect(found[step].isAnomaly && reason.column == "level")
            #expect(reason.actual == .number(values[step]))
            guard case .number(let expected) = reason.expected else {
                Issue.record("no number: \(reason.expected)")
                continue
            }
            #expect(abs(expected - (values[step] - 15)) < 5, "\(expected)")
        }
    }
}
