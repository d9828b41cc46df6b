public import Images
internal import LinearAlgebra

extension FittedImageDetector {
    /// Scores the pictures of a batch.
    ///
    /// Where pictures are cut into tiles, a picture is as odd as its oddest tile.
    ///
    /// - Parameters:
    ///   - batch: pictures that ``preparer`` prepared.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Returns: a score for each of the batch's pictures, in their order.
    /// - Throws: ``DetectorError/unusablePictures(_:)``.
    public func scores(of batch: ImageBatch, threadCount: Int = 1) throws -> [RowScore] {
        let rows = try scores(of: batch.matrix, threadCount: threadCount)
        return batch.pictures.map { picture in
            rows[picture.rows].max { $0.score < $1.score } ?? rows[picture.rows.lowerBound]
        }
    }

    /// Scores one picture of a batch and shows where it is odd.
    ///
    /// The maps and reconstructions of tiles are put together, as the mean where tiles overlap.
    ///
    /// - Parameters:
    ///   - picture: one of the batch's pictures.
    ///   - batch: pictures that ``preparer`` prepared.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Throws: ``DetectorError/unusablePictures(_:)``.
    public func explained(
        _ picture: ImageBatch.Picture,
        of batch: ImageBatch,
        threadCount: Int = 1
    ) throws -> ExplainedPicture {
        let rows = batch.matrix.rows(picture.rows)
        let tiles = try explained(of: rows, threadCount: threadCount)
        guard tiles.count > 1, let preparer else { return tiles[0] }
        let stitcher = preparer.stitcher(for: picture.size)
        return ExplainedPicture(
            score: tiles.map(\.score).max { $0.score < $1.score } ?? tiles[0].score,
            heatMap: stitcher.map(ofTiles: tiles.map(\.heatMap)),
            reconstruction: stitcher.map(ofTiles: tiles.map(\.reconstruction)),
            width: picture.size.width
        )
    }
}

extension ExplainedPicture {
    /// Puts a picture's parts together; the oddest place is the first of the largest heat.
    init(score: RowScore, heatMap: [Float], reconstruction: [Float], width: Int) {
        let oddest = heatMap.indices.reduce(0) { heatMap[$1] > heatMap[$0] ? $1 : $0 }
        self.init(
            score: score,
            heatMap: heatMap,
            reconstruction: reconstruction,
            oddestPlace: PicturePlace(row: oddest / width, column: oddest % width)
        )
    }
}
