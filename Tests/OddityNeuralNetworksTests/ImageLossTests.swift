import Foundation
import OddityLinearAlgebra
import Testing

@testable import OddityNeuralNetworks

@Suite struct ImageLossTests {
    private func measure(
        _ loss: Loss,
        _ shape: Shape,
        predicted: [Float],
        expected: [Float]
    ) -> (value: Double, gradient: [Float]) {
        let description = NetworkDescription(inputShape: shape, layers: [.dropout(rate: 0)])
        let planned = PlannedLoss(LossFunction(loss, after: description))
        var gradient = [Float](repeating: .nan, count: predicted.count)
        let sum = planned.sum(
            predicted: predicted,
            expected: expected,
            gradient: &gradient,
            scale: 1 / Float(predicted.count),
            rowCount: predicted.count / shape.count
        )
        let alone = planned.sum(
            predicted: predicted,
            expected: expected,
            gradient: nil,
            scale: 1,
            rowCount: predicted.count / shape.count
        )
        #expect(alone == sum || sum.isNaN && alone.isNaN)
        return (sum / Double(predicted.count), gradient)
    }

    struct Case: Decodable {
        let loss: Loss
        let shape: Shape
        let predicted: [Double]
        let expected: [Double]
        let value: Double
        let gradient: [Double]
    }

    /// Numbers made by `scripts/reference_convolutions.py`.
    @Test func valuesAndGradientsMatchPyTorch() throws {
        let folder = try #require(Bundle.module.resourceURL)
        let data = try Data(contentsOf: folder.appendingPathComponent("Fixtures/image-losses.json"))
        let cases = try JSONDecoder().decode([Case].self, from: data)
        #expect(cases.count == 6)
        for (index, item) in cases.enumerated() {
            let found = measure(
                item.loss,
                item.shape,
                predicted: item.predicted.map { Float($0) },
                expected: item.expected.map { Float($0) }
            )
            expectClose([Float(found.value)], [item.value], "case \(index) value")
            expectClose(found.gradient, item.gradient, "case \(index) gradient")
        }
    }

    @Test(arguments: [
        (Loss.structuralSimilarity(), [5, 4, 2]),
        (.structuralSimilarity(errorWeight: 0.5), [12, 3]),
        (.multiScaleStructuralSimilarity(errorWeight: 2), [3, 4, 1]),
        (.gradientDifference(), [4, 3, 2]), (.gradientDifference(errorWeight: 0), [5, 1]),
        (.gradientDifference(), [1, 1, 2]),
    ])
    func gradientsMatchDifferences(loss: Loss, sizes: [Int]) throws {
        let shape = Shape(sizes)
        let network = try Network(
            NetworkDescription(
                inputShape: shape,
                layers: [
                    .convolution(channels: shape.channels, kernel: 1), .activation(.sigmoid),
                ]
            ),
            initializer: .pytorchUniform,
            seed: 2
        )
        checkGradients(of: network, loss: loss, rowCount: 2)
    }

    @Test func twoScalesMatchDifferences() throws {
        var stream = RandomStream(seed: 1, use: .sampling)
        let shape: Shape = [22, 23, 1]
        let expected = (0..<shape.count).map { _ in stream.uniform() }
        var x = expected.map { value in Double(0.7 * value + 0.3 * stream.uniform()) }
        let loss = Loss.multiScaleStructuralSimilarity(errorWeight: 0.1)
        let found = measure(loss, shape, predicted: x.map { Float($0) }, expected: expected)
        func value() -> Double {
            referenceOfImages(
                loss,
                predicted: x,
                expected: expected.map(Double.init),
                shape: shape
            )
        }
        // Near 1 a similarity in single precision is right to some 1e-6.
        expectClose([Float(found.value)], [value()], "the value", scale: 1)
        let places = [0, 22, 23, 100, 252, 400, 483, 505]
        let slopes = places.map { place in
            let original = x[place]
            x[place] = original + 1e-5
            let above = value()
            x[place] = original - 1e-5
            let below = value()
            x[place] = original
            return (above - below) / 2e-5
        }
        expectClose(places.map { found.gradient[$0] }, slopes, "the gradient")
    }

    @Test func equalImagesHaveNoLoss() {
        for (loss, shape) in [
            (Loss.structuralSimilarity(), [13, 12, 3] as Shape),
            (.multiScaleStructuralSimilarity(), [50, 45, 1]), (.gradientDifference(), [4, 4]),
        ] {
            var stream = RandomStream(seed: 1, use: .sampling)
            let image = (0..<shape.count).map { _ in stream.uniform() }
            let same = measure(loss, shape, predicted: image, expected: image)
            #expect(abs(same.value) < 1e-6)
            #expect(same.gradient.allSatisfy { abs($0) < 1e-6 })
            let other = measure(loss, shape, predicted: image.map { 1 - $0 }, expected: image)
            #expect(other.value > 0.1 && other.gradient.allSatisfy(\.isFinite))
        }
    }

    @Test func whatIsNotANumberStaysSo() {
        for loss in [
            Loss.structuralSimilarity(), .multiScaleStructuralSimilarity(), .gradientDifference(),
        ] {
            var image = [Float](repeating: 0.5, count: 24 * 24)
            image[300] = .nan
            let expected = [Float](repeating: 0.5, count: 24 * 24)
            let found = measure(loss, [24, 24, 1], predicted: image, expected: expected)
            #expect(found.value.isNaN)
        }
    }

    @Test func theyNeedAShapeAndAWeight() throws {
        let network = try Network(autoencoder(4, 2), seed: 1)
        #expect(throws: TrainingError.flatOutput(loss: "ssim")) {
            try Trainer(options: TrainingOptions(loss: .structuralSimilarity()))
                .train(network, inputs: lineRows(4, 4))
        }
        for weight in [-1, Float.nan, .infinity] {
            #expect(throws: TrainingError.self) {
                try TrainingOptions(loss: .gradientDifference(errorWeight: weight)).validate()
            }
        }
        for loss in [
            Loss.structuralSimilarity(errorWeight: 0.5), .gradientDifference(errorWeight: 0),
            .multiScaleStructuralSimilarity(errorWeight: 2),
        ] {
            #expect(Loss(loss.name) == loss)
            let data = try JSONEncoder().encode([loss])
            #expect(try JSONDecoder().decode([Loss].self, from: data) == [loss])
        }
    }

    @Test func trainingMakesThemSmaller() throws {
        let shape: Shape = [12, 12, 1]
        let network = try Network(
            NetworkDescription(
                inputShape: shape,
                layers: [
                    .convolution(channels: 4, kernel: 3, stride: 2, padding: 1),
                    .activation(.relu), .transposedConvolution(channels: 1, kernel: 2, stride: 2),
                    .activation(.sigmoid),
                ]
            ),
            seed: 1
        )
        let rows = lineRows(32, shape.count)
        for loss in [
            Loss.structuralSimilarity(), .multiScaleStructuralSimilarity(errorWeight: 1),
            .gradientDifference(),
        ] {
            let options = TrainingOptions(loss: loss, learningRate: 0.01, epochs: 12, batchSize: 8)
            let result = try Trainer(options: options).train(
                network,
                inputs: rows,
                validationRows: [0, 1, 2]
            )
            let losses = result.history.map(\.trainingLoss)
            #expect(losses[11] < 0.8 * losses[0], "\(loss.name)")
            #expect(result.history[11].validationLoss ?? 9 < losses[0])
        }
    }
}
