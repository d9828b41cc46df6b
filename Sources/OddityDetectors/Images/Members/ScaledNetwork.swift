internal import OddityNeuralNetworks

/// An autoencoder of features of images, with the scaling of its inputs.
struct ScaledNetwork: Sendable {
    let scaling: UniformScaler
    let network: Network
    /// Loss by epoch.
    let history: [EpochRecord]

    /// The layers: ReLU layers around a linear code of the last size, and a linear output.
    static func description(inputSize: Int, sizes: [Int]) -> NetworkDescription {
        var layers: [LayerDescription] = []
        for size in sizes.dropLast() {
            layers += [.dense(outputSize: size), .activation(.relu)]
        }
        layers.append(.dense(outputSize: sizes[sizes.count - 1]))
        for size in sizes.dropLast().reversed() {
            layers += [.dense(outputSize: size), .activation(.relu)]
        }
        layers.append(.dense(outputSize: inputSize))
        return NetworkDescription(inputSize: inputSize, layers: layers)
    }

    /// How a network is trained.
    struct Training {
        /// Sizes of the encoder's layers, the code last.
        let sizes: [Int]
        let learningRate: Double
        let batchSize: Int
        /// Steps, roughly: training ends with an epoch.
        let steps: Int
        let seed: UInt64
        /// The network, where it is not one of dense layers of ``sizes``.
        var description: NetworkDescription?
        var loss = Loss.meanSquaredError

        /// The number of passes over `rowCount` rows.
        func epochCount(rowCount: Int) -> Int {
            let stepsPerEpoch = (rowCount + batchSize - 1) / batchSize
            return max(1, (steps + stepsPerEpoch / 2) / stepsPerEpoch)
        }
    }

    /// Trains a network on scaled rows.
    ///
    /// - Parameters:
    ///   - rows: those to train on.
    ///   - heldOut: rows whose loss decides which epoch's parameters are kept; with none, those of
    ///     the last.
    ///   - augmenter: changes the rows to train on with each epoch; nil leaves them as they are.
    static func trained(
        _ training: Training,
        inputs: ScaledRows,
        rows: [Int],
        heldOut: [Int],
        augmenter: ImageAugmenter? = nil,
        onEpoch: @escaping (EpochRecord) throws -> Void
    ) throws -> ScaledNetwork {
        let epochs = training.epochCount(rowCount: rows.count)
        let trainer = Trainer(
            options: TrainingOptions(
                loss: training.loss,
                learningRate: training.learningRate,
                schedule: .cosine(),
                epochs: epochs,
                batchSize: training.batchSize,
                // A patience that never runs out still keeps the best epoch.
                patience: heldOut.isEmpty ? nil : epochs,
                seed: training.seed
            )
        )
        let description =
            training.description
            ?? description(inputSize: inputs.columnCount, sizes: training.sizes)
        // Small first values: with those of He the patches of the tiles had an AUROC 2.5 points lower.
        let first = try Network(description, initializer: .pytorchUniform, seed: training.seed)
        var result: TrainingResult?
        let objection = Objection()
        var isChanged = [Bool](repeating: false, count: augmenter == nil ? 0 : inputs.rowCount)
        if augmenter != nil { for row in rows { isChanged[row] = true } }
        // Rows that change with the epoch are trained on epoch by epoch, all others in one go.
        for epoch in 0..<(augmenter == nil ? 1 : epochs) {
            let source: any RowSource =
                augmenter.map {
                    AugmentedRows(rows: inputs, augmenter: $0, epoch: epoch, isChanged: isChanged)
                } ?? inputs
            result = try trainer.train(
                first,
                fetching: source,
                rows: rows,
                validationRows: heldOut,
                checkpoint: result?.checkpoint
            ) { progress in
                objection.decision(augmenter == nil ? .goOn : .stop) {
                    try onEpoch(progress.record)
                }
            }
            try objection.check()
        }
        return ScaledNetwork(
            scaling: inputs.scaling,
            network: result?.network ?? first,
            history: result?.history ?? []
        )
    }
}
