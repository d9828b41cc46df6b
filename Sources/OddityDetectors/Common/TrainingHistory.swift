public import OddityNeuralNetworks

/// How the training of a network went.
public struct TrainingHistory: Codable, Sendable, Equatable {
    /// The losses by epoch.
    public let epochs: [EpochRecord]
    /// Which epochs' parameters a training keeps.
    let keepsBest: Bool

    /// - Parameter keepsBest: whether the epoch with the least held-out loss is kept, or the last one.
    init(_ epochs: [EpochRecord], keepsBest: Bool) {
        self.epochs = epochs
        self.keepsBest = keepsBest
    }

    /// The epoch whose parameters were kept; nil where there was no training.
    ///
    /// It is the one with the least held-out loss, the first of equal ones; the last where nothing was held
    /// out, or where the training keeps the last.
    public var kept: EpochRecord? {
        guard keepsBest else { return epochs.last }
        return epochs.filter { $0.validationLoss != nil }
            .min { ($0.validationLoss ?? 0, $0.epoch) < ($1.validationLoss ?? 0, $1.epoch) }
            ?? epochs.last
    }
}
