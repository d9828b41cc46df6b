internal import OddityEvaluation
public import OddityLinearAlgebra
internal import OddityPreprocessing

extension ImageDetector {
    /// Fits the detector to images of normal things.
    ///
    /// - Parameters:
    ///   - images: one image a row, numbers from 0 (black) to 1, channels last (``ImageShape``).
    ///   - shape: the size of the images.
    ///   - groups: for each image the number of the piece that it shows; images of one piece are held out
    ///     together. Nil, the default, where each shows another.
    ///   - threadCount: threads to use, of which more than ``folds`` are of little help; the result
    ///     does not depend on it.
    ///   - onProgress: called after each epoch of each network of each member, from any thread; what it throws ends the
    ///     fit. A member's three networks count their epochs on; the network of patches has no held-out loss, so that it is
    ///     NaN.
    /// - Returns: the fitted detector.
    /// - Throws: ``DetectorError`` for settings or images that cannot be used or too few of them,
    ///   `TrainingError` if a loss stops being finite.
    /// - Complexity: beside the images, memory for half as many numbers, and of each image for
    ///   one number a patch (a pixel in four). A collection of images is fitted to with bounded memory.
    public func fitted(
        to images: Matrix,
        shape: ImageShape,
        groups: [Int]? = nil,
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void = { _ in }
    ) throws -> FittedImageDetector {
        try validate()
        try shape.validate()
        try shape.check(images)
        try checkCount(images.rowCount)
        try checkGroups(groups, ofImages: images.rowCount)
        return try fit(
            to: TrainingImages(
                images,
                shape: shape,
                configuration: self,
                threadCount: threadCount
            ),
            images: (0..<images.rowCount).map { $0..<$0 + 1 },
            groups: groups,
            threadCount: threadCount,
            onProgress: onProgress
        ).detector
    }

    /// Fits the detector to images that may have been cut into tiles.
    ///
    /// - Parameters:
    ///   - images: the rows of each image, one after the other; they stay together in a fold, and the
    ///     oddest of them stands for the image.
    ///   - groups: for each image the number of its group, which stays together in a fold too; nil where each
    ///     is one of its own.
    func fit(
        to training: TrainingImages,
        images: [Range<Int>],
        groups: [Int]?,
        threadCount: Int,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void
    ) throws -> ImageDetectorFit {
        _ = try pixelDescription(of: training.basis.geometry)
        let members = try ImageMemberTraining(self, training)
        let partition = try partition(ofImages: images.count, groups).expanded(to: images)
        let fits = try Parallel.map(count: folds, threadCount: threadCount) { fold in
            let member = try members.member(
                fold,
                rows: partition.complement(ofFold: fold),
                heldOut: partition.rows[fold],
                onProgress: onProgress
            )
            let heldOut = try HeldOutImages(member, training, rows: partition.rows[fold])
            return (member: member, heldOut: heldOut)
        }
        let owners = images.enumerated().flatMap { image, rows in rows.map { _ in image } }
        let (calibration, surprises) = try ImageCalibration.learned(
            fits.map(\.heldOut),
            owners: owners,
            alignment: training.alignment,
            configuration: self,
            geometry: training.basis.geometry,
            light: try LightCalibration(training.lights, folds: partition.rows)
        )
        // The error of an image is that of its worst tile.
        var errors = [Double](repeating: 0, count: images.count)
        for heldOut in fits.map(\.heldOut) {
            for (row, error) in zip(heldOut.rows, heldOut.errors) {
                errors[owners[row]] = max(errors[owners[row]], error)
            }
        }
        let detector = FittedImageDetector(
            configuration: self,
            basis: training.basis,
            heldOut: HeldOutScores(
                unit: .image,
                count: calibration.surprise.values.count,
                scores: calibration.surprise.heldOutScores,
                errors: errors
            ),
            provenance: Provenance(
                trainingCount: images.count,
                groupCount: groups.map { Set($0).count }
            ),
            members: fits.map(\.member),
            calibration: calibration
        )
        return ImageDetectorFit(detector: detector, surprises: surprises, errors: errors)
    }

    /// Refuses too few images.
    func checkCount(_ count: Int) throws {
        let needed = max(ImageDetector.minimumImageCount, 2 * folds)
        guard count < needed else { return }
        throw DetectorError.tooFewImages(count: count, needed: needed)
    }
}

extension ImageShape {
    /// Refuses rows that are no images of this size, and numbers outside 0 to 1.
    ///
    /// - Parameter firstRow: how many images came before.
    /// - Throws: ``DetectorError/unusableImages(_:)``.
    func check(_ images: Matrix, firstRow: Int = 0) throws {
        guard images.columnCount == elementCount else {
            throw DetectorError.unusableImages(
                "a row has \(images.columnCount) numbers, but an image of \(height) × \(width) "
                    + "pixels with \(channels) channel\(channels == 1 ? "" : "s") has \(elementCount)"
            )
        }
        let place = images.withUnsafeElements { elements in
            elements.firstIndex { !($0 >= 0 && $0 <= 1) }
        }
        guard let place else { return }
        let pixel = place % elementCount / channels
        let row = place / elementCount
        throw DetectorError.unusableImages(
            "image \(firstRow + row + 1) has \(images[row, place % elementCount]) "
                + "in row \(pixel / width + 1), column \(pixel % width + 1); give numbers from 0 to 1"
        )
    }
}
