import Foundation
import OddityLinearAlgebra
import OddityNeuralNetworks
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
        let variants = NetworkDescription(
            inputSize: 6,
            layers: [
                .gaussianNoise(deviation: 0.5), .maskingNoise(rate: 0.25), .swapNoise(rate: 0.125),
                .multiScaleNoise(low: 0.01, high: 2), .dense(outputSize: 4), .activation(.sigmoid),
                .sparsityPenalty(target: 0.1, weight: 3), .activityPenalty(l1: 0.01),
                .centerPenalty(weight: 0.5), .topK(3),
                .variational(
                    latentSize: 2,
                    klWeight: 0.5,
                    warmUpSteps: 7,
                    meanL1: 0.25,
                    freeBits: 0.125
                ),
                .dense(outputSize: 4), .tiedDense(to: 4),
                .residual([.residual([.dropout(rate: 0.5)]), .dense(outputSize: 7)]),
            ]
        )
        try variants.validate()
        #expect(
            (-1..<14).map(variants.outputSize(ofLayer:)) == [
                6, 6, 6, 6, 7, 4, 4, 4, 4, 4, 4, 2, 4, 7, 7,
            ]
        )
        #expect(variants.warmUpSteps == 7)
        let written = try JSONEncoder().encode(variants)
        #expect(try JSONDecoder().decode(NetworkDescription.self, from: written) == variants)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let block = try encoder.encode(LayerDescription.residual([.topK(2)]))
        #expect(
            String(decoding: block, as: UTF8.self)
                == #"{"layers":[{"k":2,"type":"topK"}],"type":"residual"}"#
        )
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
        let many = [LayerDescription](repeating: .topK(1), count: 2_048)
        #expect(error(3, .residual(many), .residual(many)) == .tooManyLayers(4_098))
    }

    @Test func variantsThatCantBeMadeAreRefused() throws {
        func error(_ inputSize: Int, _ layers: LayerDescription...) -> NetworkError? {
            #expect(throws: NetworkError.self) {
                try NetworkDescription(inputSize: inputSize, layers: layers).validate()
            }
        }
        #expect(error(3, .gaussianNoise(deviation: -1)) != nil)
        #expect(error(3, .maskingNoise(rate: 1)) != nil)
        #expect(error(3, .swapNoise(rate: .nan)) != nil)
        #expect(error(3, .multiScaleNoise(low: 0, high: 1)) != nil)
        #expect(error(3, .multiScaleNoise(low: 1, high: 1)) != nil)
        #expect(error(1_048_576, .multiScaleNoise(low: 1, high: 2)) == .size(1_048_577, layer: 0))
        #expect(error(3, .activityPenalty(l1: .infinity)) != nil)
        #expect(error(3, .centerPenalty(weight: -1)) != nil)
        #expect(
            error(3, .dense(outputSize: 2), .activation(.relu), .sparsityPenalty(weight: 1))
                == .sparsityWithoutSigmoid(layer: 2)
        )
        #expect(error(3, .activation(.sigmoid), .sparsityPenalty(target: 1, weight: 1)) != nil)
        #expect(
            error(3, .topK(4))?.description
                == "the number of elements to keep of layer 0 is 4; use 1 to 3"
        )
        #expect(
            error(5, .variational(latentSize: 3, klWeight: 1))
                == .inputSize(5, expected: 6, layer: 0)
        )
        #expect(error(6, .variational(latentSize: 3, klWeight: -1)) != nil)
        #expect(
            error(6, .variational(latentSize: 3, klWeight: 1, warmUpSteps: -1))?.description
                == "the number of warm-up steps of layer 0 is -1; use 0 or more"
        )
        #expect(error(3, .tiedDense(to: 0)) == .tie(to: 0, layer: 0))
        #expect(error(3, .dense(outputSize: 3), .tiedDense(to: -1)) == .tie(to: -1, layer: 1))
        #expect(
            error(3, .dense(outputSize: 4), .dense(outputSize: 2), .tiedDense(to: 0))
                == .inputSize(2, expected: 4, layer: 2)
        )
        #expect(error(3, .residual([])) == .inBlock(.noLayers, layer: 0))
        #expect(
            error(3, .residual([.dense(outputSize: 2)])) == .blockSize(2, expected: 3, layer: 0)
        )
        #expect(
            error(3, .dense(outputSize: 4), .residual([.dropout(rate: 2)]))?.description
                == "in the residual block of layer 1: the rate of layer 0 is 2.0; use 0 to below 1"
        )
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

    @Test func tensorsOfBlocksAndTiedLayersHaveNames() throws {
        let network = try Network(
            NetworkDescription(
                inputSize: 5,
                layers: [
                    .residual([
                        .dense(outputSize: 3), .batchNormalization(), .tiedDense(to: 0),
                    ]),
                    .dense(outputSize: 2),
                ]
            ),
            initializer: .pytorchUniform,
            seed: 1
        )
        #expect(
            network.tensors.map(\.name) == [
                "layers.0.layers.0.weight", "layers.0.layers.0.bias", "layers.0.layers.1.weight",
                "layers.0.layers.1.bias", "layers.0.layers.2.bias", "layers.1.weight",
                "layers.1.bias", "layers.0.layers.1.running_mean", "layers.0.layers.1.running_var",
            ]
        )
        #expect(network.parameterCount == 41)
        // All weights and biases differ; the normalization has three ones and three zeros.
        #expect(Set(network.parameterTensors.flatMap(\.values)).count == 37)
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
