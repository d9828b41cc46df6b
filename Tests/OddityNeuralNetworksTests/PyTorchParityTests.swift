import Foundation
import OddityLinearAlgebra
import OddityNeuralNetworks
import Testing

/// Numbers made by `scripts/reference_networks.py`.
@Suite struct PyTorchParityTests {
    struct Tensor: Decodable {
        let name: String
        let shape: [Int]
        let values: [Double]

        var stored: StoredTensor {
            StoredTensor(name: name, shape: shape, values: values.map { Float($0) })
        }
    }

    struct GradientCase: Decodable {
        let network: NetworkDescription
        let loss: Loss
        let tensors: [Tensor]
        let inputs: [Double]
        let targets: [Double]
        let output: [Double]
        let trainingOutput: [Double]
        let trainingLoss: Double
        let penalties: LossPenalties?
        let gradients: [Tensor]
        let inputGradient: [Double]
        let stateAfter: [Tensor]
    }

    struct OptimizerCase: Decodable {
        let name: String
        let network: NetworkDescription
        let optimizer: Optimizer
        let clipping: Double?
        let tensors: [Tensor]
        let inputs: [Double]
        let losses: [Double]
        let after: [Tensor]
    }

    private func cases<Case: Decodable>(_ name: String) throws -> [Case] {
        let folder = try #require(Bundle.module.resourceURL)
        let data = try Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name).json"))
        return try JSONDecoder().decode([Case].self, from: data)
    }

    private func expectClose(_ found: [StoredTensor], _ expected: [Tensor], _ name: String) {
        #expect(found.map(\.name) == expected.map(\.name))
        #expect(found.map(\.shape) == expected.map(\.shape))
        for (found, expected) in zip(found, expected) {
            OddityNeuralNetworksTests.expectClose(
                found.values,
                expected.values,
                "\(name) \(expected.name)"
            )
        }
    }

    @Test(arguments: [("gradients", 17), ("variants", 17)])
    func outputsLossesAndGradientsMatch(file: String, count: Int) throws {
        let cases: [GradientCase] = try cases(file)
        #expect(cases.count == count)
        for (index, item) in cases.enumerated() {
            let network = try Network(item.network, tensors: item.tensors.map(\.stored))
            let inputs = item.inputs.map { Float($0) }
            let rows = Matrix(rowCount: 4, columnCount: 6, elements: inputs)
            OddityNeuralNetworksTests.expectClose(
                try network.outputs(for: rows).elements,
                item.output,
                "case \(index) output"
            )
            let engine = EngineGradients(
                network,
                loss: item.loss,
                inputs: inputs,
                targets: item.targets.map { Float($0) },
                rowCount: 4
            )
            OddityNeuralNetworksTests.expectClose(
                [Float(engine.loss)],
                [item.trainingLoss],
                "case \(index) loss"
            )
            let penalties = item.penalties ?? LossPenalties()
            for part in [
                \LossPenalties.activity, \.sparsity, \.divergence, \.meanMagnitude, \.total,
            ] {
                OddityNeuralNetworksTests.expectClose(
                    [Float(engine.penalties[keyPath: part])],
                    [penalties[keyPath: part]],
                    "case \(index) penalties"
                )
            }
            if item.loss != .binaryCrossEntropy {
                OddityNeuralNetworksTests.expectClose(
                    engine.output,
                    item.trainingOutput,
                    "case \(index) training output"
                )
            }
            expectClose(engine.parameters, item.gradients, "case \(index)")
            expectClose(engine.stateAfter, item.stateAfter, "case \(index)")
            OddityNeuralNetworksTests.expectClose(
                engine.input,
                item.inputGradient,
                "case \(index) input"
            )
        }
    }

    @Test func tenStepsOfEachOptimizerMatch() throws {
        let cases: [OptimizerCase] = try cases("optimizers")
        #expect(cases.count == 8)
        for item in cases {
            let network = try Network(item.network, tensors: item.tensors.map(\.stored))
            let rows = Matrix(
                rowCount: 8,
                columnCount: 6,
                elements: item.inputs.map { Float($0) }
            )
            let options = TrainingOptions(
                optimizer: item.optimizer,
                learningRate: 0.01,
                gradientClipping: item.clipping,
                epochs: 10,
                batchSize: 8,
                shuffles: false
            )
            let result = try Trainer(options: options).train(network, inputs: rows)
            OddityNeuralNetworksTests.expectClose(
                result.history.map { Float($0.trainingLoss) },
                item.losses,
                item.name
            )
            expectClose(result.network.tensors, item.after, item.name)
        }
    }
}
