import OddityDatasets
import OddityDetectors
import OddityEvaluation
import OddityNeuralNetworks
import OddityPreprocessing
import Synchronization
import Testing

/// What can make a row odd beside its residual and its nearest code.
@Suite struct ScoringTests {
    static func variational(
        _ scoring: TableDetector.Scoring,
        klWeight: Float = 0.01
    ) -> TableDetector {
        var autoencoder = Samples.autoencoder
        autoencoder.folds = 2
        autoencoder.variant = .variational(VariationalCode(klWeight: klWeight))
        autoencoder.scoring = scoring
        return autoencoder
    }

    static func coded(
        _ distance: TableDetector.CodeDistance,
        _ scoring: TableDetector.Scoring = .residualAndCode
    ) -> TableDetector {
        var autoencoder = Samples.autoencoder
        autoencoder.folds = 2
        autoencoder.codeDistance = distance
        autoencoder.scoring = scoring
        return autoencoder
    }

    /// The area under the curve of normal rows and rows that break a relation.
    static func area(_ detector: FittedTableDetector) throws -> Double {
        let normal = try detector.scores(of: Samples.normal(rows: 200, seed: 2))
        let odd = try detector.scores(of: Samples.odd(rows: 200, seed: 3))
        return try ROCCurve(
            scores: (normal + odd).map(\.score),
            labels: normal.map { _ in false } + odd.map { _ in true }
        ).area
    }

    @Test(arguments: [TableDetector.Scoring.elbo, .reconstructionProbability])
    func likelihoodsKeepTheInvariants(scoring: TableDetector.Scoring) throws {
        var autoencoder = Self.variational(scoring)
        try checkDetector(autoencoder)
        autoencoder.loss = .gaussian
        try checkDetector(autoencoder)
        autoencoder.loss = .meanSquaredError
        autoencoder.principalComponents = .count(3)
        try checkDetector(autoencoder)
    }

    @Test(
        arguments: TableDetector.CodeDistance.allCases,
        [TableDetector.Scoring.residualAndCode, .code]
    )
    func codesKeepTheInvariants(
        distance: TableDetector.CodeDistance,
        scoring: TableDetector.Scoring
    ) throws {
        try checkDetector(Self.coded(distance, scoring))
    }

    @Test func pulledCodesKeepTheInvariants() throws {
        var autoencoder = Self.coded(.center)
        autoencoder.svddWeight = 0.1
        try checkDetector(autoencoder)
        autoencoder.scoring = .code
        autoencoder.variant = .sparse(.divergence())
        autoencoder.tiedWeights = true
        autoencoder.patience = 3
        try checkDetector(autoencoder)
    }

    @Test func residualBlocksKeepTheInvariants() throws {
        var autoencoder = Samples.autoencoder
        autoencoder.folds = 2
        autoencoder.residualBlocks = 1
        try checkDetector(autoencoder)
        autoencoder.hiddenSizes = [16, 8, 3]
        autoencoder.residualBlocks = 2
        autoencoder.batchNormalization = true
        autoencoder.dropout = 0.1
        try checkDetector(autoencoder)
    }

    /// A block has two dense layers of its hidden layer's size.
    @Test func residualBlocksAddTheirParameters() throws {
        var autoencoder = Samples.autoencoder
        autoencoder.folds = 1
        autoencoder.epochs = 1
        autoencoder.hiddenSizes = [16, 8, 3]
        let table = try Samples.normal(rows: 40, seed: 1)
        let plain = try autoencoder.fitted(to: table)
        autoencoder.residualBlocks = 2
        let deep = try autoencoder.fitted(to: table)
        let block = { (size: Int) in 2 * (size * size + size) }
        #expect(deep.parameterCount - plain.parameterCount == 2 * 2 * (block(16) + block(8)))
    }

    @Test(arguments: [
        variational(.elbo), variational(.reconstructionProbability), coded(.mahalanobis),
        coded(.center),
    ])
    func findsRowsThatBreakTheRelation(autoencoder: TableDetector) throws {
        var autoencoder = autoencoder
        autoencoder.epochs = 60
        #expect(try Self.area(autoencoder.fitted(to: Samples.normal(rows: 400, seed: 1))) > 0.75)
    }

