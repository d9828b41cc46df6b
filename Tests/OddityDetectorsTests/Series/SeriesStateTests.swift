import Foundation
import OddityDatasets
import OddityDetectors
import OdditySeries
import Testing

/// States that were saved by another scorer, or edited.
@Suite struct SeriesStateTests {
    private let detector: FittedSeriesDetector
    private let table: Table
    private let state: Data

    init() throws {
        (detector, table, state) = try SeriesStateTests.saved(.averages, .forecast)
    }

    private static func saved(
        _ kind: SeriesNetwork.Kind,
        _ target: SeriesNetwork.Target,
        _ options: SeriesOptions = SeriesSamples.timedMachines
    ) throws -> (FittedSeriesDetector, Table, Data) {
        let detector = try SeriesSamples.quick(kind, target).fitted(
            to: SeriesSamples.twoMachines(steps: 75, seed: 1),
            options: options
        )
        let table = try SeriesSamples.twoMachines(steps: 40, seed: 2)
        var scorer = SeriesScorer(detector)
        _ = try scorer.scores(of: table, reasonCount: 1)
        return (detector, table, try JSONEncoder().encode(scorer.state))
    }

    private func resumed(
        _ state: Data,
        by other: FittedSeriesDetector? = nil
    ) throws -> SeriesScorer {
        try SeriesScorer(
            other ?? detector,
            resuming: JSONDecoder().decode(SeriesScorer.State.self, from: state)
        )
    }

