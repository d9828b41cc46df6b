internal import OddityImages

/// What the model file of a detector of images says beside its numbers.
struct ImageModelManifest: Codable {
    /// The kind of detector.
    var detector = DetectorKind.images.rawValue
    /// The release that wrote the file.
    var producer: String
    var configuration: ImageDetector
    /// The size of the images.
    var shape: ImageShape
    /// How images are brought to it; nil for a detector that was fitted to a matrix.
    var preparer: ImagePreparer?
    var trainingImageCount: Int
    var trainingSource: String?
    var decisionRule: DecisionRule
    /// How the rule was chosen; nil in files of the first release.
    var decisionOrigin: Decision.Origin?
    /// The name of the newer normal data that scores are measured against.
    var recalibrationSource: String?
    /// The losses of each member's networks by epoch.
    var histories: [ImageTrainingHistory]

    private enum CodingKeys: String, CodingKey {
        case detector, producer, configuration, shape, preparer, trainingSource, decisionRule
        case decisionOrigin, recalibrationSource, histories
        /// As the first release spelled it.
        case trainingImageCount = "trainingPictureCount"
    }
}
