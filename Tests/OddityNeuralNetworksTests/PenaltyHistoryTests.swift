import Foundation
import OddityLinearAlgebra
import Testing

@testable import OddityNeuralNetworks

/// What the history says about the parts of the loss.
@Suite struct PenaltyHistoryTests {
    let rows = lineRows(40, 6)

    private func train(
        _ layers: [LayerDescription],
        _ options: TrainingOptions,
        validationRows: [Int]? = nil
    ) throws -> TrainingResult {
        try Trainer(options: options).train(
            Network(NetworkDescription(inputSize: 6, layers: layers), seed: 1),
            inputs: rows,
            validationRows: validationRows
        )
    }

    /// With a learning rate this small the network stays as it is, and batches of 16, 16 and 8 rows
    /// make the mean over all rows.
    @Test func penaltiesAreMeansOverRows() throws {
        let result = try train(
            [
                .dense(outputSize: 6), .activityPenalty(l1: 0.5),
                .variational(latentSize: 3, klWeight: 0.25, meanL1: 2), .dense(outputSize: 6),
            ],
            TrainingOptions(optimizer: .sgd(), learningRate: 1e-30, epochs: 1, batchSize: 16)
        )
        let latent = try result.network.outputs(for: rows, ofLayer: 1)
        var expected = LossPenalties()
        for r in 0..<40 {
            for j in 0..<3 {
                let (mean, v) = (Double(latent[r, j]), Double(latent[r, 3 + j]))
                expected.activity += 0.5 * (abs(mean) + abs(v)) / 40
                expected.divergence += 0.25 * (mean * mean + exp(v) - 1 - v) / 2 / 40
                expected.meanMagnitude += 2 * abs(mean) / 40
            }
        }
        let found = result.history[0].penalties
        #expect(abs(found.activity - expected.activity) < 1e-5 * expected.activity)
        #expect(abs(found.divergence - expected.divergence) < 1e-5 * expected.divergence)
        #expect(abs(found.meanMagnitude - expected.meanMagnitude) < 1e-5 * expected.meanMagnitude)
        #expect(found.sparsity == 0)
        #expect(abs(found.total - expected.total) < 1e-5 * expected.total)
    }

    @Test func shardsAddUpToTheBatch() throws {
        let wide = lineRows(256, 100)
        let network = try Network(
            NetworkDescription(
                inputSize: 100,
                layers: [
                    .dense(outputSize: 160), .activityPenalty(l1: 1),
                    .variational(latentSize: 80, klWeight: 1), .dense(outputSize: 100),
                ]
            ),
            seed: 1
        )
        #expect(TrainingPlan.shardCount(batchSize: 256, layout: network.layout) == 4)
        func penalties(_ batchSize: Int) throws -> LossPenalties {
            let options = TrainingOptions(
                optimizer: .sgd(),
                learningRate: 1e-30,
                epochs: 1,
                batchSize: batchSize
            )
            return try Trainer(options: options).train(network, inputs: wide).history[0].penalties
        }
        let (whole, parts) = (try penalties(256), try penalties(32))
        #expect(abs(whole.activity - parts.activity) < 1e-5 * parts.activity)
        #expect(abs(whole.divergence - parts.divergence) < 1e-5 * parts.divergence)
    }

    @Test func theWeightWarmsUp() throws {
        let layers: [LayerDescription] = [
            .dense(outputSize: 6), .variational(latentSize: 3, klWeight: 1, warmUpSteps: 4),
            .dense(outputSize: 6),
        ]
        let options = TrainingOptions(
            optimizer: .sgd(),
            learningRate: 1e-30,
            epochs: 6,
            batchSize: 40
        )
        let found = try train(layers, options).history.map(\.penalties.divergence)
        let full = found[5]
        #expect(full > 0)
        for (found, share) in zip(found, [0, 0.25, 0.5, 0.75, 1, 1]) {
            #expect(abs(found - share * full) < 1e-6 * full)
        }
    }

    /// The reconstruction is best before the divergence has weight, which must not end the training.
    @Test func earlyStoppingBeginsAfterTheWarmUp() throws {
        let layers: [LayerDescription] = [
            .dense(outputSize: 8), .variational(latentSize: 4, klWeight: 5, warmUpSteps: 200),
            .dense(outputSize: 6),
        ]
        let options = TrainingOptions(
            learningRate: 0.01,
            epochs: 40,
            batchSize: 5,
            patience: 4
        )
        let result = try train(layers, options, validationRows: Array(0..<20))
        // Eight steps an epoch: the 26th is the first one at full weight.
        #expect(result.bestEpoch >= 26)
        let losses = result.history.compactMap(\.validationLoss)
        #expect(losses[25...].min() == losses[result.bestEpoch - 1])
        #expect(losses.min() != losses[result.bestEpoch - 1])
    }

    @Test func withoutValidationRowsPenaltiesCountInEarlyStopping() {
        var penalties = LossPenalties()
        penalties.sparsity = 0.25
        func watched(_ validationLoss: Double?) -> Double {
            EpochRecord(
                epoch: 1,
                trainingLoss: 1,
                penalties: penalties,
                validationLoss: validationLoss,
                learningRate: 1
            ).watchedLoss
        }
        #expect(watched(nil) == 1.25)
        #expect(watched(0.5) == 0.5)
    }

    @Test func recordsWithoutPenaltiesAreReadAndWrittenAsBefore() throws {
        let old = #"{"epoch":2,"learningRate":0.5,"trainingLoss":0.25,"validationLoss":1}"#
        let record = try JSONDecoder().decode(EpochRecord.self, from: Data(old.utf8))
        #expect(record.penalties == LossPenalties())
        #expect(record.validationLoss == 1)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(record), as: UTF8.self) == old)
        var penalties = LossPenalties()
        penalties.divergence = 0.5
        penalties.activity = 1
        let new = EpochRecord(
            epoch: 1,
            trainingLoss: 1,
            penalties: penalties,
            validationLoss: nil,
            learningRate: 1
        )
        let text = String(decoding: try encoder.encode(new), as: UTF8.self)
        #expect(text.contains(#""penalties":{"activity":1,"divergence":0.5}"#))
        #expect(try JSONDecoder().decode(EpochRecord.self, from: Data(text.utf8)) == new)
    }
}