    /// The error of a state that is refused: one that JSON is blamed for, or the detector's own.
    private func expectRefused(_ state: Data, _ what: String) {
        let error = #expect(throws: (any Error).self, "\(what)") { try resumed(state) }
        #expect(
            error is DecodingError || error as? DetectorError == .foreignState,
            "\(what): \(String(describing: error))"
        )
    }

    @Test func unchangedStatesAreTaken() throws {
        let rewritten = try edited(state, "past.steps.0.isFirst", "false")
        #expect(try resumed(rewritten).state.encodedNumbers == resumed(state).state.encodedNumbers)
    }

    @Test func statesOfOtherDetectorsAreRefused() throws {
        var longer = SeriesSamples.quick(.averages, .forecast)
        longer.windowLength = 7
        var reseeded = SeriesSamples.quick(.averages, .forecast)
        reseeded.seed = 5
        let training = try SeriesSamples.twoMachines(steps: 75, seed: 1)
        let options = SeriesSamples.timedMachines
        var refilled = options
        refilled.fillLimit = 3
        let others = [
            try longer.fitted(to: training, options: options),
            try reseeded.fitted(to: training, options: options),
            try SeriesSamples.quick().fitted(to: training, options: options),
            try SeriesSamples.quick(.averages, .forecast).fitted(to: training, options: refilled),
            try SeriesSamples.quick(.averages, .forecast).fitted(
                to: SeriesSamples.twoMachines(steps: 75, seed: 3),
                options: options
            ),
        ]
        for (index, other) in others.enumerated() {
            #expect(throws: DetectorError.foreignState, "\(index)") {
                try resumed(state, by: other)
            }
        }
    }

    private static let steps: [(String, [String])] = [
        ("past.steps.0.stepCount", ["-1", "8", "9223372036854775807", "1e300"]),
        ("past.steps.0.averages", ["[0]", "[]"]),
        ("past.steps.0.averages.1", ["1e300", #""x""#, "null"]),
        ("past.steps.0.activity", ["[1]"]),
        ("past.steps.1.activity.0", ["-1", "-0.5", "1e39"]),
        ("past.steps.0.window", ["[0]", "[0,0,0,0,0,0,0,0]"]),
        ("past.steps.0.window.0", ["1e39"]),
        ("past.steps.0.before", ["null"]),
        ("past.steps.0.before.stepCount", ["-1", "100"]),
        ("past.steps.0.before.oldest", ["[]"]),
        ("past.steps.0.before.activity.0", ["-3"]),
        ("past.steps.0", ["{}"]),
        ("past.residuals.0.averages", ["[]"]),
        ("past.residuals.0.before", ["[1]"]),
        ("lastSteps.0.score.pValue", ["0", "-1", "2"]),
        ("lastSteps.0.score.error", ["-1"]),
        ("past.steps", ["[{},{}]"]),
        ("otherPasts", ["null", "[]"]),
        ("otherPasts.0.steps.0.averages", ["[0]"]),
        ("otherPasts.0.steps.1.activity.0", ["-1"]),
        ("recentLevels", ["null", "[]", "[{}]"]),
        ("recentLevels.0.averages", ["[1]"]),
        ("recentLevels.0.averages.0", [#""x""#]),
        ("recentLevels.1.before", ["[1,2,3]"]),
        ("lastSteps", ["[null,null,null]"]),
    ]

    @Test func whatIsRememberedOfStepsMustFit() throws {
        for (path, values) in SeriesStateTests.steps {
            for value in values {
                expectRefused(try edited(state, path, value), "\(path) = \(value)")
            }
        }
    }

    private static let tracked: [(String, [String])] = [
        ("tracker.entities", [#"["a"]"#, #"["a","a"]"#, #"["a","b","c"]"#]),
        ("tracker.states", ["[]"]),
        ("tracker.names", ["null"]),
        ("tracker.clock.interval", ["0", "-5", "2000000000"]),
        ("tracker.options.fillLimit", ["-1", "11"]),
        ("tracker.states.0.silences", ["[]", "[-1,0,0,0]"]),
        ("tracker.states.0.lateCount", ["-1"]),
        ("tracker.states.0.values.numbers", ["[1]"]),
        ("tracker.states.0.last", [#""yesterday""#]),
    ]

    @Test func whatIsRememberedOfRowsMustFit() throws {
        for (path, values) in SeriesStateTests.tracked {
            for value in values {
                expectRefused(try edited(state, path, value), "\(path) = \(value)")
            }
        }
    }

    @Test func averagesOfRowsOfOneTimeMustFit() throws {
        var options = SeriesSamples.timedMachines
        options.duplicates = .mean
        let (detector, _, state) = try SeriesStateTests.saved(.dense, .reconstruction, options)
        let emptied = try edited(state, "tracker.states.0.sums", "[]")
        for changed in [
            try edited(emptied, "tracker.states.0.counts", "[]"), emptied,
            try edited(state, "tracker.states.0.counts", "[-1,1,1,1]"),
        ] {
            #expect(throws: DecodingError.self) { try resumed(changed, by: detector) }
        }
    }

    /// A place far behind its row would bring billions of steps.
    @Test func gridsMustFit() throws {
        var options = SeriesSamples.timedMachines
        options.sampling = .resample(interval: nil)
        let (detector, table, state) = try SeriesStateTests.saved(.averages, .forecast, options)
        var whole = try resumed(state, by: detector)
        _ = try whole.scores(of: table.rows(table.rowCount - 2..<table.rowCount))
        for (path, value) in [
            ("gridIndex", "-1000000000000"), ("gridIndex", "0"),
            ("gridIndex", "9223372036854775807"),
            ("gridOrigin", #""1700-01-01T00:00:00Z""#), ("gridOrigin", #""2200-01-01T00:00:00Z""#),
            ("last", #""2200-01-01T00:00:00Z""#),
        ] {
            let changed = try edited(state, "tracker.states.0." + path, value)
            #expect(throws: DecodingError.self, "\(path) = \(value)") {
                try resumed(changed, by: detector)
            }
        }
    }

    @Test func aStateOfNoRowsIsTaken() throws {
        let empty = try JSONEncoder().encode(SeriesScorer(detector).state)
        var scorer = try resumed(empty)
        #expect(try scorer.scores(of: table) == detector.scores(of: table))
    }
}

extension SeriesScorer.State {
    /// The state as JSON with sorted keys.
    fileprivate var encodedNumbers: Data? {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try? encoder.encode(self)
    }
}
