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
    /// Of how many groups the images were; nil without groups.
    var trainingGroupCount: Int?
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
        case trainingGroupCount, decisionOrigin, recalibrationSource, histories
        /// As the first release spelled it.
        case trainingImageCount = "trainingPictureCount"
    }
}

extension ImageModelManifest {
    /// What no fit can have written; nil where all parts belong together.
    var flaw: String? {
        let histories = histories.flatMap { [$0.global, $0.pixels, $0.patches] }
        return producerFlaw(producer)
            ?? trainingCountFlaw(
                trainingImageCount,
                atLeast: ImageDetector.minimumImageCount,
                "images"
            )
            ?? groupFlaw ?? decisionRule.flaw ?? decisionOrigin?.flaw ?? histories.flaw()
            ?? partFlaw
    }

    private var groupFlaw: String? {
        guard let count = trainingGroupCount else { return nil }
        let isPossible = count >= configuration.folds && count <= trainingImageCount
        return isPossible ? nil : "its \(trainingImageCount) images are of \(count) groups"
    }

    private var partFlaw: String? {
        if histories.count != configuration.folds {
            return "it has \(histories.count) training histories for \(configuration.folds) members"
        }
        let hasParts = configuration.measures == .all
        for history in histories {
            guard !history.pixels.isEmpty, history.global.isEmpty != hasParts,
                history.patches.isEmpty != hasParts
            else { return "the histories of a member are not those of its networks" }
        }
        if let preparer, preparer.shape != shape {
            return "its images are prepared to another size"
        }
        return nil
    }
}
