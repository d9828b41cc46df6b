public import OddityLinearAlgebra

extension FittedImageDetector {
    /// Scores images, each by itself: an image's score does not depend on the other images nor
    /// on the number of threads.
    ///
    /// ``RowScore/error`` is the mean squared difference between the pooled image and its
    /// reconstruction.
    ///
    /// - Parameters:
    ///   - images: one image a row, of ``shape``, numbers from 0 to 1.
    ///   - threadCount: threads to use.
    /// - Throws: ``DetectorError/unusableImages(_:)``.
    /// - Complexity: memory for at most 64 images' features a thread.
    public func scores(of images: Matrix, threadCount: Int = 1) throws -> [RowScore] {
        try shape.check(images)
        return chunks(of: images, threadCount: threadCount, explains: false) {
            scorer,
            first,
            count,
            results in
            scorer.score(first, count: count, into: &results)
        }
    }

    /// Scores images and shows where each is odd.
    ///
    /// The scores are those of `scores(of:threadCount:)`, bit for bit. The result has about as many
    /// numbers as the images twice: give many images in parts.
    ///
    /// - Parameters:
    ///   - images: one image a row, of ``shape``, numbers from 0 to 1.
    ///   - threadCount: threads to use.
    /// - Throws: ``DetectorError/unusableImages(_:)``.
    public func explained(of images: Matrix, threadCount: Int = 1) throws -> [ExplainedImage] {
        try shape.check(images)
        return chunks(of: images, threadCount: threadCount, explains: true) {
            scorer,
            first,
            count,
            results in
            scorer.explain(first, count: count, into: &results)
        }
    }

    /// The one way to scores: all others lead here.
    private func chunks<Result: Sendable>(
        of images: Matrix,
        threadCount: Int,
        explains: Bool,
        _ body:
            @Sendable (ImageScorer, UnsafePointer<Float>, _ count: Int, inout [Result]) -> Void
    ) -> [Result] {
        let size = basis.chunkSize
        return images.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return [] }
            nonisolated(unsafe) let source = base
            return RowTiles.joined(
                rowCount: images.rowCount,
                tileSize: size,
                threadCount: threadCount
            ) { run in
                let scorer = ImageScorer(self, explains: explains)
                var results: [Result] = []
                for start in stride(from: run.lowerBound, to: run.upperBound, by: size) {
                    let image = source + start * shape.elementCount
                    body(scorer, image, min(size, run.upperBound - start), &results)
                }
                return results
            }
        }
    }
}
