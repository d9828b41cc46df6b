import OddityLinearAlgebra
import OddityNeuralNetworks
import Testing

/// The gradients of the layers that make the variants of autoencoders.
@Suite struct VariantGradientTests {
    /// Checks a network's gradients for batches of some sizes.
    private func check(
        _ inputSize: Int,
        _ layers: [LayerDescription],
        loss: Loss = .meanSquaredError,
        rowCounts: [Int] = [1, 3, 7],
        step: Int = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let network = try Network(
            NetworkDescription(inputSize: inputSize, layers: layers),
            initializer: .pytorchUniform,
            seed: 4
        )
        for rowCount in rowCounts {
            checkGradients(
                of: network,
                loss: loss,
                rowCount: rowCount,
                step: step,
                sourceLocation: sourceLocation
            )
        }
    }

    @Test(
        arguments: [
            LayerDescription.gaussianNoise(deviation: 0.3), .maskingNoise(rate: 0.4),
            .swapNoise(rate: 0.5), .multiScaleNoise(low: 0.01, high: 2),
            .activityPenalty(l1: 0.2), .centerPenalty(weight: 0.3), .topK(3), .topK(1),
        ]
    )
    func layersAnywhere(layer: LayerDescription) throws {
        let layers: [LayerDescription] = [
            layer, .dense(outputSize: 9), layer, .activation(.tanh), .dense(outputSize: 5), layer,
        ]
        try check(7, layers)
        try check(7, layers, rowCounts: [4], step: 3)
    }

    /// Towards a centre that is not 0, which training leaves where it is.
    @Test func codesArePulledToTheirCenter() throws {
        let description = NetworkDescription(
            inputSize: 6,
            layers: [
                .dense(outputSize: 3), .centerPenalty(weight: 2), .activation(.tanh),
                .dense(outputSize: 6),
            ]
        )
        let center = StoredTensor(name: "layers.1.center", shape: [3], values: [1, -2, 0.5])
        let fresh = try Network(description, seed: 4)
        #expect(fresh.stateTensors.map(\.values) == [[0, 0, 0]])
        let network = try Network(description, tensors: fresh.parameterTensors + [center])
        checkGradients(of: network, loss: .meanSquaredError, rowCount: 5)
        let (inputs, _) = exampleBatch(network, rowCount: 64, targetSize: 6, seed: 1)
        let rows = Matrix(rowCount: 64, columnCount: 6, elements: inputs)
        let result = try Trainer(
            options: TrainingOptions(learningRate: 0.01, epochs: 30, batchSize: 16)
        ).train(network, inputs: rows)
        #expect(result.network.stateTensors == [center])
        let penalties = result.history.map(\.penalties.center)
        #expect(penalties[29] < penalties[0] / 4)
        let codes = try result.network.outputs(for: rows, ofLayer: 0)
        let distances = (0..<64).map { row in
            zip(codes.row(row), center.values).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        }
        let mean = Double(distances.reduce(0, +)) / 64
        #expect(2 * mean < penalties[29] * 1.2)
    }

    @Test func topKKeepsEverythingOfARow() throws {
        try check(5, [.dense(outputSize: 4), .topK(4), .dense(outputSize: 5)])
    }

    @Test(arguments: [Float(0.05), 0.5, 0.9])
    func sparsity(target: Float) throws {
        try check(
            6,
            [
                .dense(outputSize: 4), .activation(.sigmoid),
                .sparsityPenalty(target: target, weight: 0.7), .dense(outputSize: 6),
            ]
        )
    }

    @Test(arguments: [
        LayerDescription.variational(latentSize: 3, klWeight: 0),
        .variational(latentSize: 3, klWeight: 0.3),
        .variational(latentSize: 3, klWeight: 0.3, warmUpSteps: 10),
        .variational(latentSize: 3, klWeight: 0.3, meanL1: 0.2),
        .variational(latentSize: 3, klWeight: 0.3, freeBits: 0.1),
        .variational(latentSize: 3, klWeight: 0.3, warmUpSteps: 2, meanL1: 0.1, freeBits: 0.05),
    ])
    func variational(layer: LayerDescription) throws {
        let layers: [LayerDescription] = [
            .dense(outputSize: 7), .activation(.silu), .dense(outputSize: 6), layer,
            .dense(outputSize: 5),
        ]
        for step in [0, 4, 50] { try check(5, layers, step: step) }
        for loss in [Loss.binaryCrossEntropy, .huber(delta: 0.3)] {
            try check(5, layers + [.activation(.sigmoid)], loss: loss, step: 4)
        }
        try check(5, layers + [.activation(.tanh), .dense(outputSize: 10)], loss: .gaussian)
    }

