internal import OddityLinearAlgebra
internal import OddityNeuralNetworks

extension SeriesDetector {
    /// Trains the network that does not see a block.
    ///
    /// - Parameter turn: which of the networks of the member it is.
    func member(
        _ fold: Int,
        _ training: SeriesTraining,
        turn: (index: Int, count: Int),
        threadCount: Int,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void
    ) throws -> SeriesMember {
        let layout = training.layout
        let stepCount = training.steps.count
        let rows = training.rows(outsideBlock: fold, stride: stride)
        guard rows.count >= 10 else {
            let needed = max(SeriesDetector.minimumStepCount, 12 * layout.warmUpCount)
            guard stepCount >= needed else {
                throw DetectorError.tooFewRows(count: stepCount, needed: needed)
            }
            throw DetectorError.invalidSetting(
                name: "the window",
                value: "\(layout.warmUpCount)",
                remedy:
                    "of \(stepCount) steps only \(rows.count) have so many before them to train "
                    + "on: give a shorter one, or longer series"
            )
        }
        let batchSize = resolvedBatchSize(stepCount: stepCount)
        let epochs = resolvedEpochs(rowCount: rows.count, stepCount: stepCount)
        var seeds = RandomStream(seed: seed, use: .seeding, index: fold + folds * turn.index)
        let description = network.description(
            layout,
            stepsPerEpoch: (rows.count + batchSize - 1) / batchSize
        )
        let result = try training.trained(
            Network(description, initializer: .glorot, seed: seeds.next()),
            options: TrainingOptions(
                loss: loss,
                learningRate: learningRate,
                schedule: .cosine(),
                epochs: epochs,
                batchSize: batchSize,
                patience: patience,
                seed: seeds.next()
            ),
            rows: rows,
            heldOut: training.heldOut(fold),
            threadCount: threadCount
        ) { record in
            try onProgress(
                FittingProgress(
                    member: fold,
                    memberCount: folds,
                    epoch: turn.index * epochs + record.epoch,
                    epochCount: turn.count * epochs,
                    trainingLoss: record.trainingLoss,
                    heldOutLoss: record.validationLoss ?? .nan
                )
            )
        }
        let range = training.range(ofRows: rows)
        return SeriesMember(
            network: result.network,
            low: range.low,
            high: range.high,
            codes: countsCodeDistance
                ? NearestCode(
                    codes: training.codes(of: result.network, rows: rows, seed: seeds.next())
                ) : nil,
            history: result.history
        )
    }
}
