internal import Evaluation
internal import NeuralNetworks

/// One network of a detector, with what it learned of normal rows that it was not trained on.
struct Member: Sendable {
    let network: Network
    /// Loss by epoch.
    let history: [EpochRecord]
    /// The training codes; nil when only the residual is scored.
    let nearestCode: NearestCode?
    /// What held-out rows gave.
    let calibration: MemberCalibration
}
