/// What is known after each epoch of a training.
public struct TrainingProgress {
    /// The epoch that has just ended.
    public let record: EpochRecord
    /// The epochs that will run unless training ends early.
    public let epochCount: Int
    /// The epoch with the best loss so far, from 1.
    public let bestEpoch: Int
    /// The seconds since this training started or was resumed.
    public let seconds: Double
    /// Makes a checkpoint to resume from, when called during the progress call.
    public let makeCheckpoint: () -> Checkpoint
}

/// Whether a training goes on.
public enum ProgressDecision: Hashable, Sendable {
    /// Train the next epoch.
    case goOn
    /// End here; what was learnt is returned.
    case stop
}

/// Why a training ended.
public enum TrainingEnd: String, Codable, Sendable {
    /// All epochs were trained.
    case allEpochs
    /// The loss had not improved for the epochs of ``TrainingOptions/patience``.
    case noImprovement
    /// The progress call asked for it.
    case stopped
}

/// What a training returns.
public struct TrainingResult: Sendable {
    /// The trained network: of the best epoch with ``TrainingOptions/patience``, else of the last.
    public let network: Network
    /// One record for each epoch, with those before a resumed checkpoint.
    public let history: [EpochRecord]
    /// The epoch with the smallest loss, from 1.
    public let bestEpoch: Int
    /// Why training ended.
    public let end: TrainingEnd
    /// Everything needed to go on, for example with more epochs.
    public let checkpoint: Checkpoint
}
