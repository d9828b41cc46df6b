import Foundation
import LinearAlgebra
import NeuralNetworks
import Testing

@Suite struct NetworkTests {
    @Test func descriptionsSurviveTheirCodedForm() throws {
        let description = NetworkDescription(
            inputSize: 6,
            layers: [
                .dense(outputSize: 4, useBias: false), .activation(.leakyReLU(slope: 0.3)),
                .dropout(rate: 0.25), .batchNormalization(momentum: 0.2, epsilon: 1e-3),
                .layerNormalization(epsilon: 1e-6), .activation(.elu(scale: 0.1)),
            ]
        )
        let data = try JSONEncoder().encode(description)
        #expect(try JSONDecoder().decode(NetworkDescription.self, from: data) == description)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let layer = try encoder.encode(LayerDescription.dense(outputSize: 50))
        #expect(
            String(decoding: layer, as: UTF8.self)
                == #"{"outputSize":50,"type":"dense","useBias":true}"#
        )
    }

    @Test func namesAreReadAndWritten() {
        for activation in allActivations { #expect(Activation(activation.name) == activation) }
        #expect(Activation("leaky-relu") == .leakyReLU(slope: 0.01))
        #expect(Activation.leakyReLU(slope: 0.2).name == "leaky-relu(0.2)")
        for name in ["", "Relu", "relu(1)", "elu(", "elu()", "elu(nan)", "elu(1)x"] {
            #expect(Activation(name) == nil)
        }
        #expect(Activation.names.allSatisfy { Activation($0)?.name == $0 })
        #expect(Loss.names.allSatisfy { Loss($0)?.name == $0 })
        #expect(Loss("huber(0.5)") == .huber(delta: 0.5))
        #expect(Loss("mse(2)") == nil)
    }

    @Test func descriptionsThatCantBeMadeAreRefused() throws {
        func error(_ inputSize: Int, _ layers: LayerDescription...) -> NetworkError? {
            #expect(throws: NetworkError.self) {
                try NetworkDescription(inputSize: inputSize, layers: layers).validate()
            }
        }
        #expect(error(0, .dense(outputSize: 1)) == .size(0, layer: nil))
        #expect(error(3) == .noLayers)
        #expect(error(3, .activation(.relu), .dense(outputSize: 0)) == .size(0, layer: 1))
        let dropout = error(3, .dropout(rate: 1))
        #expect(dropout?.description == "the rate of layer 0 is 1.0; use 0 to below 1")
        #expect(error(3, .batchNormalization(momentum: 0)) != nil)
        #expect(error(3, .batchNormalization(epsilon: .nan)) != nil)
        #expect(error(3, .layerNormalization(epsilon: 0)) != nil)
        #expect(error(3, .activation(.elu(scale: .infinity))) != nil)
    }

    @Test func firstValuesFollowTheSeedAndTheLayerAlone() throws {
        let short = try Network(autoencoder(20, 10), seed: 9)
        let long = try Network(
            NetworkDescription(
                inputSize: 20,
                layers: short.description.layers + [.dense(outputSize: 3)]
            ),
            seed: 9
        )
        #expect(Array(long.tensors.prefix(4)) == short.tensors)
        #expect(try Network(autoencoder(20, 10), seed: 10).tensors != short.tensors)
        #expect(short.tensors[0].values != short.tensors[2].values)
    }

    @Test func firstValuesHaveTheLimitsOfTheirInitializer() throws {
        func largest(_ initializer: Initializer, _ activation: Activation) throws -> Float {
            let network = try Network(
                NetworkDescription(
                    inputSize: 24,
                    layers: [
                        .dense(outputSize: 200), .layerNormalization(), .activation(activation),
                    ]
                ),
                initializer: initializer,
                seed: 1
            )
            return network.tensors[0].values.reduce(0) { max($0, abs($1)) }
        }
        let expected: [(Initializer, Activation, Float)] = [
            (.automatic, .relu, 0.5), (.automatic, .tanh, Float(6.0 / 224).squareRoot()),
            (.he, .sigmoid, 0.5), (.he, .leakyReLU(slope: 1), Float(0.125).squareRoot()),
            (.glorot, .relu, Float(6.0 / 224).squareRoot()),
            (.pytorchUniform, .relu, Float(1.0 / 24).squareRoot()),
        ]
        for (initializer, activation, limit) in expected {
            let found = try largest(initializer, activation)
            #expect(found <= limit && found > 0.99 * limit)
        }
    }

    @Test func tensorsMakeTheSameNetwork() throws {
        let description = autoencoder(5, 3, inner: [.batchNormalization()])
        let network = try Network(description, seed: 1)
        #expect(
            network.tensors.map(\.name) == [
                "layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias",
                "layers.3.weight", "layers.3.bias", "layers.1.running_mean",
                "layers.1.running_var",
            ]
        )
        #expect(network.tensors[0].shape == [5, 3])
        #expect(network.parameterCount == 15 + 3 + 6 + 15 + 5)
        let again = try Network(description, tensors: network.tensors.reversed())
        #expect(again.tensors == network.tensors)
        let rows = lineRows(9, 5)
        #expect(try again.outputs(for: rows) == network.outputs(for: rows))
    }

    @Test func tensorsThatDontFitAreRefused() throws {
        let description = autoencoder(5, 3)
        let good = try Network(description, seed: 1).tensors
        func error(_ tensors: [StoredTensor]) -> NetworkError? {
            #expect(throws: NetworkError.self) {
                try Network(description, tensors: tensors)
            }
        }
        #expect(error(Array(good.dropFirst())) == .missingTensor("layers.0.weight"))
        #expect(error(good + [good[0]]) == .unexpectedTensor("layers.0.weight"))
        let stranger = StoredTensor(name: "x", shape: [1], values: [1])
        #expect(error(good + [stranger]) == .unexpectedTensor("x"))
        var changed = good
        changed[1] = StoredTensor(name: "layers.0.bias", shape: [4], values: [1, 2, 3, 4])
        #expect(error(changed) == .tensorShape("layers.0.bias", found: [4], expected: [3]))
        changed[1] = StoredTensor(name: "layers.0.bias", shape: [3], values: [1, .nan, 3])
        #expect(error(changed) == .nonFiniteTensor("layers.0.bias", index: 1))
    }
}
