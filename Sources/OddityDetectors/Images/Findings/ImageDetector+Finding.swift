public import OddityImages

extension ImageDetector {
    /// Fits to images of which some may be odd, and finds them: each is judged by the member that did not see it.
    ///
    /// An image's p-value is its rank among all others, so that of n normal images about rate · n are called
    /// anomalies. All images of the collection are judged, whatever kinds its folders tell.
    ///
    /// - Parameters:
    ///   - collection: images, most of them of normal things.
    ///   - preparation: how images become rows, as for a fit.
    ///   - groups: for each image the number of the piece that it shows (`ImageCollection.groups(by:)`); images of one
    ///     piece are judged by the member that saw none of them. Nil, the default, where each shows another.
    ///   - rule: when an image is called an anomaly; a false-alarm rate of 1 % by default.
    ///   - memoryLimit: the bytes up to which prepared images stay in memory, as for a fit.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each epoch of each network of each member, from any thread; what it throws ends the
    ///     fit.
    /// - Throws: like ``fitted(to:preparation:groups:memoryLimit:threadCount:onProgress:)``.
    public func findings(
        in collection: ImageCollection,
        preparation: ImagePreparation = ImagePreparation(),
        groups: [Int]? = nil,
        rule: DecisionRule = .falseAlarmRate(0.01),
        memoryLimit: Int = 256 << 20,
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void = { _ in }
    ) throws -> ImageFindings {
        var (fit, images, skipped) = try fit(
            toAll: collection,
            preparation: preparation,
            groups: groups,
            memoryLimit: memoryLimit,
            threadCount: threadCount,
            onProgress: onProgress
        )
        if rule != fit.detector.decisionRule { fit.detector.decisionRule = rule }
        let findings = zip(images, fit.heldOutScores).map { image, score in
            ImageFindings.Finding(
                index: image,
                name: collection.name(at: image),
                verdict: fit.detector.verdict(score)
            )
        }
        return ImageFindings(detector: fit.detector, images: findings, skipped: skipped)
    }
}
