internal import OddityEvaluation
internal import OddityNeuralNetworks

/// One network of a detector, with what it learned of normal rows that it was not trained on.
struct Member: Sendable {
    let network: Network
    /// Loss by epoch.
    let history: [EpochRecord]
    /// What is known of the training codes; nil when codes don't count.
    let codeMeasure: CodeMeasure?
    /// What held-out rows gave.
    let calibration: MemberCalibration
}
