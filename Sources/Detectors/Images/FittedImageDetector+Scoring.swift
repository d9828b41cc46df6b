public import LinearAlgebra

extension FittedImageDetector {
    /// Scores pictures, each by itself: a picture's score does not depend on the other pictures nor
    /// on the number of threads.
    ///
    /// ``RowScore/error`` is the mean squared difference between the pooled picture and its
    /// reconstruction.
    ///
    /// - Parameters:
    ///   - pictures: one picture a row, of ``shape``, numbers from 0 to 1.
    ///   - threadCount: threads to use.
    /// - Throws: ``DetectorError/unusablePictures(_:)``.
    /// - Complexity: memory for at most 64 pictures' features a thread.
    public func scores(of pictures: Matrix, threadCount: Int = 1) throws -> [RowScore] {
        try shape.check(pictures)
        return chunks(of: pictures, threadCount: threadCount, explains: false) {
            scorer,
            first,
            count,
            results in
            scorer.score(first, count: count, into: &results)
        }
    }

    /// Scores pictures and shows where each is odd.
    ///
    /// The scores are those of `scores(of:threadCount:)`, bit for bit. The result has about as many
    /// numbers as the pictures twice: give many pictures in parts.
    ///
    /// - Parameters:
    ///   - pictures: one picture a row, of ``shape``, numbers from 0 to 1.
    ///   - threadCount: threads to use.
    /// - Throws: ``DetectorError/unusablePictures(_:)``.
    public func explained(of pictures: Matrix, threadCount: Int = 1) throws -> [ExplainedPicture] {
        try shape.check(pictures)
        return chunks(of: pictures, threadCount: threadCount, explains: true) {
            scorer,
            first,
            count,
            results in
            scorer.explain(first, count: count, into: &results)
        }
    }

    /// The one way to scores: all others lead here.
    private func chunks<Result: Sendable>(
        of pictures: Matrix,
        threadCount: Int,
        explains: Bool,
        _ body:
            @Sendable (PictureScorer, UnsafePointer<Float>, _ count: Int, inout [Result]) -> Void
    ) -> [Result] {
        let rowCount = pictures.rowCount
        let size = basis.chunkSize
        let chunkCount = (rowCount + size - 1) / size
        // Each piece has a scorer of its own; more pieces than threads even out their speeds.
        let pieceCount = Parallel.pieceCount(for: chunkCount, threadCount: threadCount)
        guard pieceCount > 0 else { return [] }
        return pictures.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return [] }
            nonisolated(unsafe) let source = base
            return Parallel.map(count: pieceCount, threadCount: threadCount) { piece in
                let scorer = PictureScorer(self, explains: explains)
                let first = chunkCount * piece / pieceCount * size
                let last = min(rowCount, chunkCount * (piece + 1) / pieceCount * size)
                var results: [Result] = []
                for start in stride(from: first, to: last, by: size) {
                    let picture = source + start * shape.elementCount
                    body(scorer, picture, min(size, last - start), &results)
                }
                return results
            }.flatMap { $0 }
        }
    }
}
