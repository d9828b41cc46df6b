/// What happened in one epoch.
public struct EpochRecord: Hashable, Sendable {
    /// The epoch, from 1.
    public let epoch: Int
    /// The mean loss over the epoch's rows, without penalties, each batch's taken before its step.
    public let trainingLoss: Double
    /// What layers added to the loss: the mean over the epoch's rows.
    public let penalties: LossPenalties
    /// The mean loss on the validation rows after the epoch, nil without such rows.
    ///
    /// It is the plain loss, without penalties and noise. A variational network is measured with its
    /// latent means: this is its reconstruction error, not its ELBO.
    public let validationLoss: Double?
    /// The learning rate of the epoch's last step.
    public let learningRate: Double

    /// Makes a record; without penalties by default.
    public init(
        epoch: Int,
        trainingLoss: Double,
        penalties: LossPenalties = LossPenalties(),
        validationLoss: Double?,
        learningRate: Double
    ) {
        self.epoch = epoch
        self.trainingLoss = trainingLoss
        self.penalties = penalties
        self.validationLoss = validationLoss
        self.learningRate = learningRate
    }

    /// The loss that early stopping watches: on validation rows, or else what training makes small.
    var watchedLoss: Double { validationLoss ?? trainingLoss + penalties.total }
}

extension EpochRecord: Codable {
    private enum Key: String, CodingKey {
        case epoch, trainingLoss, penalties, validationLoss, learningRate
    }

    /// Reads a record; one without penalties has none.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        epoch = try values.decode(Int.self, forKey: .epoch)
        trainingLoss = try values.decode(Double.self, forKey: .trainingLoss)
        penalties =
            try values.decodeIfPresent(LossPenalties.self, forKey: .penalties) ?? LossPenalties()
        validationLoss = try values.decodeIfPresent(Double.self, forKey: .validationLoss)
        learningRate = try values.decode(Double.self, forKey: .learningRate)
    }

    /// Writes a record; penalties are left out when there are none.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        try values.encode(epoch, forKey: .epoch)
        try values.encode(trainingLoss, forKey: .trainingLoss)
        if penalties != LossPenalties() { try values.encode(penalties, forKey: .penalties) }
        try values.encodeIfPresent(validationLoss, forKey: .validationLoss)
        try values.encode(learningRate, forKey: .learningRate)
    }
}
