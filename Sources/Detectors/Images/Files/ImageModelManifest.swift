internal import Images

/// What the model file of a detector of pictures says beside its numbers.
struct ImageModelManifest: Codable {
    /// The value of ``detector`` in every such file.
    static let detectorName = "images"

    /// The kind of detector.
    var detector = ImageModelManifest.detectorName
    /// The release that wrote the file.
    var producer: String
    var configuration: ImageDetector
    /// The size of the pictures.
    var shape: ImageShape
    /// How pictures are brought to it; nil for a detector that was fitted to a matrix.
    var preparer: ImagePreparer?
    var trainingPictureCount: Int
    var trainingSource: String?
    var decisionRule: DecisionRule
    /// The losses of each member's networks by epoch.
    var histories: [ImageTrainingHistory]
}