    /// The draws are the same in every call, so that the same rows have the same scores.
    @Test func scoringTwiceGivesTheSameBits() throws {
        let detector = try Self.variational(.reconstructionProbability)
            .fitted(to: Samples.normal(rows: 100, seed: 1))
        let row = try Samples.odd(rows: 9, seed: 2).selecting(rows: [4])
        let copies = try Table.joining(Array(repeating: row, count: 130))
        let first = try detector.scores(of: copies)
        #expect(Set(first.map(\.score.bitPattern)).count == 1)
        #expect(try detector.scores(of: copies) == first)
        #expect(try detector.scores(of: row).first == first.first)
    }

    /// A divergence whose gradient were zero would leave every weight as it is without one.
    @Test func theDivergenceShapesTheNetwork() throws {
        let table = try Samples.normal(rows: 150, seed: 1)
        func divergence(_ klWeight: Float) throws -> Double {
            var autoencoder = Self.variational(.elbo, klWeight: klWeight)
            autoencoder.epochs = 60
            let detector = try autoencoder.fitted(to: table)
            let last = try #require(detector.histories[0].epochs.last)
            return last.penalties.divergence / Double(klWeight)
        }
        let (held, free) = (try divergence(1), try divergence(1e-6))
        #expect(held < 0.2 * free)
    }

    @Test func codesArePulledAfterTheNetworkIsTrained() throws {
        var autoencoder = Self.coded(.center)
        autoencoder.svddWeight = 0.3
        autoencoder.folds = 1
        let last = Mutex<FittingProgress?>(nil)
        let detector = try autoencoder.fitted(to: Samples.normal(rows: 150, seed: 1)) { progress in
            last.withLock { $0 = progress }
        }
        let history = detector.histories[0].epochs
        #expect(history.map(\.epoch) == Array(1...24))
        let end = last.withLock { $0 }
        #expect(end?.epoch == 24)
        #expect(end?.epochCount == 24)
        #expect(history[..<12].allSatisfy { $0.penalties.center == 0 })
        #expect(history[23].penalties.center > 0)
        #expect(history[23].penalties.center < 0.7 * history[12].penalties.center)
        // The reconstruction error is still in the loss.
        #expect(history[23].trainingLoss < 2 * history[11].trainingLoss)
    }

    @Test func settingsThatDoNotGoTogetherAreRefused() throws {
        let table = try Samples.normal(rows: 30, seed: 1)
        let changes: [(String, (inout TableDetector) -> Void)] = [
            ("scoring", { $0.scoring = .elbo }),
            ("scoring", { $0.scoring = .reconstructionProbability }),
            (
                "code distance",
                {
                    $0.scoring = .residual
                    $0.codeDistance = .mahalanobis
                }
            ),
            (
                "code distance",
                {
                    $0.variant = .variational(VariationalCode())
                    $0.scoring = .elbo
                    $0.codeDistance = .center
                }
            ),
            ("SVDD weight", { $0.svddWeight = 0.1 }),
            (
                "SVDD weight",
                {
                    $0.codeDistance = .center
                    $0.svddWeight = 0
                }
            ),
            (
                "SVDD weight",
                {
                    $0.codeDistance = .center
                    $0.svddWeight = .infinity
                }
            ),
            (
                "SVDD weight",
                {
                    $0.codeDistance = .center
                    $0.svddWeight = 0.1
                    $0.variant = .variational(VariationalCode())
                }
            ),
            ("the number of residual blocks", { $0.residualBlocks = -1 }),
            (
                "the number of residual blocks",
                {
                    $0.residualBlocks = 1
                    $0.hiddenSizes = [3]
                }
            ),
            (
                "the number of residual blocks",
                {
                    $0.residualBlocks = 1
                    $0.tiedWeights = true
                }
            ),
        ]
        for (name, change) in changes {
            var autoencoder = Samples.autoencoder
            change(&autoencoder)
            let error = #expect(throws: DetectorError.self) { try autoencoder.fitted(to: table) }
            guard case .invalidSetting(let setting, _, _) = error else {
                Issue.record("\(name): \(String(describing: error))")
                continue
            }
            #expect(setting == name)
        }
    }
}
