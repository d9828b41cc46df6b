public import OddityImages

/// What was found in images that were fitted to: each judged by networks that did not see it.
public struct ImageFindings: Sendable {
    /// One image.
    public struct Finding: Sendable {
        /// Its number in the collection, from 0.
        public let index: Int
        /// Its name in the collection.
        public let name: String
        /// What is said of it.
        public let verdict: Verdict
    }

    /// What was learned.
    public var detector: FittedImageDetector
    /// The images, in the order of the collection.
    public let images: [Finding]
    /// The images that could not be read.
    public let skipped: [SkippedImage]

    /// The number of images that are called anomalies.
    public var anomalyCount: Int { images.reduce(0) { $0 + ($1.verdict.isAnomaly ? 1 : 0) } }

    /// How many would be called anomalies if all were normal; nil where they are not judged by a rate.
    public var expectedFalseAlarmCount: Double? {
        detector.decisionRule.expectedFalseAlarmCount(of: images.count)
    }

    /// The images from the oddest on; of equal ones the first comes first.
    public func oddest(_ count: Int) -> [Finding] {
        let order = images.indices.sorted {
            (images[$0].verdict.score.score, $1) > (images[$1].verdict.score.score, $0)
        }
        return order.prefix(count).map { images[$0] }
    }
}
