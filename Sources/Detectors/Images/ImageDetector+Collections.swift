public import Images

extension ImageDetector {
    /// The standard deviations either side of the mean that normalized pictures keep.
    private static let deviationRange: Float = 4

    /// Fits the detector to the normal pictures of a collection.
    ///
    /// Where folders tell kinds, only good pictures are used (`ImageCollection.trainingPictures`). The
    /// tiles of a picture stay together in one fold, and a picture is as odd as its oddest tile; pictures
    /// should then have about the same size.
    ///
    /// - Parameters:
    ///   - collection: pictures of normal things.
    ///   - preparation: how pictures become rows. What a normalization makes of them is brought back to 0 to
    ///     1 (`ImagePreparation.deviationRange`, 4 unless it is set); light then counts as far as it is left.
    ///   - memoryLimit: the bytes up to which prepared pictures, their features and what is measured of
    ///     them stay in memory, 256 MiB by default. Beyond it they lie in scratch files in the folder that
    ///     `TMPDIR` names, else `/tmp`, of about 2 bytes for each byte of the pictures as floats. So do the
    ///     tiles of pictures of their own sizes, whose number is not known beforehand. The result is the
    ///     same.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each epoch of each network of each member, from any thread.
    /// - Returns: the fitted detector, which prepares pictures in the same way, and the pictures that were skipped.
    /// - Throws: `ImageError` for pictures that cannot be read, `FileError` if there is no room for scratch
    ///   files, and like ``fitted(to:shape:threadCount:onProgress:)``.
    /// - Complexity: memory for at most about twice the limit, for each thread the patches that a member
    ///   learns from (50 MB) and a picture of the original size, and about 300 bytes a picture.
    public func fitted(
        to collection: ImageCollection,
        preparation: ImagePreparation = ImagePreparation(),
        memoryLimit: Int = 256 << 20,
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) -> Void = { _ in }
    ) throws -> (detector: FittedImageDetector, skipped: [SkippedImage]) {
        try validate()
        var preparation = preparation
        preparation.deviationRange = preparation.deviationRange ?? ImageDetector.deviationRange
        let preparer = try preparation.fitted(to: collection, threadCount: threadCount)
        try preparer.shape.validate()
        let training = try collection.trainingPictures
        let isLarge = byteCount(of: training.count, preparer).map { $0 > memoryLimit } ?? true
        let chunks =
            isLarge
            ? training.chunks(of: (preparer.suggestedChunkSize + 3) / 4) : [0..<training.count]
        var intake = try PictureIntake(self, shape: preparer.shape, inFile: isLarge)
        var groups: [Range<Int>] = []
        var skipped: [SkippedImage] = []
        for chunk in chunks {
            let batch = try preparer.applied(to: training, in: chunk, threadCount: threadCount)
            skipped += batch.skipped
            let first = groups.last?.upperBound ?? 0
            try preparer.shape.check(batch.matrix, firstRow: first)
            try intake.add(batch.matrix, threadCount: threadCount)
            groups += batch.pictures.map {
                first + $0.rows.lowerBound..<first + $0.rows.upperBound
            }
        }
        try checkCount(groups.count)
        var detector = try fitted(
            to: intake.finished(),
            groups: groups,
            threadCount: threadCount,
            onProgress: onProgress
        )
        detector.preparer = preparer
        return (detector, skipped)
    }

    /// The bytes of pictures, their features and their maps; nil where pictures are cut into tiles of
    /// which nobody knows the number.
    private func byteCount(of pictureCount: Int, _ preparer: ImagePreparer) -> Int? {
        guard let rowCount = preparer.rowCountPerPicture else { return nil }
        let geometry = PictureGeometry(preparer.shape, pooledSide: pooledSide)
        var size = geometry.shape.elementCount + geometry.pooledCount
        if keepsPixelMaps { size += geometry.pooledShape.pixelCount }
        if measures == .all {
            size += geometry.descriptorSize + geometry.structure.pictureSize
            size += geometry.structure.patchCount + geometry.raw.patchCount
        }
        return pictureCount * rowCount * size * MemoryLayout<Float>.size
    }
}

extension ImagePreparer {
    /// The size of the rows that it makes.
    var shape: ImageShape {
        ImageShape(height: rowSize.height, width: rowSize.width, channels: channelCount)
    }

    /// The rows of each picture; nil where that depends on its size.
    fileprivate var rowCountPerPicture: Int? {
        guard let tiling else { return 1 }
        return (centerCrop ?? size).map { tiling.positions(in: $0).count }
    }
}
