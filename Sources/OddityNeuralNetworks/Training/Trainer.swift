public import OddityLinearAlgebra

/// Trains networks.
///
///     let trainer = Trainer(options: TrainingOptions(epochs: 10))
///     let result = try trainer.train(network, inputs: matrix)
///     let reconstruction = try result.network.outputs(for: matrix)
///
/// The result depends on the options, the network and the data alone: the same seed gives the same
/// bytes, on any number of threads.
public struct Trainer: Sendable {
    /// How to train.
    public var options: TrainingOptions

    /// Makes a trainer.
    public init(options: TrainingOptions = TrainingOptions()) {
        self.options = options
    }

    /// Trains a copy of a network.
    ///
    /// - Parameters:
    ///   - network: the network to start from. It stays as it is.
    ///   - inputs: rows of the network's ``Network/inputSize`` columns, or that many in a window.
    ///   - targets: what the network shall return for each row, of
    ///     ``Loss/targetSize(outputSize:)`` columns; the inputs themselves by default.
    ///   - windowLength: how many consecutive rows of `inputs` make one row of the network, 1 by default.
    ///     Windows are read where they are, so that overlapping ones take no memory. The target of a window
    ///     is the window itself, or the row of `targets` at its first row's position.
    ///   - rows: the rows to train on, all by default; with windows, their first rows. The others are not
    ///     read.
    ///   - validationRows: rows whose loss is measured after each epoch, none by default.
    ///   - threadCount: the threads a step may use, 1 by default. Small networks and those with
    ///     batch normalization or a sparsity penalty use one.
    ///   - checkpoint: where to resume; `options.epochs` counts from the very beginning.
    ///   - onProgress: called on the calling thread after each epoch; it may end the training.
    /// - Throws: ``TrainingError`` for options or data that can't be used and for a loss that is no
    ///   longer finite; `CancellationError` when the current task is cancelled.
    public func train(
        _ network: Network,
        inputs: Matrix,
        targets: Matrix? = nil,
        windowLength: Int = 1,
        rows: [Int]? = nil,
        validationRows: [Int]? = nil,
        threadCount: Int = 1,
        checkpoint: Checkpoint? = nil,
        onProgress: ((TrainingProgress) -> ProgressDecision)? = nil
    ) throws -> TrainingResult {
        try options.validate()
        let set = try TrainingSet(
            inputs: inputs,
            targets: targets,
            windowLength: windowLength,
            rows: rows,
            validationRows: validationRows,
            description: network.description,
            loss: options.loss
        )
        return try train(
            network,
            on: set,
            threadCount: threadCount,
            checkpoint: checkpoint,
            onProgress: onProgress
        )
    }

    /// Trains a copy of a network to return rows that are fetched when they are needed.
    ///
    /// The result is that of the same rows in a matrix, bit for bit.
    ///
    /// - Parameters:
    ///   - network: the network to start from. It stays as it is.
    ///   - source: rows of the network's ``Network/inputSize`` columns, which are the targets too.
    ///   - rows: the rows to train on.
    ///   - validationRows: rows whose loss is measured after each epoch, none by default.
    ///   - threadCount: as for a matrix.
    ///   - checkpoint: as for a matrix.
    ///   - onProgress: as for a matrix.
    /// - Throws: as for a matrix, and what the source throws.
    public func train(
        _ network: Network,
        fetching source: any RowSource,
        rows: [Int],
        validationRows: [Int] = [],
        threadCount: Int = 1,
        checkpoint: Checkpoint? = nil,
        onProgress: ((TrainingProgress) -> ProgressDecision)? = nil
    ) throws -> TrainingResult {
        try options.validate()
        let set = try TrainingSet(
            source: source,
            rows: rows,
            validationRows: validationRows,
            description: network.description,
            loss: options.loss
        )
        return try train(
            network,
            on: set,
            threadCount: threadCount,
            checkpoint: checkpoint,
            onProgress: onProgress
        )
    }

    private func train(
        _ network: Network,
        on set: TrainingSet,
        threadCount: Int,
        checkpoint: Checkpoint?,
        onProgress: ((TrainingProgress) -> ProgressDecision)?
    ) throws -> TrainingResult {
        try network.description.checkMemory(
            network.description.trainingByteCount(options, rowCount: set.rows.count)
        )
        let run = TrainingRun(network, options: options, set: set, threadCount: threadCount)
        if let checkpoint { try run.resume(from: checkpoint) }
        let end = try finish(run, onProgress: onProgress)
        return TrainingResult(
            network: run.makeNetwork(),
            history: run.history,
            bestEpoch: run.bestEpoch,
            end: end,
            checkpoint: run.makeCheckpoint()
        )
    }

    private func finish(
        _ run: TrainingRun,
        onProgress: ((TrainingProgress) -> ProgressDecision)?
    ) throws -> TrainingEnd {
        let clock = ContinuousClock()
        let start = clock.now
        while run.epoch < options.epochs {
            if run.isExhausted { return .noImprovement }
            try run.trainEpoch()
            guard let onProgress, let record = run.history.last else { continue }
            let progress = TrainingProgress(
                record: record,
                epochCount: options.epochs,
                bestEpoch: run.bestEpoch,
                seconds: (clock.now - start) / .seconds(1),
                makeCheckpoint: { run.makeCheckpoint() }
            )
            if onProgress(progress) == .stop { return .stopped }
        }
        return .allEpochs
    }
}
