import Foundation
import OddityLinearAlgebra
import Testing

@testable import OddityNeuralNetworks

/// Trainings and scorings of the variants of autoencoders.
@Suite struct VariantTests {
    static let variants: [String: [LayerDescription]] = [
        "denoising": [
            .gaussianNoise(deviation: 0.1), .maskingNoise(rate: 0.1), .swapNoise(rate: 0.1),
            .dense(outputSize: 90), .activation(.relu), .dense(outputSize: 100),
        ],
        "multi-scale": [
            .multiScaleNoise(low: 0.01, high: 0.5), .dense(outputSize: 90), .activation(.relu),
            .dense(outputSize: 100),
        ],
        "sparse": [
            .dense(outputSize: 90), .activation(.relu), .activityPenalty(l1: 0.001), .topK(20),
            .dense(outputSize: 100),
        ],
        "KL-sparse": [
            .dense(outputSize: 90), .activation(.sigmoid), .sparsityPenalty(weight: 0.01),
            .dense(outputSize: 100),
        ],
        "variational": [
            .dense(outputSize: 90), .variational(latentSize: 45, klWeight: 0.01, warmUpSteps: 3),
            .dense(outputSize: 100),
        ],
        "tied": [
            .dense(outputSize: 90), .activation(.relu), .tiedDense(to: 0), .activation(.sigmoid),
        ],
        "residual": [
            .residual([.dense(outputSize: 40), .activation(.relu), .dense(outputSize: 100)]),
            .dense(outputSize: 100),
        ],
    ]

    private func network(_ name: String) throws -> Network {
        let layers = try #require(VariantTests.variants[name])
        return try Network(NetworkDescription(inputSize: 100, layers: layers), seed: 1)
    }

    /// 256 rows of networks this large are cut into four shards, but for penalties of the batch.
    @Test(arguments: variants.keys.sorted())
    func theNumberOfThreadsAndRepeatsChangesNothing(name: String) throws {
        let rows = lineRows(300, 100)
        let network = try network(name)
        let options = TrainingOptions(epochs: 3, batchSize: 256)
        let results = try [1, 2, 3, 1].map { threadCount in
            try Trainer(options: options).train(
                network,
                inputs: rows,
                validationRows: Array(0..<150),
                threadCount: threadCount
            )
        }
        for result in results.dropFirst() {
            #expect(bits(result.network) == bits(results[0].network))
            #expect(result.history == results[0].history)
        }
        let other = TrainingOptions(epochs: 3, batchSize: 256, seed: 1)
        let seeded = try Trainer(options: other).train(network, inputs: rows)
        #expect(bits(seeded.network) != bits(results[0].network))
    }

    @Test(arguments: variants.keys.sorted())
    func theLossFallsAndTrainingCanBeResumed(name: String) throws {
        let rows = lineRows(64, 100)
        let network = try network(name)
        let options = TrainingOptions(learningRate: 0.005, epochs: 12, batchSize: 16)
        let whole = try Trainer(options: options).train(network, inputs: rows, validationRows: [1])
        let losses = whole.history.map(\.trainingLoss)
        #expect(losses[11] < losses[0] * 0.7)
        let half = try Trainer(options: options).train(
            network,
            inputs: rows,
            validationRows: [1]
        ) { $0.record.epoch == 5 ? .stop : .goOn }
        let data = try JSONEncoder().encode(half.checkpoint)
        let resumed = try Trainer(options: options).train(
            network,
            inputs: rows,
            validationRows: [1],
            checkpoint: JSONDecoder().decode(Checkpoint.self, from: data)
        )
        #expect(bits(resumed.network) == bits(whole.network))
        #expect(resumed.history == whole.history)
        #expect(resumed.checkpoint == whole.checkpoint)
    }

    @Test(arguments: variants.keys.sorted())
    func aRowsResultDoesNotDependOnItsPlace(name: String) throws {
        let network = try network(name)
        let rows = lineRows(150, 100)
        for draw in [nil, LatentDraw(seed: 2, index: 3)] {
            let together = try network.outputs(for: rows, draw: draw)
            #expect(try network.outputs(for: rows, draw: draw, threadCount: 2) == together)
            for position in [0, 63, 64, 149] {
                let alone = try network.outputs(
                    for: rows.rows(position..<(position + 1)),
                    draw: draw
                )
                #expect(Array(alone.row(0)) == Array(together.row(position)))
            }
        }
    }

    @Test(arguments: variants.keys.sorted())
    func tensorsMakeTheSameNetwork(name: String) throws {
        let network = try network(name)
        let again = try Network(network.description, tensors: network.tensors)
        let rows = lineRows(9, 100)
        #expect(try again.outputs(for: rows) == network.outputs(for: rows))
    }

    @Test func aRowsPlaceInTheBatchGetsNoiseOfItsOwn() throws {
        let description = NetworkDescription(
            inputSize: 100,
            layers: [.dense(outputSize: 200), .variational(latentSize: 100, klWeight: 0)]
        )
        let network = try Network(description, seed: 1)
        let engine = EngineGradients(
            network,
            loss: .meanSquaredError,
            inputs: [Float](repeating: 0, count: 5_000),
            targets: [Float](repeating: 0, count: 5_000),
            rowCount: 50
        )
        // Mean and log variance are 0: the code is the noise.
        #expect(Set(engine.output).count > 4_990)
        #expect(abs(engine.loss - 1) < 5 * (2.0 / 5_000).squareRoot())
    }

