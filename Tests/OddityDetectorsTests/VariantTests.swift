import OddityDatasets
import OddityDetectors
import OddityEvaluation
import OddityNeuralNetworks
import OddityPreprocessing
import Testing

/// Every variant of the autoencoder, with every loss it goes with.
@Suite struct VariantTests {
    static let variants: [AutoencoderVariant] = [
        .sparse(.l1(weight: 0.01)), .sparse(.l1(weight: 0.01, layers: .all)),
        .sparse(.divergence(target: 0.2, weight: 0.01)),
        .sparse(.largest(count: 2)),
        .denoising(.gaussian()),
        .denoising(.masking()),
        .denoising(.swap()),
        .denoising(.multiScale()),
        .variational(
            VariationalCode(klWeight: 0.01, warmUpEpochs: 3, meanL1: 0.001, freeBits: 0.01)
        ),
    ]

    @Test(arguments: variants) func keepsTheInvariants(variant: AutoencoderVariant) throws {
        var autoencoder = Samples.autoencoder
        autoencoder.folds = 2
        autoencoder.variant = variant
        try checkDetector(autoencoder)
    }

    @Test(arguments: variants, [Loss.meanAbsoluteError, .huber(delta: 1), .binaryCrossEntropy])
    func trainsWithEveryLoss(variant: AutoencoderVariant, loss: Loss) throws {
        var autoencoder = Samples.autoencoder
        autoencoder.folds = 1
        autoencoder.epochs = 4
        autoencoder.variant = variant
        autoencoder.loss = loss
        if loss == .binaryCrossEntropy {
            autoencoder.preparation.scaling = .minMax
            autoencoder.outputActivation = .sigmoid
        }
        let detector = try autoencoder.fitted(to: Samples.normal(rows: 80, seed: 1))
        let losses = detector.histories[0].epochs.map(\.trainingLoss)
        #expect(losses.count == 4)
        // The weight of a variational code's divergence grows in these epochs.
        #expect(losses[3] < losses[0] || variant.name == "variational", "\(losses)")
        let scores = try detector.scores(of: Samples.odd(rows: 10, seed: 2))
        #expect(scores.count == 10)
        #expect(scores.allSatisfy { $0.score.isFinite })
    }

    @Test(arguments: [AutoencoderVariant.plain] + variants)
    func learnsAVariance(variant: AutoencoderVariant) throws {
        var autoencoder = Samples.autoencoder
        autoencoder.folds = 2
        autoencoder.variant = variant
        autoencoder.loss = .gaussian
        try checkDetector(autoencoder)
    }

    @Test func tiedWeightsKeepTheInvariants() throws {
        var autoencoder = Samples.autoencoder
        autoencoder.tiedWeights = true
        let untied = try Samples.autoencoder.fitted(to: Samples.normal(rows: 60, seed: 1))
        let tied = try autoencoder.fitted(to: Samples.normal(rows: 60, seed: 1))
        #expect(tied.parameterCount < untied.parameterCount)
        try checkDetector(autoencoder)
    }

    @Test(arguments: [
        PrincipalComponentAnalysis.Selection.count(3), .variance(0.9), .aboveAverage,
    ])
    func componentsInFrontKeepTheInvariants(selection: PrincipalComponentAnalysis.Selection) throws
    {
        var autoencoder = Samples.autoencoder
        autoencoder.principalComponents = selection
        try checkDetector(autoencoder)
        let detector = try autoencoder.fitted(to: Samples.normal(rows: 150, seed: 1))
        let count = try #require(detector.analysis?.componentCount)
        #expect(detector.layerSizes.first == count)
        #expect(count < detector.preparer.featureCount)
    }

    /// What the components leave out still counts: a row off their plane is odd.
    @Test func componentsJudgeRowsInTheirOwnColumns() throws {
        var autoencoder = Samples.autoencoder
        autoencoder.principalComponents = .count(2)
        autoencoder.scoring = .residual
        let detector = try autoencoder.fitted(to: Samples.normal(rows: 300, seed: 1))
        let normal = try detector.scores(of: Samples.normal(rows: 100, seed: 2))
        let odd = try detector.scores(of: Samples.odd(rows: 100, seed: 3))
        let curve = try ROCCurve(
            scores: (normal + odd).map(\.score),
            labels: normal.map { _ in false } + odd.map { _ in true }
        )
        #expect(curve.area > 0.8)
    }

    @Test func penaltiesAreInTheHistory() throws {
        var autoencoder = Samples.autoencoder
        autoencoder.variant = .variational(VariationalCode(klWeight: 0.01, meanL1: 0.01))
        let detector = try autoencoder.fitted(to: Samples.normal(rows: 80, seed: 1))
        let last = try #require(detector.histories[0].epochs.last)
        #expect(last.penalties.divergence > 0)
        #expect(last.penalties.meanMagnitude > 0)
        #expect(last.penalties.sparsity == 0)
    }

    @Test func settingsThatDoNotGoTogetherAreRefused() throws {
        let table = try Samples.normal(rows: 30, seed: 1)
        let changes: [(String, (inout TableDetector) -> Void)] = [
            ("sparsity weight", { $0.variant = .sparse(.l1(weight: -1)) }),
            ("sparsity target", { $0.variant = .sparse(.divergence(target: 1, weight: 1)) }),
            ("the number of active units", { $0.variant = .sparse(.largest(count: 4)) }),
            ("noise level", { $0.variant = .denoising(.gaussian(deviation: .nan)) }),
            ("noise level", { $0.variant = .denoising(.masking(rate: 1)) }),
            ("noise level", { $0.variant = .denoising(.multiScale(low: 1, high: 0.5)) }),
            ("KL weight", { $0.variant = .variational(VariationalCode(klWeight: -1)) }),
            ("warm-up", { $0.variant = .variational(VariationalCode(warmUpEpochs: -1)) }),
            (
                "tied weights",
                {
                    $0.variant = .variational(VariationalCode())
                    $0.tiedWeights = true
                }
            ),
            (
                "tied weights",
                {
                    $0.variant = .denoising(.multiScale())
                    $0.tiedWeights = true
                }
            ),
            (
                "loss",
                {
                    $0.loss = .gaussian
                    $0.outputActivation = .sigmoid
                }
            ),
            (
                "loss",
                {
                    $0.loss = .gaussian
                    $0.principalComponents = .count(2)
                }
            ),
        ]
        for (name, change) in changes {
            var autoencoder = Samples.autoencoder
            change(&autoencoder)
            let error = #expect(throws: DetectorError.self) { try autoencoder.fitted(to: table) }
            guard case .invalidSetting(name, _, _) = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
        }
    }
}
