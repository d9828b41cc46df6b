internal import COddityKernels
internal import OddityLinearAlgebra

/// One training under way: the plan, and what has happened so far.
final class TrainingRun {
    private let description: NetworkDescription
    private let layout: NetworkLayout
    private let options: TrainingOptions
    private let set: TrainingSet
    private let plan: TrainingPlan
    private let validation: ValidationPlan?
    private let best: (parameters: AlignedBuffer, state: AlignedBuffer)?
    private(set) var epoch = 0
    private var step = 0
    private(set) var history: [EpochRecord] = []
    private(set) var bestEpoch = 0
    private var bestLoss: Double?

    init(
        _ network: Network,
        options: TrainingOptions,
        set: TrainingSet,
        threadCount: Int
    ) {
        description = network.description
        layout = network.layout
        self.options = options
        self.set = set
        let loss = LossFunction(options.loss, after: network.description)
        plan = TrainingPlan(
            loss: loss,
            options: options,
            parameters: network.parameters.copy(),
            state: network.state.copy(),
            hasTargets: set.targets != nil,
            rowCount: set.rows.count,
            threadCount: threadCount
        )
        validation =
            set.validationRows.isEmpty
            ? nil
            : ValidationPlan(
                loss: loss,
                parameters: plan.parameters,
                state: plan.state,
                rows: set.validationRows,
                threadCount: threadCount
            )
        best =
            options.patience == nil
            ? nil : (parameters: network.parameters.copy(), state: network.state.copy())
    }

    /// Whether the loss has not improved for as long as patience allows.
    var isExhausted: Bool {
        guard let patience = options.patience else { return false }
        return epoch - bestEpoch >= patience
    }

    /// Trains one epoch.
    func trainEpoch() throws {
        var order = set.rows
        if options.shuffles {
            var stream = RandomStream(seed: options.seed, use: .shuffling, index: epoch)
            stream.shuffle(&order)
        }
        let stepsPerEpoch = (order.count + options.batchSize - 1) / options.batchSize
        let stepCount = stepsPerEpoch * options.epochs
        let firstStep = step
        var lossSum = 0.0
        var penalties = LossPenalties()
        var learningRate = options.learningRate
        var validationLoss: Double?
        try withData { data in
            try order.withUnsafeBufferPointer { order in
                for start in stride(from: 0, to: order.count, by: options.batchSize) {
                    if Task.isCancelled { throw CancellationError() }
                    let end = min(order.count, start + options.batchSize)
                    learningRate =
                        options.learningRate
                        * options.schedule.fraction(step: step, stepCount: stepCount, epoch: epoch)
                    let loss = plan.step(
                        data,
                        rows: UnsafeBufferPointer(rebasing: order[start..<end]),
                        step: step,
                        learningRate: learningRate
                    )
                    step += 1
                    try data.check()
                    guard loss.isFinite, plan.penalties.total.isFinite else {
                        throw nonFiniteLoss
                    }
                    lossSum += loss
                    penalties.add(plan.penalties, share: Double(end - start) / Double(order.count))
                }
            }
            validationLoss = validation?.meanLoss(data)
            try data.check()
        }
        guard
            oddity_sum_of_squares(plan.parameters.baseAddress, plan.parameters.count).isFinite,
            validationLoss?.isFinite != false
        else { throw nonFiniteLoss }
        epoch += 1
        let record = EpochRecord(
            epoch: epoch,
            trainingLoss: lossSum / Double(order.count * plan.targetSize),
            penalties: penalties,
            validationLoss: validationLoss,
            learningRate: learningRate
        )
        history.append(record)
        // While penalties gain weight, losses can't be compared: the search for the best epoch begins
        // anew with each, last with the first whole epoch of full weight.
        if firstStep - stepsPerEpoch < description.warmUpSteps { bestLoss = nil }
        keepIfBest(record.watchedLoss)
    }

    private var nonFiniteLoss: TrainingError { .nonFiniteLoss(epoch: epoch + 1, step: step) }

    private func keepIfBest(_ loss: Double) {
        if let bestLoss, !(loss < bestLoss - options.minimumImprovement) { return }
        bestLoss = loss
        bestEpoch = epoch
        best?.parameters.update(from: plan.parameters)
        best?.state.update(from: plan.state)
    }

    private func withData(_ body: (TrainingData) throws -> Void) throws {
        switch set.inputs {
        case .source(let source): try body(TrainingData(FetchedRows(source)))
        case .memory(let matrix):
            try matrix.withUnsafeElements { inputs throws in
                guard let first = inputs.baseAddress else { return }
                let stride = matrix.columnCount
                guard let targets = set.targets else {
                    try body(TrainingData(inputs: first, stride: stride, targets: nil))
                    return
                }
                try targets.withUnsafeElements { targets throws in
                    try body(
                        TrainingData(inputs: first, stride: stride, targets: targets.baseAddress)
                    )
                }
            }
        }
    }

    /// The network to return: of the best epoch when one is kept, else as it is now.
    func makeNetwork() -> Network {
        Network(
            description,
            layout: layout,
            parameters: (best?.parameters ?? plan.parameters).copy(),
            state: (best?.state ?? plan.state).copy()
        )
    }

    func makeCheckpoint() -> Checkpoint {
        Checkpoint(
            description: description,
            epoch: epoch,
            step: step,
            history: history,
            bestEpoch: bestEpoch,
            bestLoss: bestLoss,
            parameters: FloatBlock(plan.parameters),
            state: FloatBlock(plan.state),
            moments: plan.moments.map(FloatBlock.init),
            bestParameters: best.map { FloatBlock($0.parameters) },
            bestState: best.map { FloatBlock($0.state) }
        )
    }

    /// Continues where a checkpoint was made.
    func resume(from checkpoint: Checkpoint) throws {
        guard checkpoint.description == description else {
            throw TrainingError.checkpoint("it was made for another network")
        }
        guard checkpoint.moments.count == plan.moments.count else {
            throw TrainingError.checkpoint("it was made with another optimizer")
        }
        try restore(plan.parameters, checkpoint.parameters)
        try restore(plan.state, checkpoint.state)
        for (moments, stored) in zip(plan.moments, checkpoint.moments) {
            try restore(moments, stored)
        }
        if let best {
            try restore(best.parameters, checkpoint.bestParameters ?? checkpoint.parameters)
            try restore(best.state, checkpoint.bestState ?? checkpoint.state)
        }
        epoch = checkpoint.epoch
        step = checkpoint.step
        history = checkpoint.history
        bestEpoch = checkpoint.bestEpoch
        bestLoss = checkpoint.bestLoss
    }

    private func restore(_ buffer: AlignedBuffer, _ block: FloatBlock) throws {
        guard block.values.count == buffer.count else {
            throw TrainingError.checkpoint(
                "it holds \(block.values.count) numbers where \(buffer.count) are needed"
            )
        }
        _ = buffer.elements.update(from: block.values)
    }
}
