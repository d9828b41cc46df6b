import OddityDatasets
import OddityDetectors
import OddityEvaluation
import OddityNeuralNetworks
import OddityPreprocessing
import Testing

@Suite struct AutoencoderTests {
    @Test func keepsTheInvariants() throws {
        try checkDetector(Samples.autoencoder)
    }

    @Test func singleNetworkKeepsTheInvariants() throws {
        var autoencoder = Samples.autoencoder
        autoencoder.folds = 1
        try checkDetector(autoencoder)
    }

    @Test func residualAloneKeepsTheInvariants() throws {
        var autoencoder = Samples.autoencoder
        autoencoder.scoring = .residual
        try checkDetector(autoencoder)
    }

    @Test func allLayersKeepTheInvariants() throws {
        var autoencoder = Samples.autoencoder
        autoencoder.hiddenSizes = [16, 8, 3]
        autoencoder.dropout = 0.2
        autoencoder.batchNormalization = true
        autoencoder.activation = .gelu
        autoencoder.patience = 3
        autoencoder.gradientClipping = 1
        autoencoder.schedule = .cosine()
        try checkDetector(autoencoder)
    }

    @Test func crossEntropyOnUnitRangeKeepsTheInvariants() throws {
        var autoencoder = Samples.autoencoder
        autoencoder.outputActivation = .sigmoid
        autoencoder.loss = .binaryCrossEntropy
        autoencoder.preparation.scaling = .minMax
        try checkDetector(autoencoder)
    }

    @Test func findsRowsThatBreakTheRelation() throws {
        var autoencoder = Samples.autoencoder
        autoencoder.epochs = 60
        let detector = try autoencoder.fitted(to: Samples.normal(rows: 400, seed: 1))
        let normal = try detector.scores(of: Samples.normal(rows: 200, seed: 2))
        let odd = try detector.scores(of: Samples.odd(rows: 200, seed: 3))
        let curve = try ROCCurve(
            scores: (normal + odd).map(\.score),
            labels: normal.map { _ in false } + odd.map { _ in true }
        )
        #expect(curve.area > 0.9)
        let reasons = try detector.verdicts(
            of: Samples.odd(rows: 50, seed: 4),
            reasonCount: 2
        )
        let named = reasons.filter {
            $0.reasons.map(\.column).contains { ["current", "speed"].contains($0) }
        }
        #expect(named.count > 40, "the columns that no longer agree are the reasons")
    }

    /// New rows drawn like the training rows raise alarms at the asked rate.
    @Test(arguments: [0.01, 0.05]) func falseAlarmsKeepTheirRate(rate: Double) throws {
        let rows = 2000
        let detector = try Samples.autoencoder.fitted(to: Samples.normal(rows: rows, seed: 1))
        let scores = try detector.scores(of: Samples.normal(rows: rows, seed: 2))
        let flagged = scores.filter { DecisionRule.falseAlarmRate(rate).isAnomaly($0) }.count
        let deviation = (rate * (1 - rate) * 2 / Double(rows)).squareRoot()
        #expect(abs(Double(flagged) / Double(rows) - rate) <= 3 * deviation + 1 / Double(rows))
    }

