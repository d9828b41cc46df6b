import OddityDatasets
import OddityDetectors
import OddityEvaluation
import OddityPreprocessing
import OdditySeries
import Testing

/// What the default detector finds on a simulated machine, and what it leaves alone.
@Suite struct SeriesDetectionTests {
    private static let fitted = Result {
        try SeriesDetector().fitted(to: Machine(steps: 1_200, seed: 1).table(), threadCount: 2)
    }
    private let detector: FittedSeriesDetector

    init() throws { detector = try SeriesDetectionTests.fitted.get() }

    /// A flaw of a channel over some steps.
    enum Flaw: String, CaseIterable {
        case levelShift, tremble, stuck, spikes, brokenCorrelation

        var channel: Int { self == .levelShift ? 1 : self == .brokenCorrelation ? 2 : 3 }
        /// The area under the curve to reach.
        var leastArea: Double { self == .stuck ? 0.8 : 0.9 }

        func odd(_ step: Int) -> Bool {
            self == .spikes ? step >= 100 && step % 20 == 0 : 200..<260 ~= step
        }

        func change(_ value: Double, _ step: Int, _ machine: Machine) -> Double {
            switch self {
            case .levelShift: value + 12
            case .tremble: value + (step % 2 == 0 ? 8 : -8)
            case .stuck: machine.channels[3][200]
            case .spikes: value + 25
            case .brokenCorrelation: 2_000 - value
            }
        }
    }

    private func machine(with flaw: Flaw) -> Machine {
        let normal = Machine(steps: 400, seed: 21)
        var machine = normal
        for step in 0..<400 where flaw.odd(step) {
            let value = normal.channels[flaw.channel][step]
            machine.channels[flaw.channel][step] = flaw.change(value, step, normal)
        }
        return machine
    }

    @Test(arguments: Flaw.allCases) func flawsAreFound(flaw: Flaw) throws {
        let scores = try detector.scores(of: machine(with: flaw).table(), reasonCount: 1)
        // The steps right behind a flaw still have it in their averages.
        let rows = scores.indices.filter { row in
            let isBehind = !flaw.odd(row) && (1...50).contains { flaw.odd(row - $0) }
            return scores[row].score != nil && (flaw == .spikes || !isBehind)
        }
        let labeled = try LabeledScores(
            scores: rows.compactMap { scores[$0].score?.score },
            labels: rows.map { flaw.odd($0) ? 1 : 0 }
        )
        let area = try ROCCurve(labeled).area
        #expect(area > flaw.leastArea, "\(flaw): \(area)")
        // By the default rule too, not only by rank.
        let odd = rows.filter(flaw.odd)
        let alarms = odd.compactMap { scores[$0].score }.count(
            where: detector.decisionRule.isAnomaly
        )
        #expect(2 * alarms > odd.count, "\(flaw): \(alarms) of \(odd.count)")
        let reasons = odd.compactMap { scores[$0].reasons.first }
        let named = reasons.count { $0.column == Machine.names[flaw.channel] }
        #expect(Double(named) > 0.6 * Double(reasons.count), "\(flaw): \(named)")
    }

    @Test func whatWasExpectedIsInTheUnitsOfTheColumn() throws {
        let normal = Machine(steps: 400, seed: 21)
        let flaw = Flaw.levelShift
        let odd = machine(with: flaw)
        let scores = try detector.scores(of: odd.table(), reasonCount: 4)
        var error = 0.0
        for step in 200..<260 {
            let reasons = scores[step].reasons
            #expect(reasons.count == 4 && abs(reasons.reduce(0) { $0 + $1.share } - 1) < 1e-9)
            #expect(zip(reasons, reasons.dropFirst()).allSatisfy { $0.share >= $1.share })
            let reason = try #require(reasons.first { $0.column == "speed" })
            #expect(reason.actual == .number(odd.channels[1][step]))
            guard case .number(let expected) = reason.expected else {
                Issue.record("no number: \(reason.expected)")
                continue
            }
            error += abs(expected - normal.channels[1][step]) / 60
        }
        // It is shifted by 12.
        #expect(error < 6, "\(error)")
    }

    @Test func normalRowsRaiseFewAlarms() throws {
        var (at1, at5, count) = (0, 0, 0)
        for seed in UInt64(31)...36 {
            let scores = try detector.scores(of: Machine(steps: 500, seed: seed).table())
            let found = scores.compactMap(\.score)
            at1 += found.count { $0.pValue <= 0.01 }
            at5 += found.count { $0.pValue <= 0.05 }
            count += found.count
            // The bounds below are not met by calling everything alike.
            #expect(found.contains { $0.pValue < 0.5 } && found.contains { $0.pValue > 0.9 })
            #expect(found.count == 500 - detector.window.steps)
        }
        #expect(Double(at1) < 0.02 * Double(count), "\(at1) of \(count)")
        #expect(Double(at5) < 0.075 * Double(count), "\(at5) of \(count)")
    }

    @Test func gapsInNormalDataRaiseFewAlarms() throws {
        let training = Machine(steps: 1_200, seed: 1)
        let timed = try SeriesDetector().fitted(
            to: training.table(seconds: Array(0..<1_200)),
            options: SeriesSamples.timed,
            threadCount: 2
        )
        // A gap before every 25th row.
        let seconds = (0..<1_500).map { $0 + $0 / 25 * 1_000 }
        let scores = try timed.scores(of: Machine(steps: 1_500, seed: 41).table(seconds: seconds))
        let behind = scores.indices.filter { $0 >= 50 && $0 % 25 < 5 }
        let found = behind.compactMap { scores[$0].score }
        #expect(found.count == behind.count)
        let alarms = found.count { $0.pValue <= 0.01 }
        #expect(Double(alarms) <= 0.02 * Double(found.count), "\(alarms) of \(found.count)")
    }
}
