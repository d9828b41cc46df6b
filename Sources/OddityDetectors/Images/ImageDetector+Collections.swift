public import OddityImages

extension ImageDetector {
    /// The standard deviations either side of the mean that normalized images keep.
    private static let deviationRange: Float = 4

    /// Fits the detector to the normal images of a collection.
    ///
    /// Where folders tell kinds, only good images are used (`ImageCollection.trainingImages`). The
    /// tiles of an image stay together in one fold, and an image is as odd as its oddest tile; images
    /// should then have about the same size.
    ///
    /// - Parameters:
    ///   - collection: images of normal things.
    ///   - preparation: how images become rows. What a normalization makes of them is brought back to 0 to
    ///     1 (`ImagePreparation.deviationRange`, 4 unless it is set); light then counts as far as it is left.
    ///   - groups: for each of the training images the number of the piece that it shows
    ///     (`ImageCollection.groups(by:)`); images of one piece are held out together, so that scores are calibrated
    ///     on pieces that a member had not seen. Nil, the default, where each image shows another.
    ///   - memoryLimit: the bytes up to which prepared images, their features and what is measured of
    ///     them stay in memory, 256 MiB by default. Beyond it they lie in scratch files in the folder that
    ///     `TMPDIR` names, else `/tmp`, of about 2 bytes for each byte of the images as floats. So do the
    ///     tiles of images of their own sizes, whose number is not known beforehand. The result is the
    ///     same.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each epoch of each network of each member, from any thread; what it throws ends the
    ///     fit.
    /// - Returns: the fitted detector, which prepares images in the same way, and the images that were skipped.
    /// - Throws: `ImageError` for images that cannot be read, `FileError` if there is no room for scratch
    ///   files, and like ``fitted(to:shape:groups:threadCount:onProgress:)``.
    /// - Complexity: memory for at most about twice the limit, for each thread the patches that a member
    ///   learns from (50 MB) and an image of the original size, and about 300 bytes an image.
    public func fitted(
        to collection: ImageCollection,
        preparation: ImagePreparation = ImagePreparation(),
        groups: [Int]? = nil,
        memoryLimit: Int = 256 << 20,
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void = { _ in }
    ) throws -> (detector: FittedImageDetector, skipped: [SkippedImage]) {
        let (fit, _, skipped) = try fit(
            toAll: collection.trainingImages,
            preparation: preparation,
            groups: groups,
            memoryLimit: memoryLimit,
            threadCount: threadCount,
            onProgress: onProgress
        )
        return (fit.detector, skipped)
    }

    /// Fits to all images of a collection, whatever kinds its folders tell.
    ///
    /// - Returns: the fit, the numbers of the images that it judged, in their order, and those that were skipped.
    func fit(
        toAll training: ImageCollection,
        preparation: ImagePreparation,
        groups: [Int]?,
        memoryLimit: Int,
        threadCount: Int,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void
    ) throws -> (fit: ImageDetectorFit, images: [Int], skipped: [SkippedImage]) {
        try validate()
        try checkGroups(groups, ofImages: training.count)
        var preparation = preparation
        preparation.deviationRange = preparation.deviationRange ?? ImageDetector.deviationRange
        let preparer = try preparation.fitted(to: training, threadCount: threadCount)
        try preparer.shape.validate()
        let isLarge = byteCount(of: training.count, preparer).map { $0 > memoryLimit } ?? true
        let chunks =
            isLarge
            ? training.chunks(of: (preparer.suggestedChunkSize + 3) / 4) : [0..<training.count]
        var intake = try ImageIntake(self, shape: preparer.shape, inFile: isLarge)
        var rows: [Range<Int>] = []
        var images: [Int] = []
        var skipped: [SkippedImage] = []
        for chunk in chunks {
            let batch = try preparer.applied(to: training, in: chunk, threadCount: threadCount)
            skipped += batch.skipped
            let first = rows.last?.upperBound ?? 0
            try preparer.shape.check(batch.matrix, firstRow: first)
            try intake.add(batch.matrix, threadCount: threadCount)
            images += batch.images.map(\.index)
            rows += batch.images.map {
                first + $0.rows.lowerBound..<first + $0.rows.upperBound
            }
        }
        try checkCount(images.count)
        var fit = try fit(
            to: intake.finished(),
            images: rows,
            groups: groups.map { groups in images.map { groups[$0] } },
            threadCount: threadCount,
            onProgress: onProgress
        )
        fit.detector.preparer = preparer
        return (fit, images, skipped)
    }

    /// The bytes of images, their features and their maps; nil where images are cut into tiles of
    /// which nobody knows the number.
    private func byteCount(of imageCount: Int, _ preparer: ImagePreparer) -> Int? {
        guard let rowCount = preparer.rowCountPerImage else { return nil }
        let geometry = ImageGeometry(preparer.shape, pooledSide: pooledSide)
        var size = geometry.shape.elementCount + geometry.pooledCount
        if keepsPixelMaps { size += geometry.pooledShape.pixelCount }
        if measures == .all {
            size += geometry.descriptorSize + geometry.structure.imageSize
            size += geometry.structure.patchCount + geometry.raw.patchCount
        }
        return imageCount * rowCount * size * MemoryLayout<Float>.size
    }
}

extension ImagePreparer {
    /// The size of the rows that it makes.
    var shape: ImageShape {
        ImageShape(height: rowSize.height, width: rowSize.width, channels: channelCount)
    }

    /// The rows of each image; nil where that depends on its size.
    fileprivate var rowCountPerImage: Int? {
        guard let tiling else { return 1 }
        return (centerCrop ?? size).map { tiling.positions(in: $0).count }
    }
}
