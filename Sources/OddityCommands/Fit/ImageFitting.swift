internal import ArgumentParser
internal import OddityDetectors

/// A command that fits a detector to images.
protocol ImageFitting {
    /// Where the images are.
    var imagePath: String { get }
    var columns: ColumnArguments { get }
    var network: AutoencoderArguments { get }
    var reading: ReadingArguments { get }
    var imageNetwork: ImageNetworkArguments { get }
}

extension ImageFitting {
    /// The detector that the options describe; options of tables are refused.
    func imageDetector() throws -> ImageDetector {
        let isConvolutional = network.variant.isConvolutional
        if let option = columns.firstGiven ?? reading.firstGiven
            ?? network.firstGiven(but: "--folds", isConvolutional ? "--variant" : "")
        {
            throw ValidationError("\(option) is for tables, and \(imagePath) holds images")
        }
        var detector = ImageDetector()
        detector.seed = network.seed
        if let folds = network.folds { detector.folds = folds }
        try imageNetwork.apply(to: &detector, isConvolutional: isConvolutional)
        return detector
    }
}
