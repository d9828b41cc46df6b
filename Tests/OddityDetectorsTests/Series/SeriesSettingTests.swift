import OddityDatasets
import OddityDetectors
import OddityNeuralNetworks
import OddityPreprocessing
import OdditySeries
import Testing

/// Settings and data that a detector of series cannot be fitted with.
@Suite struct SeriesSettingTests {
    @Test func settingsThatCannotBeTrainedAreRefused() {
        let changes: [(inout SeriesDetector) -> Void] = [
            { $0.folds = 1 }, { $0.folds = 65 }, { $0.folds = .min }, { $0.windowLength = 1 },
            { $0.windowLength = -4 }, { $0.windowLength = 4_097 }, { $0.batchSize = 0 },
            { $0.batchSize = .max }, { $0.epochs = 0 }, { $0.epochs = .max }, { $0.patience = 0 },
            { $0.learningRate = 0 }, { $0.learningRate = -1 }, { $0.learningRate = .nan },
            { $0.learningRate = 2 }, { $0.loss = .gaussian }, { $0.loss = .binaryCrossEntropy },
            { $0.loss = .huber(delta: 0) }, { $0.loss = .huber(delta: .nan) },
            { $0.loss = .huber(delta: .infinity) }, { $0.network.hiddenSizes = [] },
            { $0.network.hiddenSizes = [0] }, { $0.network.hiddenSizes = [8, 5_000] },
            { $0.network.hiddenSizes = [Int](repeating: 4, count: 9) },
            { $0.network.latentSize = 0 }, { $0.network.latentSize = .max },
            { $0.network.variant = .sparse(.l1(weight: -1)) },
            { $0.network.variant = .sparse(.l1(weight: 0.1, layers: .all)) },
            { $0.network.variant = .sparse(.divergence(target: 1, weight: 0.1)) },
            { $0.network.variant = .sparse(.largest(count: 0)) },
            { $0.network.variant = .sparse(.largest(count: 4)) },
            { $0.network.variant = .denoising(.gaussian(deviation: .nan)) },
            { $0.network.variant = .denoising(.masking(rate: 1)) },
            { $0.network.variant = .denoising(.swap(rate: -0.1)) },
            { $0.network.variant = .denoising(.multiScale()) },
            { $0.network.variant = .variational(VariationalCode(klWeight: -1)) },
            { $0.network.variant = .variational(VariationalCode(warmUpEpochs: .max)) },
        ]
        for (index, change) in changes.enumerated() {
            var detector = SeriesSamples.quick()
            change(&detector)
            let error = #expect(throws: DetectorError.self, "change \(index)") {
                try detector.fitted(to: Machine(steps: 60, seed: 1).table())
            }
            guard case .invalidSetting = error else {
                Issue.record("change \(index): \(String(describing: error))")
                continue
            }
        }
        #expect(throws: Never.self) { try SeriesDetector().validate() }
    }

    @Test func moreActiveUnitsThanACodeOfDefaultSizeHasAreRefused() throws {
        var detector = SeriesSamples.quick()
        detector.network.latentSize = nil
        detector.network.variant = .sparse(.largest(count: 50))
        #expect(throws: (any Error).self) {
            try detector.fitted(to: Machine(steps: 60, seed: 1).table())
        }
    }

    @Test func preparationsThatCannotBeMadeAreRefused() {
        var detector = SeriesSamples.quick()
        detector.preparation.clippingLimit = 0
        let error = #expect(throws: DetectorError.self) {
            try detector.fitted(to: Machine(steps: 60, seed: 1).table())
        }
        #expect(
            error.map { "\($0)" }
                == "the clipping limit is 0.0: give a number of deviations above 0"
        )
    }

    @Test func tooFewStepsAreRefused() throws {
        var detector = SeriesSamples.quick()
        #expect(throws: DetectorError.tooFewRows(count: 59, needed: 60)) {
            try detector.fitted(to: Machine(steps: 59, seed: 1).table())
        }
        #expect(throws: Never.self) {
            try detector.fitted(to: Machine(steps: 60, seed: 1).table())
        }
        #expect(throws: SeriesError.self) {
            try detector.fitted(to: Machine(steps: 60, seed: 1).table().rows(0..<0))
        }
        // Each block needs steps of its own.
        detector.folds = 64
        #expect(throws: DetectorError.tooFewRows(count: 100, needed: 256)) {
            try detector.fitted(to: Machine(steps: 100, seed: 1).table())
        }
    }

    /// A block for every few steps, some of which hold warm-up alone.
    @Test func manyFoldsOfFewStepsAreFitted() throws {
        var detector = SeriesSamples.quick()
        detector.folds = 15
        let table = try Machine(steps: 60, seed: 1).table()
        let fitted = try detector.fitted(to: table)
        #expect(fitted.memberCount == 15 && fitted.heldOut.count == 54)
        let scores = try fitted.scores(of: table).compactMap(\.score)
        #expect(scores.count == 54 && scores.allSatisfy { $0.score.isFinite })
    }

    @Test func windowsLongerThanTheDataAreRefused() throws {
        var detector = SeriesSamples.quick()
        detector.windowLength = 40
        #expect(throws: DetectorError.tooFewRows(count: 100, needed: 480)) {
            try detector.fitted(to: Machine(steps: 100, seed: 1).table())
        }
        // There are steps enough, but no series has as many.
        let names = (0..<600).map { "\($0 / 30)" }
        let table = try Machine(steps: 600, seed: 1).table().with(Column("id", categories: names))
        let error = #expect(throws: DetectorError.self) {
            try detector.fitted(to: table, options: SeriesOptions(entityColumn: "id"))
        }
        guard case .invalidSetting("the window", "40", _) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func lengthsAreChosenFromTheData() throws {
        var detector = SeriesSamples.quick()
        detector.windowLength = nil
        let fitted = try detector.fitted(to: Machine(steps: 60, seed: 1).table())
        #expect(fitted.window.steps == 5 && fitted.window.reason.contains("twelfth"))
        detector.windowLength = 7
        let asked = try detector.fitted(to: Machine(steps: 90, seed: 1).table())
        #expect(asked.window == WindowLength(steps: 7, reason: "as asked for"))
        #expect(asked.spans == [1.75, 7])
    }
}
