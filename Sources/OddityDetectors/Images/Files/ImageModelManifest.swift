internal import OddityImages

/// What the model file of a detector of images says beside its numbers.
struct ImageModelManifest: Codable {
    /// The value of ``detector`` in every such file.
    static let detectorName = "images"

    /// The kind of detector.
    var detector = ImageModelManifest.detectorName
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
    /// The losses of each member's networks by epoch.
    var histories: [ImageTrainingHistory]

    private enum CodingKeys: String, CodingKey {
        case detector, producer, configuration, shape, preparer, trainingSource, decisionRule,
            histories
        /// As the first release spelled it.
        case trainingImageCount = "trainingPictureCount"
    }
}
