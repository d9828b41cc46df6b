/// What happened in one epoch.
public struct EpochRecord: Codable, Hashable, Sendable {
    /// The epoch, from 1.
    public let epoch: Int
    /// The mean loss over the epoch's batches, each taken before its step.
    public let trainingLoss: Double
    /// The mean loss on the validation rows after the epoch, nil without such rows.
    public let validationLoss: Double?
    /// The learning rate of the epoch's last step.
    public let learningRate: Double

    /// Makes a record.
    public init(epoch: Int, trainingLoss: Double, validationLoss: Double?, learningRate: Double) {
        self.epoch = epoch
        self.trainingLoss = trainingLoss
        self.validationLoss = validationLoss
        self.learningRate = learningRate
    }

    /// The loss that early stopping watches.
    var watchedLoss: Double { validationLoss ?? trainingLoss }
}
