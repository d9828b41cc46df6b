import OddityLinearAlgebra
import Testing

@testable import OddityNeuralNetworks

@Suite struct LossTests {
    private func loss(
        _ loss: Loss,
        last: Activation,
        predicted: [Float],
        expected: [Float]
    ) -> (sum: Double, gradient: [Float]) {
        let description = NetworkDescription(
            inputSize: 1,
            layers: [.dense(outputSize: 1), .activation(last)]
        )
        var gradient = [Float](repeating: .nan, count: predicted.count)
        let function = LossFunction(loss, after: description)
        let sum = function.sum(
            predicted: predicted,
            expected: expected,
            gradient: &gradient,
            scale: 1,
            rowCount: predicted.count
        )
        let sumAlone = function.sum(
            predicted: predicted,
            expected: expected,
            gradient: nil,
            scale: 1,
            rowCount: predicted.count
        )
        #expect(sumAlone == sum || (sumAlone.isNaN && sum.isNaN))
        return (sum, gradient)
    }

    /// Lengths around the kernel's blocks and lanes.
    @Test(arguments: [1, 15, 16, 17, 255, 256, 257, 1_000])
    func sumsMatchTheDefinition(count: Int) {
        var stream = RandomStream(seed: 1, use: .sampling)
        let predicted = (0..<count).map { _ in 0.02 + 0.96 * stream.uniform() }
        let expected = (0..<count).map { _ in stream.uniform() }
        for item in [
            Loss.meanSquaredError, .meanAbsoluteError, .huber(delta: 0.3), .binaryCrossEntropy,
        ] {
            let found = loss(item, last: .identity, predicted: predicted, expected: expected)
            let mean = reference(
                item,
                predicted: predicted.map(Double.init),
                expected: expected.map(Double.init)
            )
            #expect(abs(found.sum / Double(count) - mean) <= 2e-6 * mean)
        }
    }

    @Test func crossEntropyOfCertainProbabilitiesIsLimited() {
        let found = loss(
            .binaryCrossEntropy,
            last: .identity,
            predicted: [0, 1, 0, 1, .leastNonzeroMagnitude],
            expected: [1, 0, 0, 1, 1]
        )
        #expect(found.sum == 100 + 100 + 0 + 0 + 100)
        #expect(found.gradient.allSatisfy { $0.isFinite })
    }

    @Test func crossEntropyAfterASigmoidStartsFromItsInput() {
        let found = loss(
            .binaryCrossEntropy,
            last: .sigmoid,
            predicted: [200, -200, 200, 0],
            expected: [0, 1, 1, 0.5]
        )
        #expect(abs(found.sum - (200 + 200 + 0.693_147_18)) < 1e-5)
        #expect(found.gradient == [1, -1, 0, 0])
    }

    @Test func whatIsNotANumberStaysSo() {
        for item in [
            Loss.meanSquaredError, .meanAbsoluteError, .huber(delta: 1), .binaryCrossEntropy,
        ] {
            for last in [Activation.identity, .sigmoid] {
                let found = loss(item, last: last, predicted: [.nan, 0.5], expected: [0.5, 0.5])
                #expect(found.sum.isNaN)
            }
        }
    }

    @Test(arguments: allActivations)
    func activationsHoldOverTheirWholeRange(function: Activation) throws {
        let inputs = stride(from: Float(-120), to: 120, by: 0.37).map { $0 }
        let network = try Network(
            NetworkDescription(inputSize: 1, layers: [.activation(function)]),
            seed: 1
        )
        let outputs = try network.outputs(
            for: Matrix(rowCount: inputs.count, columnCount: 1, elements: inputs)
        )
        for (x, y) in zip(inputs, outputs.elements) {
            let expected = reference(function, Double(x))
            // Φ(x) is about exp(−(x/√2)²) far below zero, where the roundings of x/√2 and of the exponent count.
            let rounding = function == .gelu ? 1.5 * Double(x * x) * 0x1p-24 : 0
            #expect(abs(Double(y) - expected) <= (1e-6 + rounding) * abs(expected) + 1e-36)
        }
    }
}