    @Test func changedConstantsAndUnseenLevelsRaiseTheScoreBoundedly() throws {
        let detector = try Samples.autoencoder.fitted(to: Samples.normal(rows: 200, seed: 1))
        let table = try Samples.normal(rows: 20, seed: 2)
        func replacing(_ name: String, _ make: (Column) -> Column) throws -> [RowScore] {
            try detector.scores(
                of: Table(columns: table.columns.map { $0.name == name ? make($0) : $0 })
            )
        }
        let plain = try detector.scores(of: table)
        let nudged = try replacing("version") {
            Column("version", ($0.numbers ?? []).map { $0 + 0.001 })
        }
        let wild = try replacing("version") {
            Column("version", ($0.numbers ?? []).map { _ in 1e30 })
        }
        let unseen = try replacing("mode") { column in
            Column("mode", categories: (column.texts ?? []).map { _ in "sideways" })
        }
        let missing = try replacing("speed") {
            Column("speed", ($0.numbers ?? []).map { _ in .nan })
        }
        #expect(nudged == wild, "a change is evidence, however large")
        for changed in [nudged, unseen, missing] {
            #expect(zip(changed, plain).allSatisfy { $0.score > $1.score })
        }
        #expect(zip(wild, plain).allSatisfy { $0.score < $1.score + 30 })
        let reason = try detector.verdicts(
            of: Table(
                columns: table.columns.map {
                    $0.name == "version" ? Column("version", ($0.numbers ?? []).map { _ in 4 }) : $0
                }
            ),
            reasonCount: 1
        )
        #expect(reason.contains { $0.reasons[0].column == "version" })
        #expect(
            reason.filter { $0.reasons[0].column == "version" }.allSatisfy {
                $0.reasons[0].actual == .number(4) && $0.reasons[0].expected == .number(3)
            }
        )
    }

    /// The tutorial's network: 100 inputs, 50 hidden, ReLU, sigmoid output on data in [0, 1].
    @Test func expressesTheTutorial() throws {
        var autoencoder = TableDetector()
        autoencoder.hiddenSizes = [50]
        autoencoder.activation = .relu
        autoencoder.outputActivation = .sigmoid
        autoencoder.preparation.scaling = .minMax
        autoencoder.loss = .meanSquaredError
        autoencoder.optimizer = .adam()
        autoencoder.learningRate = 0.001
        autoencoder.batchSize = 32
        autoencoder.epochs = 10
        autoencoder.folds = 1
        autoencoder.scoring = .residual
        let columns = (0..<100).map { j in
            Column("x\(j)", (0..<120).map { i in Double((i * (j % 16 + 1) + j) % 17) })
        }
        let table = try Table(columns: columns)
        var detector = try autoencoder.fitted(to: table)
        #expect(detector.layerSizes == [100, 50, 100])
        #expect(detector.parameterCount == 100 * 50 + 50 + 50 * 100 + 100)
        #expect(detector.histories[0].epochs.count == 10)
        #expect(
            detector.histories[0].epochs[9].trainingLoss
                < detector.histories[0].epochs[0].trainingLoss
        )
        detector.decisionRule = .error(0.05)
        let scores = try detector.scores(of: table)
        #expect(scores.allSatisfy { detector.decisionRule.isAnomaly($0) == ($0.error >= 0.05) })
    }

    /// A table of few different rows: what is common in training is not odd, what never was is.
    @Test func fewDifferentRowsAreJudgedByHowCommonTheyAre() throws {
        let pattern = (0..<300).map { Double(($0 * 7 + $0 / 3) % 2) }
        let table = try Table(columns: [
            Column("a", pattern), Column("b", pattern), Column("c", pattern.map { 1 - $0 }),
        ])
        var autoencoder = Samples.autoencoder
        autoencoder.epochs = 200
        let detector = try autoencoder.fitted(to: table)
        let scores = try detector.scores(
            of: Table(columns: [
                Column("a", [0, 1, 0, 5]), Column("b", [0, 1, 1, 0]), Column("c", [1, 0, 1, 0]),
            ])
        )
        // Half of the rows are like each; where a new one lies among theirs depends on how each network rebuilds them.
        #expect(scores[0].pValue > 0.2)
        #expect(scores[1].pValue > 0.2)
        #expect(scores[2].pValue < 0.01)
        #expect(scores[3].pValue < 0.01)
        #expect(scores.allSatisfy { $0.score < 1000 })
    }

    @Test(arguments: [2, 3, 5, 9]) func fewRowsWork(rows: Int) throws {
        var autoencoder = Samples.autoencoder
        autoencoder.folds = 2
        let detector = try autoencoder.fitted(to: Samples.normal(rows: rows, seed: 1))
        #expect(detector.heldOut.count == rows)
        let scores = try detector.scores(of: Samples.odd(rows: 3, seed: 2))
        #expect(scores.count == 3)
        #expect(scores.allSatisfy { $0.score.isFinite })
        #expect(scores.allSatisfy { $0.pValue >= 1 / Double(rows + 1) })
    }

    @Test func settingsThatCannotBeUsedAreRefused() throws {
        let table = try Samples.normal(rows: 30, seed: 1)
        let changes: [(String, (inout TableDetector) -> Void)] = [
            ("hidden sizes", { $0.hiddenSizes = [] }),
            ("hidden sizes", { $0.hiddenSizes = [4, 0] }),
            ("dropout", { $0.dropout = 1 }), ("learning rate", { $0.learningRate = 0 }),
            ("learning rate", { $0.learningRate = .nan }), ("batch size", { $0.batchSize = 0 }),
            ("epochs", { $0.epochs = 0 }), ("patience", { $0.patience = 0 }),
            ("folds", { $0.folds = 0 }),
            ("held-out share", { $0.heldOutShare = 1 }),
            ("gradient clipping", { $0.gradientClipping = 0 }),
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

    @Test func tooFewRowsAreRefused() throws {
        #expect(throws: DetectorError.tooFewRows(count: 3, needed: 4)) {
            try Samples.autoencoder.fitted(to: Samples.normal(rows: 3, seed: 1))
        }
        var single = Samples.autoencoder
        single.folds = 1
        let oneRow = try Samples.normal(rows: 2, seed: 1).selecting(rows: [0])
        #expect(throws: DetectorError.tooFewRows(count: 1, needed: 2)) {
            try single.fitted(to: oneRow)
        }
    }

    @Test func exampleOfADivergingTrainingStopsWithTheEpoch() throws {
        var autoencoder = Samples.autoencoder
        autoencoder.optimizer = .sgd(momentum: 0)
        autoencoder.learningRate = 1e30
        autoencoder.folds = 1
        let error = #expect(throws: TrainingError.self) {
            try autoencoder.fitted(to: Samples.normal(rows: 100, seed: 1))
        }
        #expect("\(error.map { "\($0)" } ?? "")".contains("epoch"))
    }

    /// Rows span no more directions than their number, so that a few of many features are learned like as many features.
    @Test(arguments: [
        (3, 8, [128, 32]), (512, 8, [128, 32]), (513, 8, [128, 32]), (513, 520, [256, 64]),
    ])
    func hiddenSizesFollowTheNumberOfFeatures(
        featureCount: Int,
        rowCount: Int,
        sizes: [Int]
    ) throws {
        let count = min(featureCount, rowCount)
        #expect(TableDetector.defaultHiddenSizes(featureCount: count) == sizes)
        let columns = (0..<featureCount).map { column in
            Column("x\(column)", (0..<rowCount).map { Double((5 * $0 + column) % 8) })
        }
        var autoencoder = TableDetector()
        autoencoder.epochs = 1
        autoencoder.folds = 2
        let fitted = try autoencoder.fitted(to: Table(columns: columns))
        #expect(fitted.configuration.hiddenSizes == sizes)
        autoencoder.hiddenSizes = [5]
        #expect(try autoencoder.fitted(to: Table(columns: columns)).layerSizes[1] == 5)
    }
}
