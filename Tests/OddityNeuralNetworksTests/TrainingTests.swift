import Foundation
import OddityLinearAlgebra
import Testing

@testable import OddityNeuralNetworks

@Suite struct TrainingTests {
    let rows = lineRows(70, 8)

    @Test func theLossFalls() throws {
        let network = try Network(autoencoder(8, 3), seed: 1)
        let options = TrainingOptions(learningRate: 0.02, epochs: 30, batchSize: 16)
        let result = try Trainer(options: options).train(network, inputs: rows)
        let losses = result.history.map(\.trainingLoss)
        #expect(losses.count == 30)
        #expect(losses[29] < losses[0] / 3)
        #expect(result.end == .allEpochs)
    }

    @Test(arguments: [1, 2, 5, 33])
    func anyNumberOfRowsTrains(rowCount: Int) throws {
        for inner in [LayerDescription.batchNormalization(), .dropout(rate: 0.5)] {
            let network = try Network(autoencoder(8, 3, inner: [inner]), seed: 1)
            let result = try Trainer(options: TrainingOptions(epochs: 2)).train(
                network,
                inputs: rows.rows(0..<rowCount)
            )
            #expect(bits(result.network) != bits(network))
            #expect(result.history.allSatisfy { $0.trainingLoss.isFinite })
        }
    }

    @Test func theSameSeedGivesTheSameBytes() throws {
        let network = try Network(
            autoencoder(8, 3, inner: [.batchNormalization(), .dropout(rate: 0.3)]),
            seed: 1
        )
        func train(_ seed: UInt64) throws -> TrainingResult {
            try Trainer(options: TrainingOptions(epochs: 3, seed: seed)).train(
                network,
                inputs: rows,
                validationRows: [3, 1]
            )
        }
        let first = try train(4)
        let second = try train(4)
        #expect(bits(first.network) == bits(second.network))
        #expect(first.history == second.history)
        #expect(first.checkpoint == second.checkpoint)
        #expect(try bits(train(5).network) != bits(first.network))
    }

    /// 256 rows of a network this large are cut into four shards.
    @Test(arguments: [nil, 0.01]) func theNumberOfThreadsChangesNothing(clipping: Double?) throws {
        let wide = lineRows(300, 100)
        let network = try Network(autoencoder(100, 90, inner: [.dropout(rate: 0.2)]), seed: 1)
        let options = TrainingOptions(gradientClipping: clipping, epochs: 2, batchSize: 256)
        let results = try [1, 2, 3].map { threadCount in
            try Trainer(options: options).train(
                network,
                inputs: wide,
                validationRows: Array(0..<150),
                threadCount: threadCount
            )
        }
        for result in results.dropFirst() {
            #expect(bits(result.network) == bits(results[0].network))
            #expect(result.history == results[0].history)
        }
    }

    @Test func largeBatchesAreCutIntoShards() {
        func count(_ description: NetworkDescription, _ batchSize: Int) -> Int {
            TrainingPlan.shardCount(batchSize: batchSize, layout: NetworkLayout(description))
        }
        #expect(count(autoencoder(100, 90), 256) == 4)
        #expect(count(autoencoder(1_000, 90), 128) == 2)
        #expect(count(autoencoder(1_000, 90), 63) == 1)
        #expect(count(autoencoder(100, 50), 32) == 1)
        #expect(count(autoencoder(100, 90, inner: [.batchNormalization()]), 256) == 1)
    }

    @Test func shardsGiveTheGradientOfTheWholeBatch() throws {
        let wide = lineRows(256, 100)
        let network = try Network(autoencoder(100, 90), seed: 1)
        func train(_ batchSize: Int) throws -> TrainingResult {
            let options = TrainingOptions(
                optimizer: .sgd(),
                learningRate: 0.5,
                epochs: 1,
                batchSize: batchSize
            )
            return try Trainer(options: options).train(network, inputs: wide)
        }
        // One step of four shards, against the mean of four steps from the same start.
        let whole = try train(256).network.tensors
        let options = TrainingOptions(
            optimizer: .sgd(),
            learningRate: 0.5,
            epochs: 1,
            batchSize: 64
        )
        let parts = try (0..<4).map { part in
            try Trainer(options: options).train(
                network,
                inputs: wide,
                rows: Array((part * 64)..<(part * 64 + 64))
            ).network.tensors
        }
        for index in whole.indices {
            let mean = whole[index].values.indices.map { i in
                parts.reduce(0) { $0 + Double($1[index].values[i]) } / 4
            }
            expectClose(whole[index].values, mean, whole[index].name)
        }
    }

    @Test func rowsAreChosenWithoutACopy() throws {
        let network = try Network(autoencoder(8, 3), seed: 1)
        let options = TrainingOptions(epochs: 2, batchSize: 8, shuffles: false)
        let chosen = [5, 60, 2, 2, 41, 7, 8, 30, 11]
        let direct = try Trainer(options: options).train(network, inputs: rows, rows: chosen)
        let copied = try Trainer(options: options).train(network, inputs: rows.rows(at: chosen))
        #expect(bits(direct.network) == bits(copied.network))
    }

