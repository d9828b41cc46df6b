package import OddityDetectors
internal import OddityImages
internal import OddityReports

/// What a model of images is, for programs: `--json` of `fit`, `inspect` and `verify`.
package struct ImageModelSummary: Encodable {
    package let producer: String
    package let trainingSource: OrNull<String>
    package let trainingImages: Int
    /// Of how many groups the images were; null without groups.
    package let trainingGroups: OrNull<Int>
    package let calibrationImages: Int
    package let width, height, channels: Int
    package let alignment: Double
    package let members, parameters: Int
    /// The newer data that scores are measured against; null for the held-out data of the fit.
    package let recalibrationSource: OrNull<String>
    package let decisionRule: String
    /// How the rule was chosen; null for the standard and for a rule by hand.
    package let decisionOrigin: OrNull<String>
    /// Null where no image can pass it.
    package let threshold: OrNull<Double>
    package let configuration: ImageDetector

    package init(_ detector: FittedImageDetector) {
        producer = detector.provenance.producer
        trainingSource = OrNull(detector.provenance.source)
        trainingImages = detector.provenance.trainingCount
        trainingGroups = OrNull(detector.provenance.groupCount)
        calibrationImages = detector.heldOut.count
        width = detector.shape.width
        height = detector.shape.height
        channels = detector.shape.channels
        alignment = detector.alignment
        members = detector.memberCount
        parameters = detector.parameterCount
        recalibrationSource = OrNull(detector.recalibration.map { $0.source ?? "data in memory" })
        decisionRule = "\(detector.decisionRule)"
        decisionOrigin = OrNull(detector.decision.originText(detector.heldOut))
        threshold = OrNull(detector.finiteThreshold)
        configuration = detector.configuration
    }
}

extension ModelCard {
    /// What a model of images is.
    package init(_ detector: FittedImageDetector) {
        let shape = detector.shape
        let configuration = detector.configuration
        func sizes(_ layers: [Int]) -> String { layers.map(String.init).joined(separator: "–") }
        let isJoined = configuration.measures == .all
        self.init(sections: [
            ModelCardSection(
                title: "Data",
                entries: [
                    .init(name: "images", value: detector.provenance.imagesText),
                    .init(
                        name: "size",
                        value: "\(shape.width) × \(shape.height) pixels, "
                            + (shape.channels == 1 ? "grey" : "color")
                    ), .init(name: "normalized", value: detector.normalizationText),
                    .init(name: "alignment", value: decimals(detector.alignment, 3)),
                ]
            ),
            ModelCardSection(
                title: "Networks",
                entries: [
                    .init(
                        name: "of whole images",
                        value: isJoined ? sizes(configuration.globalSizes) : "none"
                    ),
                    .init(
                        name: "of patches",
                        value: isJoined ? sizes(configuration.patchSizes) : "none"
                    ), .init(name: "of pixels", value: configuration.pixelText(shape)),
                    .init(name: "score of pixels", value: configuration.pixelScoreText),
                    .init(name: "judged by", value: configuration.scoringText),
                    .init(
                        name: "parameters",
                        value: "\(grouped(detector.parameterCount)) in each member"
                    ),
                    .init(name: "members", value: String(detector.memberCount)),
                    .init(name: "seed", value: String(configuration.seed)),
                ]
            ),
            ModelCardSection(
                title: "Calibration",
                entries: detector.calibrationEntries.map { .init(name: $0.name, value: $0.value) }
            ),
            ModelCardSection(
                title: "Provenance",
                entries: [
                    .init(name: "made by", value: detector.provenance.producer),
                    .init(name: "fitted to", value: detector.provenance.sourceText),
                ]
            ),
        ])
    }
}

extension Provenance {
    /// The number of images, and of how many groups they were.
    fileprivate var imagesText: String {
        grouped(trainingCount) + (groupCount.map { " of \(counted($0, "group"))" } ?? "")
    }
}

extension FittedImageDetector {
    /// What mean and standard deviation numbers are scaled by.
    fileprivate var normalizationText: String {
        switch preparer?.normalization ?? .none {
        case .none: "no"
        case .perImage: "by each image"
        case .perChannel: "by each channel of each image"
        case .perDataset: "by each channel of all training images"
        }
    }

}
