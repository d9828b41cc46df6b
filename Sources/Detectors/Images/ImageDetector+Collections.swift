public import Images

extension ImageDetector {
    /// Fits the detector to the normal pictures of a collection.
    ///
    /// Where folders tell kinds, only good pictures are used (`ImageCollection.trainingPictures`). All
    /// prepared training pictures are in memory at once. The tiles of a picture stay together in one fold, and a
    /// picture is as odd as its oddest tile; pictures should then have about the same size.
    ///
    /// - Parameters:
    ///   - collection: pictures of normal things.
    ///   - preparation: how pictures become rows, without normalization.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each epoch of each network of each member, from any thread.
    /// - Returns: the fitted detector, which prepares pictures in the same way, and the pictures that were skipped.
    /// - Throws: `ImageError` for pictures that cannot be read, and like ``fitted(to:shape:threadCount:onProgress:)``.
    public func fitted(
        to collection: ImageCollection,
        preparation: ImagePreparation = ImagePreparation(),
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) -> Void = { _ in }
    ) throws -> (detector: FittedImageDetector, skipped: [SkippedImage]) {
        guard preparation.normalization == .none else {
            throw DetectorError.unusablePictures(
                "they are normalized by the preparation; leave that out"
            )
        }
        let preparer = try preparation.fitted(to: collection, threadCount: threadCount)
        let training = try collection.trainingPictures
        let batch = try preparer.applied(
            to: training,
            in: 0..<training.count,
            threadCount: threadCount
        )
        var detector = try fitted(
            to: batch.matrix,
            shape: preparer.shape,
            groups: batch.pictures.map(\.rows),
            threadCount: threadCount,
            onProgress: onProgress
        )
        detector.preparer = preparer
        return (detector, batch.skipped)
    }
}

extension ImagePreparer {
    /// The size of the rows that it makes.
    var shape: ImageShape {
        ImageShape(height: rowSize.height, width: rowSize.width, channels: channelCount)
    }
}
