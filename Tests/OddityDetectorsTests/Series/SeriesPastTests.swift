import OddityDatasets
import OddityDetectors
import OddityNeuralNetworks
import OdditySeries
import Testing

/// What a step owes to the steps before it: warm-up, gaps, rows of the same time, and grids.
@Suite struct SeriesPastTests {
    /// Numbers that a mean of two gives back exactly.
    private func rounded(_ machine: Machine) -> Machine {
        var machine = machine
        for channel in machine.channels.indices {
            machine.channels[channel] = machine.channels[channel].map { ($0 * 8).rounded() / 8 }
        }
        return machine
    }

    private func fitted(
        _ configuration: SeriesDetector,
        _ options: SeriesOptions = SeriesSamples.timed
    ) throws -> FittedSeriesDetector {
        let training = try rounded(Machine(steps: 120, seed: 1)).table(seconds: Array(0..<120))
        return try configuration.fitted(to: training, options: options)
    }

    @Test func theFirstRowsOfEachSeriesHaveNoScore() throws {
        let detector = try SeriesSamples.quick().fitted(
            to: SeriesSamples.twoMachines(steps: 75, seed: 1),
            options: SeriesSamples.timedMachines
        )
        #expect(detector.window.steps == 6)
        // The second machine begins later, and its first 6 steps end behind a gap.
        let first = try Machine(steps: 40, seed: 2).table(seconds: Array(0..<40), name: "a")
        let second = try Machine(steps: 30, seed: 3).table(
            seconds: [20, 21, 22] + Array(100..<127),
            name: "b"
        )
        let scores = try detector.scores(of: SeriesSamples.joining(first, second))
        for (place, score) in scores.enumerated() {
            let isEarly = place < 6 || 40..<46 ~= place
            #expect((score.score == nil) == isEarly, "row \(place)")
            #expect(score.isWarmUp == isEarly && score.state == .usable)
            #expect(score.entity == (place < 40 ? "a" : "b"))
        }
    }

    @Test(arguments: SeriesNetwork.Kind.allCases, SeriesNetwork.Target.allCases)
    func nothingBeforeAGapMatters(
        kind: SeriesNetwork.Kind,
        target: SeriesNetwork.Target
    ) throws {
        let detector = try fitted(SeriesSamples.quick(kind, target))
        let seconds = Array(0..<30) + Array(200..<240)
        let table = try Machine(steps: 70, seed: 5).table(seconds: seconds)
        var other = Machine(steps: 70, seed: 5)
        for channel in other.channels.indices {
            for step in 0..<30 { other.channels[channel][step] *= -3 }
        }
        let scores = try detector.scores(of: table, reasonCount: 4)
        let others = try detector.scores(of: other.table(seconds: seconds), reasonCount: 4)
        #expect(scores[30...] == others[30...])
        #expect(scores[6..<30] != others[6..<30])
        #expect(scores[30...].allSatisfy { $0.score != nil })
        // Without the gap it does matter.
        let whole = Array(0..<70)
        let joined = try detector.scores(of: Machine(steps: 70, seed: 5).table(seconds: whole))
        #expect(joined.values[30...] != scores.values[30...])
    }