    @Test func scoringTakesTheMeanAndDrawsAreRepeatable() throws {
        let network = try Network(
            NetworkDescription(
                inputSize: 6,
                layers: [
                    .dense(outputSize: 8), .variational(latentSize: 4, klWeight: 0.1),
                    .dense(outputSize: 6),
                ]
            ),
            initializer: .pytorchUniform,
            seed: 1
        )
        let rows = lineRows(70, 6)
        let latent = try network.outputs(for: rows, ofLayer: 0)
        let code = try network.outputs(for: rows, ofLayer: 1)
        for r in 0..<70 { #expect(Array(code.row(r)) == Array(latent.row(r).prefix(4))) }
        #expect(try network.outputs(for: rows) == network.outputs(for: rows))

        // Over many draws the code has the mean and the variance it should have.
        var (sums, squares) = ([0.0, 0, 0, 0], [0.0, 0, 0, 0])
        let count = 4_000
        for index in 0..<count {
            let draw = LatentDraw(seed: 3, index: index)
            let drawn = try network.outputs(for: rows.rows(5..<6), ofLayer: 1, draw: draw)
            for j in 0..<4 {
                sums[j] += Double(drawn[0, j])
                let distance = Double(drawn[0, j] - latent[5, j])
                squares[j] += distance * distance
            }
        }
        for j in 0..<4 {
            let variance = exp(Double(latent[5, 4 + j]))
            let deviation = (variance / Double(count)).squareRoot()
            #expect(abs(sums[j] / Double(count) - Double(latent[5, j])) < 5 * deviation)
            let ratio = squares[j] / Double(count) / variance
            #expect(abs(ratio - 1) < 5 * (2 / Double(count)).squareRoot())
        }
        let draw = LatentDraw(seed: 3, index: 9)
        let drawn = try network.outputs(for: rows, draw: draw)
        #expect(try network.outputs(for: rows, draw: draw) == drawn)
        #expect(try network.outputs(for: rows) != drawn)
    }

    @Test func topKKeepsTheLargestMagnitudesAndTheFirstOfEqualOnes() throws {
        let network = try Network(NetworkDescription(inputSize: 6, layers: [.topK(3)]), seed: 1)
        let rows = Matrix(
            rowCount: 4,
            columnCount: 6,
            elements: [
                1, -5, 2, -3, 0.5, 0,
                2, 2, -2, 2, -2, 2,
                0, 0, 0, 0, 0, 0,
                .infinity, 1, -1e-30, 1e-30, 2e-30, -.infinity,
            ]
        )
        let outputs = try network.outputs(for: rows)
        #expect(Array(outputs.row(0)) == [0, -5, 2, -3, 0, 0])
        #expect(Array(outputs.row(1)) == [2, 2, -2, 0, 0, 0])
        #expect(Array(outputs.row(2)) == [0, 0, 0, 0, 0, 0])
        #expect(Array(outputs.row(3)) == [.infinity, 1, 0, 0, 0, -.infinity])
    }

    @Test func sparsityReachesItsTarget() throws {
        let description = NetworkDescription(
            inputSize: 8,
            layers: [
                .dense(outputSize: 5), .activation(.sigmoid),
                .sparsityPenalty(target: 0.1, weight: 3), .dense(outputSize: 8),
            ]
        )
        let rows = lineRows(128, 8)
        let options = TrainingOptions(learningRate: 0.02, epochs: 150, batchSize: 64)
        let result = try Trainer(options: options).train(
            Network(description, seed: 1),
            inputs: rows
        )
        let code = try result.network.outputs(for: rows, ofLayer: 2)
        for j in 0..<5 {
            let mean = (0..<128).reduce(0) { $0 + code[$1, j] } / 128
            #expect(abs(mean - 0.1) < 0.02)
        }
    }

    /// The learnt variance of each column is that of what can't be predicted.
    @Test func theGaussianLossLearnsVariances() throws {
        var stream = RandomStream(seed: 1, use: .sampling)
        let inputs = lineRows(2_000, 1)
        var targets = Matrix(rowCount: 2_000, columnCount: 2)
        var noise = [Float](repeating: 0, count: 4_000)
        noise.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        for r in 0..<2_000 {
            targets[r, 0] = inputs[r, 0] + 0.1 * noise[2 * r]
            targets[r, 1] = 2 + 0.5 * noise[2 * r + 1]
        }
        let options = TrainingOptions(
            loss: .gaussian,
            learningRate: 0.02,
            schedule: .cosine(),
            epochs: 60,
            batchSize: 100
        )
        let network = try Network(
            NetworkDescription(inputSize: 1, layers: [.dense(outputSize: 4)]),
            seed: 1
        )
        let result = try Trainer(options: options).train(
            network,
            inputs: inputs,
            targets: targets,
            validationRows: Array(0..<200)
        )
        let outputs = try result.network.outputs(for: inputs)
        let deviations = (2..<4).map { j in
            exp(0.5 * Double((0..<2_000).reduce(0) { $0 + outputs[$1, j] } / 2_000))
        }
        #expect(abs(deviations[0] - 0.1) < 0.01)
        #expect(abs(deviations[1] - 0.5) < 0.05)
        let found = try #require(result.history.last?.validationLoss)
        let expected = reference(
            .gaussian,
            predicted: outputs.rows(0..<200).elements.map(Double.init),
            expected: targets.rows(0..<200).elements.map(Double.init),
            targetSize: 2
        )
        #expect(abs(found - expected) <= 1e-5 * abs(expected))
    }
}