    @Test func targetsMayDifferFromInputs() throws {
        let network = try Network(
            NetworkDescription(inputSize: 8, layers: [.dense(outputSize: 1)]),
            seed: 1
        )
        var targets = Matrix(rowCount: 70, columnCount: 1)
        for r in 0..<70 { targets[r, 0] = 2 * rows[r, 0] - rows[r, 3] + 0.5 }
        let options = TrainingOptions(learningRate: 0.05, epochs: 150, batchSize: 16)
        let result = try Trainer(options: options).train(network, inputs: rows, targets: targets)
        let losses = result.history.map(\.trainingLoss)
        #expect(losses[149] < losses[0] / 50)
    }

    @Test func validationLossIsThatOfTheOutputs() throws {
        for loss in [Loss.meanSquaredError, .binaryCrossEntropy] {
            let network = try Network(autoencoder(8, 3), seed: 1)
            let validationRows = Array(0..<66)
            let result = try Trainer(options: TrainingOptions(loss: loss, epochs: 1)).train(
                network,
                inputs: rows,
                rows: [66, 67, 68, 69],
                validationRows: validationRows
            )
            let part = rows.rows(at: validationRows)
            let outputs = try result.network.outputs(for: part)
            let expected = reference(
                loss,
                predicted: outputs.elements.map(Double.init),
                expected: part.elements.map(Double.init)
            )
            let found = try #require(result.history[0].validationLoss)
            #expect(abs(found - expected) <= 1e-6 * expected)
        }
    }

    @Test func earlyStoppingRestoresTheBest() throws {
        let network = try Network(autoencoder(8, 3), seed: 1)
        // A step this long overshoots after the first good epochs.
        let options = TrainingOptions(
            optimizer: .adam(),
            learningRate: 0.3,
            epochs: 200,
            batchSize: 70,
            patience: 3
        )
        let validationRows = Array(0..<20)
        let result = try Trainer(options: options).train(
            network,
            inputs: rows,
            rows: Array(20..<70),
            validationRows: validationRows
        )
        #expect(result.end == .noImprovement)
        #expect(result.history.count == result.bestEpoch + 3)
        let losses = result.history.compactMap(\.validationLoss)
        #expect(losses.min() == losses[result.bestEpoch - 1])
        let part = rows.rows(at: validationRows)
        let outputs = try result.network.outputs(for: part)
        let loss = reference(
            .meanSquaredError,
            predicted: outputs.elements.map(Double.init),
            expected: part.elements.map(Double.init)
        )
        #expect(abs(loss - losses[result.bestEpoch - 1]) <= 1e-6 * loss)
    }

    @Test(arguments: [LearningRateSchedule.constant, .cosine(), .step(epochs: 2, factor: 0.5)])
    func resumingGivesTheSameBytes(schedule: LearningRateSchedule) throws {
        let network = try Network(
            autoencoder(8, 3, inner: [.batchNormalization(), .dropout(rate: 0.3)]),
            seed: 1
        )
        let options = TrainingOptions(schedule: schedule, epochs: 6, batchSize: 16, patience: 5)
        let whole = try Trainer(options: options).train(
            network,
            inputs: rows,
            validationRows: [1, 2]
        )
        let half = try Trainer(options: options).train(
            network,
            inputs: rows,
            validationRows: [1, 2]
        ) { $0.record.epoch == 3 ? .stop : .goOn }
        #expect(half.end == .stopped)
        #expect(half.history == Array(whole.history.prefix(3)))
        let data = try JSONEncoder().encode(half.checkpoint)
        let checkpoint = try JSONDecoder().decode(Checkpoint.self, from: data)
        #expect(checkpoint == half.checkpoint)
        let resumed = try Trainer(options: options).train(
            network,
            inputs: rows,
            validationRows: [1, 2],
            checkpoint: checkpoint
        )
        #expect(bits(resumed.network) == bits(whole.network))
        #expect(resumed.history == whole.history)
        #expect(resumed.checkpoint == whole.checkpoint)
    }

    @Test func schedulesChangeTheLearningRate() throws {
        let network = try Network(autoencoder(8, 3), seed: 1)
        func rates(_ schedule: LearningRateSchedule) throws -> [Double] {
            let options = TrainingOptions(
                learningRate: 1,
                schedule: schedule,
                epochs: 4,
                batchSize: 70
            )
            return try Trainer(options: options).train(network, inputs: rows).history
                .map(\.learningRate)
        }
        #expect(try rates(.constant) == [1, 1, 1, 1])
        #expect(try rates(.step(epochs: 2, factor: 0.5)) == [1, 1, 0.5, 0.5])
        let cosine = try rates(.cosine(finalFraction: 0.2))
        for (found, expected) in zip(cosine, [1, 0.882_842_712, 0.6, 0.317_157_288]) {
            #expect(abs(found - expected) < 1e-8)
        }
    }

    @Test func dropoutKeepsTheExpectedShare() throws {
        let description = NetworkDescription(inputSize: 50, layers: [.dropout(rate: 0.3)])
        let engine = try EngineGradients(
            Network(description, seed: 1),
            loss: .meanSquaredError,
            inputs: [Float](repeating: 1, count: 5_000),
            targets: [Float](repeating: 0, count: 5_000),
            rowCount: 100
        )
        let kept = engine.output.count { $0 != 0 }
        // Five deviations of a binomial count.
        #expect(abs(Double(kept) - 3_500) < 5 * (5_000 * 0.3 * 0.7).squareRoot())
        #expect(engine.output.allSatisfy { $0 == 0 || abs($0 - 1 / 0.7) < 1e-6 })
    }
}
