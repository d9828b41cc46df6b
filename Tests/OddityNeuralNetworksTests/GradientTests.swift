import OddityNeuralNetworks
import Testing

@Suite struct GradientTests {
    @Test(arguments: allActivations)
    func activationsFusedWithADenseLayer(function: Activation) throws {
        let description = NetworkDescription(
            inputSize: 4,
            layers: [
                .dense(outputSize: 5), .activation(function),
                .dense(outputSize: 3), .activation(function),
            ]
        )
        try checkGradients(
            of: Network(description, initializer: .pytorchUniform, seed: 1),
            loss: .meanSquaredError,
            rowCount: 3
        )
    }

    @Test(arguments: allActivations)
    func activationsOnTheirOwn(function: Activation) throws {
        let description = NetworkDescription(
            inputSize: 4,
            layers: [
                .activation(function), .dense(outputSize: 3), .activation(.identity),
                .activation(function),
            ]
        )
        try checkGradients(
            of: Network(description, initializer: .pytorchUniform, seed: 2),
            loss: .meanSquaredError,
            rowCount: 3
        )
    }

    static let allLosses: [Loss] = [
        .meanSquaredError, .meanAbsoluteError, .huber(delta: 0.3), .binaryCrossEntropy,
    ]

    @Test(arguments: allLosses, [Activation.sigmoid, .tanh])
    func losses(loss: Loss, inner: Activation) throws {
        let description = NetworkDescription(
            inputSize: 4,
            layers: [
                .dense(outputSize: 3, useBias: false), .activation(inner),
                .dense(outputSize: 4), .activation(.sigmoid),
            ]
        )
        try checkGradients(of: Network(description, seed: 3), loss: loss, rowCount: 5)
    }

    @Test func crossEntropyWithoutALastSigmoid() throws {
        let description = NetworkDescription(
            inputSize: 4,
            layers: [.dense(outputSize: 4), .activation(.sigmoid), .dropout(rate: 0)]
        )
        try checkGradients(
            of: Network(description, seed: 3),
            loss: .binaryCrossEntropy,
            rowCount: 5
        )
    }

    @Test(
        arguments: [
            LayerDescription.batchNormalization(), .layerNormalization(), .dropout(rate: 0.4),
        ],
        [1, 3, 7]
    )
    func otherLayers(layer: LayerDescription, rowCount: Int) throws {
        let description = NetworkDescription(
            inputSize: 19,
            layers: [
                layer, .dense(outputSize: 17), layer, .activation(.tanh),
                .dense(outputSize: 6), layer,
            ]
        )
        let network = try Network(description, seed: 4)
        let changed = network.parameterTensors.map { tensor in
            StoredTensor(
                name: tensor.name,
                shape: tensor.shape,
                values: tensor.values.enumerated().map { $1 + 0.01 * Float($0 % 13) }
            )
        }
        try checkGradients(
            of: Network(description, tensors: changed + network.stateTensors),
            loss: .meanSquaredError,
            rowCount: rowCount
        )
    }
}