    /// The weight is then so large that everything else hardly counts.
    @Test func theGradientOfTheDivergenceIsThere() throws {
        let description = NetworkDescription(
            inputSize: 4,
            layers: [
                .dense(outputSize: 6), .variational(latentSize: 3, klWeight: 1_000),
                .dense(outputSize: 4),
            ]
        )
        let network = try Network(description, initializer: .pytorchUniform, seed: 1)
        let (inputs, targets) = exampleBatch(network, rowCount: 5, targetSize: 4, seed: 1)
        func weightGradient(_ network: Network) -> [Float] {
            EngineGradients(
                network,
                loss: .meanSquaredError,
                inputs: inputs,
                targets: targets,
                rowCount: 5
            ).parameters[0].values
        }
        let gradient = weightGradient(network)
        #expect(gradient.allSatisfy { $0 != 0 })
        var without = description
        without.layers[1] = .variational(latentSize: 3, klWeight: 0)
        let plain = weightGradient(try Network(without, tensors: network.tensors))
        let magnitude = gradient.reduce(0) { $0 + abs($1) }
        #expect(magnitude > 100 * plain.reduce(0) { $0 + abs($1) })
        checkGradients(of: network, loss: .meanSquaredError, rowCount: 5)
    }

    /// Latent numbers whose divergence is below the free bits have no gradient of it.
    @Test func freeBitsCostNothing() throws {
        func gradient(_ klWeight: Float, freeBits: Float) throws -> [StoredTensor] {
            let description = NetworkDescription(
                inputSize: 4,
                layers: [
                    .dense(outputSize: 6),
                    .variational(latentSize: 3, klWeight: klWeight, freeBits: freeBits),
                    .dense(outputSize: 4),
                ]
            )
            let network = try Network(description, seed: 1)
            let (inputs, targets) = exampleBatch(network, rowCount: 5, targetSize: 4, seed: 1)
            return EngineGradients(
                network,
                loss: .meanSquaredError,
                inputs: inputs,
                targets: targets,
                rowCount: 5
            ).parameters
        }
        #expect(try gradient(2, freeBits: 1_000) == gradient(0, freeBits: 0))
        #expect(try gradient(2, freeBits: 0) != gradient(0, freeBits: 0))
    }

    @Test func tiedLayersAddUpTheirGradients() throws {
        try check(
            6,
            [
                .dense(outputSize: 4), .activation(.gelu), .tiedDense(to: 0), .activation(.tanh),
            ]
        )
        try check(
            6,
            [
                .gaussianNoise(deviation: 0.1), .dense(outputSize: 4, useBias: false),
                .activation(.tanh), .tiedDense(to: 1), .dropout(rate: 0.2), .dense(outputSize: 4),
                .tiedDense(to: 1), .activation(.silu), .dense(outputSize: 4), .tiedDense(to: 5),
                .dense(outputSize: 3), .tiedDense(to: 10),
            ]
        )
        try check(
            6,
            [.dense(outputSize: 4), .tiedDense(to: 0), .activation(.sigmoid)],
            loss: .binaryCrossEntropy
        )
    }

    @Test func residualBlocks() throws {
        let block: [LayerDescription] = [
            .layerNormalization(), .dense(outputSize: 8), .activation(.gelu),
            .gaussianNoise(deviation: 0.2), .activityPenalty(l1: 0.05), .dense(outputSize: 5),
        ]
        try check(5, [.residual(block)])
        try check(
            5,
            [
                .residual(block), .dropout(rate: 0.3),
                .residual([
                    .batchNormalization(), .residual([.dense(outputSize: 5), .activation(.tanh)]),
                    .dropout(rate: 0.3), .dense(outputSize: 3), .activation(.elu()),
                    .tiedDense(to: 3),
                ]),
                .gaussianNoise(deviation: 0.3), .dense(outputSize: 5),
            ]
        )
    }

    @Test func gaussianLikelihood() throws {
        for size in [1, 3] {
            try check(
                4,
                [.dense(outputSize: 3), .activation(.tanh), .dense(outputSize: 2 * size)],
                loss: .gaussian
            )
        }
        // More columns than a block of the kernel.
        try check(
            1,
            [.dense(outputSize: 600, useBias: false)],
            loss: .gaussian,
            rowCounts: [1]
        )
    }
}
