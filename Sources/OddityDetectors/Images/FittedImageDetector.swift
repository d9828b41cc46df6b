internal import OddityEvaluation
public import OddityImages
internal import OddityNeuralNetworks

/// A fitted detector of odd images: it scores images, shows where they are odd, and is saved to
/// one file.
///
/// It is a value that never changes by use, so that any number of threads may score with it.
public struct FittedImageDetector: FittedDetector {
    /// Images.
    public static let kind = DetectorKind.images

    /// How it was made.
    public let configuration: ImageDetector
    /// What the training images got from the members that had not seen them.
    public let trainingHeldOut: HeldOutScores
    /// When an image is called an anomaly; a p-value of at most 0.01 by default.
    public var decision = Decision.standard
    /// Newer normal data that scores are measured against; nil for those of the fit.
    public var recalibration: Recalibration?
    /// Where it comes from.
    public var provenance: Provenance
    /// How images become its rows; nil for a detector that was fitted to a matrix.
    public internal(set) var preparer: ImagePreparer?
    let basis: ImageBasis
    let members: [ImageMember]
    let calibration: ImageCalibration

    init(
        configuration: ImageDetector,
        basis: ImageBasis,
        heldOut: HeldOutScores,
        provenance: Provenance,
        members: [ImageMember],
        calibration: ImageCalibration
    ) {
        self.configuration = configuration
        self.basis = basis
        trainingHeldOut = heldOut
        self.provenance = provenance
        self.members = members
        self.calibration = calibration
    }

    /// The size of the images that it scores.
    public var shape: ImageShape { basis.geometry.shape }
    /// For each member how the training of its network of pixels went.
    public var histories: [TrainingHistory] {
        networkHistories.map { TrainingHistory($0.pixels, keepsBest: true) }
    }
    /// For each member how the training of its networks went.
    public var networkHistories: [ImageTrainingHistory] { members.map(\.histories) }
    /// The number of parameters of each member's networks.
    public var parameterCount: Int {
        let parts = members[0].parts.map { [$0.global, $0.structure] } ?? []
        return ([members[0].pixels] + parts).reduce(0) { $0 + $1.network.parameterCount }
    }
    /// How well the training images are aligned, from 0 to 1: the variance over pixels of the mean
    /// image, divided by the variance of all pixels of all images.
    ///
    /// 0 for a texture, near 1 where every image shows the same thing in the same place.
    public var alignment: Double { calibration.measures.alignment }
}
