import Foundation
import OddityDatasets
import OddityDetectors
import OdditySeries
import Testing

/// Scorers that follow series which move away from the training.
@Suite struct SeriesAdaptationTests {
    private let detector: FittedSeriesDetector

    init() throws {
        var configuration = SeriesSamples.quick()
        configuration.folds = 5
        detector = try configuration.fitted(to: Machine(steps: 600, seed: 1).table())
    }

    /// A machine whose speed moves for good, 300 rows after the start.
    private func moved(steps: Int, by distance: Double = 1_000, seed: UInt64 = 2) throws -> Table {
        var machine = Machine(steps: steps, seed: seed)
        for step in 300..<steps { machine.channels[1][step] += distance }
        return try machine.table()
    }

    private func scores(
        _ table: Table,
        _ adaptation: SeriesAdaptation = .fast,
        chunks: [Int] = []
    ) throws -> [SeriesScore] {
        var scorer = SeriesScorer(detector, adaptation: adaptation)
        var rows: [SeriesScore] = []
        var start = 0
        for length in chunks + [table.rowCount] where start < table.rowCount {
            let end = min(start + length, table.rowCount)
            rows += try scorer.scores(of: table.rows(start..<end), reasonCount: 1)
            start = end
        }
        return rows
    }

    @Test func ranksStayAndVerdictsFollow() throws {
        let table = try moved(steps: 3_000)
        let (off, fast) = (try scores(table, .off), try scores(table))
        #expect(off.map { $0.score?.score } == fast.map { $0.score?.score })
        #expect(off.map { $0.score?.error } == fast.map { $0.score?.error })
        #expect(off.allSatisfy { $0.unadapted == nil && !$0.startsLevel })
        #expect(off[400...].filter(\.isAnomaly).count > 2_500)
        let flagged = fast[400...].filter(\.isAnomaly).count
        #expect(flagged < 800, "\(flagged)")
        #expect(fast[2_000...].filter(\.isAnomaly).count < 60)
        #expect(fast[300..<320].filter(\.isAnomaly).count > 15)
        #expect(fast.contains { $0.startsLevel })
        for row in fast {
            guard let score = row.score, let adapted = row.adapted, let alone = row.unadapted
            else { continue }
            #expect(score.pValue == adapted.pValue && adapted.score <= alone.score)
            #expect(row.isAnomaly == (adapted.pValue <= 0.01 * (1 + 1e-9)))
        }
    }

    @Test func chunksDoNotMatter() throws {
        let table = try moved(steps: 1_200)
        let whole = try scores(table)
        #expect(try scores(table, chunks: [1, 7, 290, 1, 1, 3, 500, 64]) == whole)
        #expect(try scores(table, chunks: [Int](repeating: 1, count: 1_200)) == whole)
    }

    @Test func aSavedStateGoesOnExactly() throws {
        let table = try moved(steps: 1_500)
        let whole = try scores(table)
        for place in [10, 299, 305, 700, 1_000] {
            var first = SeriesScorer(detector, adaptation: .fast)
            _ = try first.scores(of: table.rows(0..<place))
            let data = try JSONEncoder().encode(first.state)
            let state = try JSONDecoder().decode(SeriesScorer.State.self, from: data)
            #expect(state.adaptation == .fast)
            var second = try SeriesScorer(detector, resuming: state)
            #expect(
                try second.scores(of: table.rows(place..<1_500), reasonCount: 1)
                    == Array(whole[place...])
            )
            // At another pace levels are found anew.
            let other = try SeriesScorer(detector, resuming: state, adaptation: .slow)
            #expect(other.adaptation == .slow && other.state.adaptation == .slow)
        }
    }

    @Test func alarmsOfANewLevelSaySo() throws {
        let rows = try scores(moved(steps: 3_000))
        var alarms = try SeriesAlarms(detector)
        var changes: [SeriesAlarms.Change] = []
        for (index, row) in rows.enumerated() {
            if let change = alarms.add(row, number: index + 1) { changes.append(change) }
        }
        changes += alarms.finish()
        let closed = changes.compactMap { change -> SeriesAlarm? in
            guard case .closed(let alarm) = change else { return nil }
            return alarm
        }
        let first = try #require(closed.first { $0.isNewLevel })
        #expect(first.start.row <= 305 && first.end.row <= 305 + 600)
        #expect(first.columns(limit: 1).first?.column == "speed")
        #expect(closed.allSatisfy { $0.rowCount < 700 })
    }

    @Test func statesThatCannotBeAreRefused() throws {
        var scorer = SeriesScorer(detector, adaptation: .fast)
        _ = try scorer.scores(of: moved(steps: 400))
        let state = try JSONEncoder().encode(scorer.state)
        for (path, value) in [
            ("levels.0.normalCount", "-1"), ("levels.0.alarm.rowCount", "0"),
            ("levels", "[{},{}]"), ("levels.0.recent", "[null]"), ("pace", #""quick""#),
        ] {
            let changed = try edited(state, path, value)
            #expect(throws: (any Error).self, "\(path)") {
                try SeriesScorer(
                    detector,
                    resuming: JSONDecoder().decode(SeriesScorer.State.self, from: changed)
                )
            }
        }
    }
}
