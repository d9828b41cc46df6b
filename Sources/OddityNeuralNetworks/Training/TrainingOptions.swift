/// How a network is trained.
public struct TrainingOptions: Codable, Hashable, Sendable {
    /// What is made small, ``Loss/meanSquaredError`` by default.
    public var loss: Loss
    /// How parameters follow the gradient, Adam by default.
    public var optimizer: Optimizer
    /// The length of a step, 0.001 by default.
    public var learningRate: Double
    /// How the learning rate changes, constant by default.
    public var schedule: LearningRateSchedule
    /// The largest allowed norm of the gradient of all parameters; longer ones are shortened to it.
    ///
    /// Nil, the default, leaves gradients as they are.
    public var gradientClipping: Double?
    /// How often all rows are seen, 20 by default.
    public var epochs: Int
    /// The rows of a step, 32 by default; the last batch of an epoch may be smaller.
    public var batchSize: Int
    /// Whether each epoch has an order of its own, true by default.
    public var shuffles: Bool
    /// The epochs without improvement after which training ends.
    ///
    /// The network of the best epoch is then returned. The loss on the validation rows counts, or, if
    /// there are none, the one on the training rows with all penalties. Epochs in which penalties still
    /// gain weight don't count. Nil, the default, runs all epochs and returns the last network.
    public var patience: Int?
    /// By how much a loss must fall below the best one to count as an improvement, 0 by default.
    public var minimumImprovement: Double
    /// The number that all random choices of the training follow from, 0 by default.
    public var seed: UInt64

    /// Makes options; every one has a default.
    public init(
        loss: Loss = .meanSquaredError,
        optimizer: Optimizer = .adam(),
        learningRate: Double = 1e-3,
        schedule: LearningRateSchedule = .constant,
        gradientClipping: Double? = nil,
        epochs: Int = 20,
        batchSize: Int = 32,
        shuffles: Bool = true,
        patience: Int? = nil,
        minimumImprovement: Double = 0,
        seed: UInt64 = 0
    ) {
        self.loss = loss
        self.optimizer = optimizer
        self.learningRate = learningRate
        self.schedule = schedule
        self.gradientClipping = gradientClipping
        self.epochs = epochs
        self.batchSize = batchSize
        self.shuffles = shuffles
        self.patience = patience
        self.minimumImprovement = minimumImprovement
        self.seed = seed
    }

    /// Checks every number.
    ///
    /// - Throws: ``TrainingError/option(_:)`` for the first one that is wrong.
    public func validate() throws {
        if let problem { throw TrainingError.option(problem) }
    }

    private var problem: String? {
        // The steps of a training are numbered by an Int.
        if epochs < 1 || epochs > 1 << 30 {
            return "the number of epochs is \(epochs); use 1 to \(1 << 30)"
        }
        if batchSize < 1 || batchSize > 1 << 24 {
            return "the batch size is \(batchSize); use 1 to \(1 << 24)"
        }
        if !(learningRate > 0 && learningRate.isUsable) {
            return "the learning rate is \(learningRate); use a number above 0"
        }
        if let limit = gradientClipping, !(limit > 0 && limit.isUsable) {
            return "gradients are clipped at \(limit); use a number above 0"
        }
        if let patience, patience < 1 { return "patience is \(patience); use 1 or more epochs" }
        if !(minimumImprovement >= 0 && minimumImprovement.isUsable) {
            return "the minimum improvement is \(minimumImprovement); use 0 or more"
        }
        return loss.problem ?? optimizer.problem ?? schedule.problem
    }
}

extension Double {
    /// Whether a training can use the number, which it computes with in single precision: no NaN, and no larger than
    /// 1e30.
    package var isUsable: Bool { abs(self) <= 1e30 }
}
