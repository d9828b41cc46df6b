internal import OddityEvaluation
public import OddityImages
internal import OddityNeuralNetworks

/// A fitted detector of odd images: it scores images, shows where they are odd, and is saved to
/// one file.
///
/// It is a value that never changes by use, so that any number of threads may score with it.
public struct FittedImageDetector: Sendable {
    /// How it was made.
    public let configuration: ImageDetector
    /// The number of images it was fitted to.
    public let trainingImageCount: Int
    /// When an image is called an anomaly; a p-value of at most 0.01 by default.
    ///
    /// Changing it needs no new fit.
    public var decisionRule = DecisionRule.falseAlarmRate(0.01)
    /// The name of the data it was fitted to, for its model card.
    public var trainingSource: String?
    /// How images become its rows; nil for a detector that was fitted to a matrix.
    public internal(set) var preparer: ImagePreparer?
    let basis: ImageBasis
    let members: [ImageMember]
    let calibration: ImageCalibration

    init(
        configuration: ImageDetector,
        basis: ImageBasis,
        trainingImageCount: Int,
        members: [ImageMember],
        calibration: ImageCalibration
    ) {
        self.configuration = configuration
        self.basis = basis
        self.trainingImageCount = trainingImageCount
        self.members = members
        self.calibration = calibration
    }

    /// The size of the images that it scores.
    public var shape: ImageShape { basis.geometry.shape }
    /// The number of members.
    public var memberCount: Int { members.count }
    /// The losses of each member's networks by epoch.
    public var histories: [ImageTrainingHistory] { members.map(\.histories) }
    /// The number of parameters of each member's networks.
    public var parameterCount: Int {
        let parts = members[0].parts.map { [$0.global, $0.structure] } ?? []
        return ([members[0].pixels] + parts).reduce(0) { $0 + $1.network.parameterCount }
    }
    /// The number of held-out images that calibrate the scores, over all members.
    public var calibrationImageCount: Int { calibration.surprise.values.count }
    /// How well the training images are aligned, from 0 to 1: the variance over pixels of the mean
    /// image, divided by the variance of all pixels of all images.
    ///
    /// 0 for a texture, near 1 where every image shows the same thing in the same place.
    public var alignment: Double { calibration.measures.alignment }
}
