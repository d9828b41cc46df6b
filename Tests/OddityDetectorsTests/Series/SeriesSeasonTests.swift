import Foundation
import OddityDatasets
import OddityModelFiles
import OddityPreprocessing
import OdditySeries
import Testing

@testable import OddityDetectors

/// Columns that repeat every day or week.
@Suite struct SeriesSeasonTests {
    private static let options = SeriesOptions(timeColumn: "time")

    /// Hours of a load with a pulse each morning at 7, and of another one that does not repeat.
    private static func table(
        days: Int,
        seed: UInt64,
        weekly: Bool = false,
        change: (Int, Double) -> Double = { $1 }
    ) throws -> Table {
        let machine = Machine(steps: 24 * days, seed: seed)
        let load = (0..<24 * days).map { hour in
            let isOff = weekly && hour / 24 % 7 > 4
            let pulse = hour % 24 == 7 && !isOff ? 20.0 : 0
            return change(hour, 100 + 0.1 * (machine.channels[1][hour] - 50) + pulse)
        }
        return try Table(columns: [
            Column("time", text: SeriesSamples.times((0..<24 * days).map { 3_600 * $0 })),
            Column("load", load), Column("other", machine.channels[0]),
        ])
    }

    private func profile(_ table: Table, _ options: SeriesOptions = options) throws
        -> SeasonalProfile?
    {
        let series = try TimeSeries(table, options: options, file: "here")
        return SeasonalProfile.learned(from: series, among: ["load", "other"])
    }

    @Test func whatRepeatsIsTold() throws {
        let found = try #require(try profile(Self.table(days: 14, seed: 1)))
        #expect(found.columns == ["load"] && found.period == SeasonalProfile.day)
        #expect(found.unit == "day" && found.slots[0].count == 24)
        // The pulse, beside the mean of the day.
        #expect(abs(found.slots[0][7] - 20 * 23 / 24) < 1)
        #expect(found.slots[0].reduce(0, +) / 24 < 0.1)
    }

    @Test func weeksExplainWhatDaysDoNot() throws {
        let found = try #require(try profile(Self.table(days: 56, seed: 1, weekly: true)))
        #expect(found.columns == ["load"] && found.unit == "week")
    }

    @Test func sevenPeriodsAndTimesAreNeeded() throws {
        #expect(try profile(Self.table(days: 6, seed: 1)) == nil)
        #expect(try profile(Self.table(days: 14, seed: 1), SeriesOptions()) == nil)
        let flat = try Self.table(days: 14, seed: 1) { hour, value in
            hour % 24 == 7 ? value - 20 : value
        }
        #expect(try profile(flat) == nil)
    }

    @Test func aPulseIsUsualAndItsAbsenceIsNot() throws {
        let missing = 24 * 20 + 7
        let rows = try Self.table(days: 28, seed: 5) { $0 == missing ? $1 - 20 : $1 }
        func scores(_ season: SeriesSeason?) throws -> [SeriesScore] {
            var detector = SeriesDetector()
            detector.season = season
            let fitted = try detector.fitted(
                to: rows.rows(0..<24 * 14),
                options: Self.options,
                threadCount: 2
            )
            return try fitted.scores(of: rows, reasonCount: 1, threadCount: 2)
        }
        let found = try scores(nil)
        let reason = try #require(found[missing].reasons.first)
        #expect(found[missing].isAnomaly && reason.column == "load")
        guard case .number(let expected) = reason.expected else {
            Issue.record("no number: \(reason.expected)")
            return
        }
        #expect(abs(expected - 120) < 3, "\(expected)")
        let mornings = (14..<28).map { 24 * $0 + 7 }.filter { $0 != missing }
        #expect(mornings.count { found[$0].isAnomaly } <= 1)
        #expect(try !scores(.keep)[missing].isAnomaly)
    }

    /// Chunks, files and states get the same scores, and files give back what was written.
    @Test func nothingDependsOnTheWay() throws {
        let rows = try Self.table(days: 10, seed: 3)
        let detector = try SeriesSamples.quick().fitted(to: rows, options: Self.options)
        #expect(detector.season?.columns == ["load"])
        let scores = try detector.scores(of: rows, reasonCount: 2)
        #expect(try detector.scores(of: rows, chunks: [7, 1, 30]) == scores)
        let read = try FittedSeriesDetector(ModelArchive(decoding: detector.encoded()))
        #expect(read.season == detector.season)
        #expect(try read.scores(of: rows, reasonCount: 2) == scores)
        var scorer = SeriesScorer(detector)
        _ = try scorer.scores(of: rows.rows(0..<100), reasonCount: 2)
        var resumed = try SeriesScorer(
            detector,
            resuming: JSONDecoder().decode(
                SeriesScorer.State.self,
                from: JSONEncoder().encode(scorer.state)
            )
        )
        let rest = try resumed.scores(of: rows.rows(100..<240), reasonCount: 2)
        #expect(rest == Array(scores[100...]))
    }

    @Test(arguments: [
        ("season.period", "3600000000000"), ("season.columns", "[]"),
        ("season.columns.0", #""time""#), ("season.slots", "[]"), ("season.slots.0", "[]"),
        ("season", "{}"),
    ])
    func claimsThatDoNotFitAreRefused(path: String, value: String) throws {
        let detector = try SeriesSamples.quick().fitted(
            to: Self.table(days: 10, seed: 3),
            options: Self.options
        )
        let archive = try ModelArchive(decoding: detector.encoded())
        #expect(throws: (any Error).self) {
            try FittedSeriesDetector(
                ModelArchive(
                    manifest: edited(archive.manifest, path, value),
                    tensors: archive.tensors
                )
            )
        }
    }
}