    /// Whichever row it is: the first of all, one of the warm-up, any, the first behind a gap, the last.
    @Test(arguments: SeriesNetwork.Kind.allCases, SeriesNetwork.Target.allCases)
    func theLastOfRowsOfOneTimeCounts(
        kind: SeriesNetwork.Kind,
        target: SeriesNetwork.Target
    ) throws {
        let detector = try fitted(SeriesSamples.quick(kind, target))
        let seconds = Array(0..<30) + Array(200..<230)
        let table = try Machine(steps: 60, seed: 5).table(seconds: seconds)
        let wild = try Machine(steps: 60, seed: 6).table(seconds: seconds)
        let scores = try detector.scores(of: table, reasonCount: 4)
        let both = try SeriesSamples.joining(table, wild)
        for row in [0, 1, 5, 6, 20, 29, 30, 31, 59] {
            var order = Array(0..<60)
            // Other values of the same time twice, then those that count.
            order.insert(contentsOf: [60 + row, 60 + (row == 30 ? 30 : row)], at: row)
            let revised = both.selecting(rows: order)
            for sizes in [[100], [1]] {
                let found = try detector.scores(of: revised, chunks: sizes, reasonCount: 4)
                #expect(Array(found[..<row]) == Array(scores[..<row]), "before row \(row)")
                #expect(
                    found[(row + 2)...].map(\.told) == scores[row...].map(\.told),
                    "from row \(row) on"
                )
            }
        }
    }

    @Test func rowsOfOneTimeAreAveraged() throws {
        var options = SeriesSamples.timed
        options.duplicates = .mean
        let detector = try fitted(SeriesSamples.quick(), options)
        let machine = rounded(Machine(steps: 50, seed: 5))
        var (lower, upper) = (machine, machine)
        for channel in machine.channels.indices {
            lower.channels[channel] = machine.channels[channel].map { $0 - 2 }
            upper.channels[channel] = machine.channels[channel].map { $0 + 2 }
        }
        let seconds = Array(0..<50)
        let scores = try detector.scores(of: machine.table(seconds: seconds))
        let pairs = try SeriesSamples.interleaved([
            lower.table(seconds: seconds), upper.table(seconds: seconds),
        ])
        let found = try detector.scores(of: pairs, chunks: [3, 1], reasonCount: 0)
        #expect(stride(from: 1, to: 100, by: 2).map { found[$0].told } == scores.map(\.told))
    }

    @Test func rowsThatAreRefusedChangeNothing() throws {
        var options = SeriesSamples.timed
        options.duplicates = .first
        let detector = try fitted(SeriesSamples.quick(), options)
        let table = try Machine(steps: 40, seed: 5).table(seconds: Array(0..<40))
        let scores = try detector.scores(of: table)
        // Row 20 again, and row 10 late.
        let order = Array(0...20) + [20, 10] + Array(21..<40)
        let found = try detector.scores(of: table.selecting(rows: order))
        #expect(found[21].state == .duplicate && found[22].state == .late)
        #expect(found[21].score == nil && found[22].score == nil)
        #expect(Array(found[..<21]) + Array(found[23...]) == scores)
    }

    @Test func rowsBetweenStepsOfAGridGetTheScoreOfTheLast() throws {
        var options = SeriesSamples.timed
        options.sampling = .resample(interval: 2_000_000_000)
        let detector = try fitted(SeriesSamples.quick(), options)
        let table = try Machine(steps: 60, seed: 5).table(seconds: Array(0..<60))
        let scores = try detector.scores(of: table, reasonCount: 2)
        for sizes in [[1], [5, 2, 1]] {
            #expect(try detector.scores(of: table, chunks: sizes) == scores)
        }
        for row in stride(from: 0, to: 60, by: 2) {
            #expect(scores[row].score == scores[row + 1].score)
            #expect((scores[row].score == nil) == (row < 12))
        }
        #expect(Set(scores.values).count == 25)
    }

    @Test func gridsAreFilledAlongStraightLines() throws {
        var options = SeriesSamples.timed
        options.sampling = .resample(interval: 1_000_000_000)
        let detector = try fitted(SeriesSamples.quick(), options)
        var machine = rounded(Machine(steps: 61, seed: 5))
        for channel in machine.channels.indices {
            for step in stride(from: 1, to: 60, by: 2) {
                let (before, after) = (
                    machine.channels[channel][step - 1], machine.channels[channel][step + 1]
                )
                machine.channels[channel][step] = before + 0.5 * (after - before)
            }
        }
        let table = try machine.table(seconds: Array(0..<61))
        let scores = try detector.scores(of: table)
        let even = Array(stride(from: 0, to: 61, by: 2))
        let found = try detector.scores(of: table.selecting(rows: even), chunks: [1, 4])
        #expect(found.values == even.map { scores[$0].score?.score })
        #expect(found.compactMap(\.score).count == 28)
    }
}

extension SeriesScore {
    /// What a row is told, wherever it stands in its segment.
    fileprivate var told: String { "\(state) \(instant as Any) \(score as Any) \(reasons)" }
}
