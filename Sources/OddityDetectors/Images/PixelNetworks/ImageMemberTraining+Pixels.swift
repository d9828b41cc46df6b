internal import OddityLinearAlgebra
internal import OddityNeuralNetworks

extension ImageMemberTraining {
    /// How a member's network of pixels is trained.
    func pixelTraining(seed: UInt64) -> ScaledNetwork.Training {
        guard case .convolutional(let network) = configuration.pixelNetwork else {
            return ScaledNetwork.Training(
                sizes: configuration.pixelSizes,
                learningRate: 1e-3,
                batchSize: 64,
                steps: configuration.steps,
                seed: seed
            )
        }
        return ScaledNetwork.Training(
            sizes: [],
            learningRate: network.learningRate,
            batchSize: network.batchSize,
            steps: network.steps,
            seed: seed,
            loss: network.loss
        )
    }

    /// Trains a member's network of pixels.
    func pixelNetwork(
        _ training: ScaledNetwork.Training,
        rows: [Int],
        heldOut: [Int],
        onEpoch: @escaping (EpochRecord) throws -> Void
    ) throws -> ScaledNetwork {
        var training = training
        var augmenter: ImageAugmenter?
        if case .convolutional(let network) = configuration.pixelNetwork {
            training.description = try network.description(
                for: images.basis.geometry.pooledShape,
                stepsPerEpoch: (rows.count + training.batchSize - 1) / training.batchSize
            )
            if !network.augmentation.isEmpty {
                augmenter = ImageAugmenter(
                    augmentation: network.augmentation,
                    shape: images.basis.geometry.pooledShape,
                    scaling: pooled.scaling,
                    seed: training.seed
                )
            }
        }
        return try ScaledNetwork.trained(
            training,
            inputs: pooled,
            rows: rows,
            heldOut: heldOut,
            augmenter: augmenter,
            onEpoch: onEpoch
        )
    }
}
