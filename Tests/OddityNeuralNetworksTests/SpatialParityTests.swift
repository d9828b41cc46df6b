import Foundation
import OddityLinearAlgebra
import OddityNeuralNetworks
import Testing

/// Numbers made by `scripts/reference_convolutions.py` and `scripts/reference_recurrent.py`.
@Suite struct SpatialParityTests {
    struct Case: Decodable {
        let network: NetworkDescription
        let tensors: [PyTorchParityTests.Tensor]
        let inputs: [Double]
        let targets: [Double]
        let rowCount: Int
        let output: [Double]
        let trainingOutput: [Double]
        let loss: Double
        let gradients: [PyTorchParityTests.Tensor]
        let inputGradient: [Double]
        let stateAfter: [PyTorchParityTests.Tensor]
        let losses: [Double]
        let after: [PyTorchParityTests.Tensor]
    }

    private func cases(_ name: String) throws -> [Case] {
        let folder = try #require(Bundle.module.resourceURL)
        let data = try Data(contentsOf: folder.appendingPathComponent("Fixtures/\(name).json"))
        return try JSONDecoder().decode([Case].self, from: data)
    }

    private func expectClose(
        _ found: [StoredTensor],
        _ expected: [PyTorchParityTests.Tensor],
        _ name: String
    ) {
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

    @Test(arguments: [("convolutions", 6), ("recurrent", 7)])
    func outputsLossesAndGradientsMatch(fixture: String, count: Int) throws {
        let cases = try cases(fixture)
        #expect(cases.count == count)
        for (index, item) in cases.enumerated() {
            let name = "case \(index)"
            let network = try Network(item.network, tensors: item.tensors.map(\.stored))
            let inputs = item.inputs.map { Float($0) }
            let rows = Matrix(
                rowCount: item.rowCount,
                columnCount: network.inputSize,
                elements: inputs
            )
            let engine = EngineGradients(
                network,
                loss: .meanSquaredError,
                inputs: inputs,
                targets: item.targets.map { Float($0) },
                rowCount: item.rowCount
            )
            for (found, expected, part) in [
                (try network.outputs(for: rows).elements, item.output, "output"),
                (engine.output, item.trainingOutput, "training output"),
                ([Float(engine.loss)], [item.loss], "loss"),
                (engine.input, item.inputGradient, "input"),
            ] {
                OddityNeuralNetworksTests.expectClose(found, expected, "\(name) \(part)")
            }
            expectClose(engine.parameters, item.gradients, name)
            expectClose(engine.stateAfter, item.stateAfter, name)
        }
    }

    @Test(arguments: ["convolutions", "recurrent"])
    func tenStepsOfAdamMatch(fixture: String) throws {
        for (index, item) in try cases(fixture).enumerated() {
            let network = try Network(item.network, tensors: item.tensors.map(\.stored))
            let inputs = Matrix(
                rowCount: item.rowCount,
                columnCount: network.inputSize,
                elements: item.inputs.map { Float($0) }
            )
            let targets = Matrix(
                rowCount: item.rowCount,
                columnCount: network.outputSize,
                elements: item.targets.map { Float($0) }
            )
            let options = TrainingOptions(
                learningRate: 0.01,
                epochs: 10,
                batchSize: item.rowCount,
                shuffles: false
            )
            let result = try Trainer(options: options).train(
                network,
                inputs: inputs,
                targets: targets
            )
            OddityNeuralNetworksTests.expectClose(
                result.history.map { Float($0.trainingLoss) },
                item.losses,
                "case \(index)"
            )
            expectClose(result.network.tensors, item.after, "case \(index)")
        }
    }
}
