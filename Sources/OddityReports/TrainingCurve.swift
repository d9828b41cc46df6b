/// The losses of one training, epoch by epoch.
public struct TrainingCurve: Equatable, Sendable {
    /// The training loss after each epoch.
    public var training: [Double]
    /// The validation loss after each epoch; empty when nothing was held out.
    public var validation: [Double]
    /// The epoch whose parameters were kept, counted from 1.
    public var bestEpoch: Int?

    /// Makes a curve.
    ///
    /// - Parameters:
    ///   - training: The training loss after each epoch.
    ///   - validation: The validation loss after each epoch; empty when nothing was held out.
    ///   - bestEpoch: The epoch whose parameters were kept, counted from 1.
    public init(training: [Double], validation: [Double] = [], bestEpoch: Int? = nil) {
        self.training = training
        self.validation = validation
        self.bestEpoch = bestEpoch
    }
}
