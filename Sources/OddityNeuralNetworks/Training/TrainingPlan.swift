internal import COddityKernels
internal import OddityLinearAlgebra

/// Everything a training step needs, allocated once for a network and a batch size.
///
/// A batch is cut into a fixed number of shards, whatever the number of threads; their gradients
/// are added in order, then the optimizer updates fixed ranges of parameters. Threads write
/// disjoint memory, and between the phases all of them have finished.
final class TrainingPlan: @unchecked Sendable {
    let parameters: AlignedBuffer
    let state: AlignedBuffer
    let moments: [AlignedBuffer]
    let shards: [Shard]
    private let options: TrainingOptions
    let targetSize: Int
    /// What layers added to the loss of the last step.
    private(set) var penalties = LossPenalties()
    private let threadCount: Int
    private let rangeCount: Int
    /// The sum of squares of each range of the gradient, for clipping.
    private let squares: UnsafeMutableBufferPointer<Double>

    /// The parameters that are updated as one piece: their gradients stay in the cache.
    private static let rangeLength = 16_384

    /// - Parameters:
    ///   - parameters: the first values; the plan changes them in place.
    ///   - state: the first running statistics; the plan changes them in place.
    init(
        loss: LossFunction,
        options: TrainingOptions,
        parameters: AlignedBuffer,
        state: AlignedBuffer,
        hasTargets: Bool,
        rowCount: Int,
        threadCount: Int
    ) {
        self.options = options
        self.parameters = parameters
        self.state = state
        let layout = NetworkLayout(loss.network)
        targetSize = loss.targetSize
        moments = (0..<options.optimizer.momentCount).map { _ in
            AlignedBuffer(count: layout.parameterCount)
        }
        let batchSize = min(options.batchSize, rowCount)
        let shardCount = TrainingPlan.shardCount(batchSize: batchSize, layout: layout)
        shards = (0..<shardCount).map { index in
            Shard(
                index: index,
                loss: loss,
                layout: layout,
                rowCapacity: (batchSize + shardCount - 1) / shardCount,
                hasTargets: hasTargets
            )
        }
        self.threadCount = shardCount > 1 ? threadCount : 1
        let length = TrainingPlan.rangeLength
        rangeCount = (layout.parameterCount + length - 1) / length
        squares = .allocate(capacity: rangeCount)
        squares.initialize(repeating: 0)
    }

    deinit {
        squares.deallocate()
    }

    /// The shards of a batch: one for each 64 rows, up to 4, when there is enough to do.
    ///
    /// Measured with two threads on two cores: a step of 85 µs (100-50-100, 128 rows) gets slower, one
    /// of 180 µs gains up to a fifth, one of 510 µs (300-100-300, 128 rows) a quarter, and
    /// 784-256-64-256-784 a half. With one thread, four shards cost about 5 %.
    /// Spatial layers use each parameter many times, so that fewer rows are enough.
    static func shardCount(batchSize: Int, layout: NetworkLayout) -> Int {
        let layers = layout.list.layers
        guard !layers.contains(where: \.mixesRows) else { return 1 }
        let reused = layers.reduce(0) { $0 + $1.reusedMultiplications }
        guard batchSize * (layout.parameterCount + reused) >= 4_000_000 else { return 1 }
        return max(1, min(4, batchSize / (reused > layout.parameterCount ? 16 : 64)))
    }

    /// Trains on one batch.
    ///
    /// - Parameters:
    ///   - rows: the positions of the batch's rows, at most a batch's size.
    ///   - step: 0 for the first step of the training.
    /// - Returns: the sum of the loss over all elements of the batch.
    func step(
        _ data: TrainingData,
        rows: UnsafeBufferPointer<Int>,
        step: Int,
        learningRate: Double
    ) -> Double {
        let scale = 1 / Float(rows.count * targetSize)
        let shardCount = min(shards.count, rows.count)
        nonisolated(unsafe) let rows = rows
        Parallel.forEach(count: shardCount, threadCount: threadCount) { index in
            let start = rows.count * index / shardCount
            let end = rows.count * (index + 1) / shardCount
            shards[index].run(
                data,
                rows: UnsafeBufferPointer(rebasing: rows[start..<end]),
                parameters: UnsafePointer(parameters.baseAddress),
                state: state.baseAddress,
                seed: options.seed,
                step: step,
                batchRowCount: rows.count,
                scale: scale
            )
        }
        if let limit = options.gradientClipping {
            Parallel.forEach(count: rangeCount, threadCount: threadCount) { range in
                addGradients(range, shardCount: shardCount)
                squares[range] = oddity_sum_of_squares(
                    shards[0].gradients.baseAddress + range * TrainingPlan.rangeLength,
                    length(ofRange: range)
                )
            }
            let norm = squares.reduce(0, +).squareRoot()
            let update = OptimizerStep(
                options.optimizer,
                learningRate: learningRate,
                number: step + 1,
                gradientScale: Float(min(1, limit / (norm + 1e-6)))
            )
            Parallel.forEach(count: rangeCount, threadCount: threadCount) { range in
                apply(update, toRange: range)
            }
        } else {
            let update = OptimizerStep(
                options.optimizer,
                learningRate: learningRate,
                number: step + 1,
                gradientScale: 1
            )
            Parallel.forEach(count: rangeCount, threadCount: threadCount) { range in
                addGradients(range, shardCount: shardCount)
                apply(update, toRange: range)
            }
        }
        var lossSum = 0.0
        penalties = LossPenalties()
        for shard in shards[0..<shardCount] {
            lossSum += shard.lossSum
            penalties.add(shard.penalties, share: 1)
        }
        return lossSum
    }

    private func length(ofRange range: Int) -> Int {
        min(TrainingPlan.rangeLength, parameters.count - range * TrainingPlan.rangeLength)
    }

    /// Adds the gradients of the other shards to those of the first.
    private func addGradients(_ range: Int, shardCount: Int) {
        let start = range * TrainingPlan.rangeLength
        let count = length(ofRange: range)
        let sum = shards[0].gradients.baseAddress + start
        for index in stride(from: 1, to: shardCount, by: 1) {
            let other = shards[index].gradients.baseAddress + start
            for i in 0..<count { sum[i] += other[i] }
        }
    }

    private func apply(_ update: OptimizerStep, toRange range: Int) {
        let start = range * TrainingPlan.rangeLength
        update.apply(
            gradients: shards[0].gradients.baseAddress + start,
            moments: (
                moments[0].baseAddress + start, moments[moments.count - 1].baseAddress + start
            ),
            parameters: parameters.baseAddress + start,
            count: length(ofRange: range)
        )
    }
}
