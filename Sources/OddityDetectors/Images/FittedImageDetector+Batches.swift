public import OddityImages
internal import OddityLinearAlgebra

extension FittedImageDetector {
    /// Prepares images of a collection in the way of those that the detector was fitted to.
    ///
    /// - Parameters:
    ///   - collection: images to score.
    ///   - range: which of them, all by default; of many take some at a time.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Throws: ``DetectorError/unusableImages(_:)`` if the detector was fitted to numbers, `ImageError` for images
    ///   that cannot be read.
    public func prepared(
        _ collection: ImageCollection,
        in range: Range<Int>? = nil,
        threadCount: Int = 1
    ) throws -> ImageBatch {
        guard let preparer else {
            throw DetectorError.unusableImages(
                "the model was fitted to numbers in a program and does not know how to prepare images; fit it "
                    + "to images"
            )
        }
        return try preparer.applied(
            to: collection,
            in: range ?? 0..<collection.count,
            threadCount: threadCount
        )
    }

    /// Scores the images of a batch, and tells which are anomalies.
    ///
    /// - Throws: like `scores(of:threadCount:)`.
    public func verdicts(of batch: ImageBatch, threadCount: Int = 1) throws -> [Verdict] {
        try scores(of: batch, threadCount: threadCount).map { verdict($0) }
    }

    /// Scores the images of a batch.
    ///
    /// Where images are cut into tiles, an image is as odd as its oddest tile.
    ///
    /// - Parameters:
    ///   - batch: images that ``preparer`` prepared.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Returns: a score for each of the batch's images, in their order.
    /// - Throws: ``DetectorError/unusableImages(_:)``.
    public func scores(of batch: ImageBatch, threadCount: Int = 1) throws -> [RowScore] {
        let rows = try scores(of: batch.matrix, threadCount: threadCount)
        return batch.images.map { image in
            rows[image.rows].max { $0.score < $1.score } ?? rows[image.rows.lowerBound]
        }
    }

    /// Scores one image of a batch and shows where it is odd.
    ///
    /// The maps and reconstructions of tiles are put together, as the mean where tiles overlap.
    ///
    /// - Parameters:
    ///   - image: one of the batch's images.
    ///   - batch: images that ``preparer`` prepared.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Throws: ``DetectorError/unusableImages(_:)``.
    public func explained(
        _ image: ImageBatch.Entry,
        of batch: ImageBatch,
        threadCount: Int = 1
    ) throws -> ExplainedImage {
        let rows = batch.matrix.rows(image.rows)
        let tiles = try explained(of: rows, threadCount: threadCount)
        guard tiles.count > 1, let preparer else { return tiles[0] }
        let stitcher = preparer.stitcher(for: image.size)
        return ExplainedImage(
            verdict: tiles.map(\.verdict).max { $0.score.score < $1.score.score }
                ?? tiles[0].verdict,
            heatMap: stitcher.map(ofTiles: tiles.map(\.heatMap)),
            reconstruction: stitcher.map(ofTiles: tiles.map(\.reconstruction)),
            width: image.size.width
        )
    }
}
