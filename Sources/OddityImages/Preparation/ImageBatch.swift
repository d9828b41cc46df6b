public import OddityLinearAlgebra

/// The rows of some images of a collection.
public struct ImageBatch: Sendable {
    /// An image, and where its rows are.
    public struct Entry: Sendable {
        /// The image's number in the collection.
        public let index: Int
        /// The image's rows: one, or one for each tile in the order of ``TileStitcher``.
        public let rows: Range<Int>
        /// Width and height after the change of size and the crop.
        public let size: ImageSize
        /// How its numbers were scaled.
        public let scale: ChannelNormalization
        /// Which of its pixels are ignored; nil where there is no mask.
        public let ignored: [Bool]?
    }

    /// A row for each image or tile, a column for each number; see ``ImagePreparer``.
    public let matrix: Matrix
    /// The images that were read, in their order.
    public let images: [Entry]
    /// The images that could not be read.
    public let skipped: [SkippedImage]
}

extension ImagePreparer {
    /// Reads and prepares some images of a collection.
    ///
    /// Memory is twice that of the rows of the range, and that of one image of the original size for
    /// each thread.
    ///
    /// - Parameters:
    ///   - collection: The images.
    ///   - range: Which of them; see ``ImageCollection/chunks(of:)``.
    ///   - threadCount: Threads to use; the result does not depend on it.
    /// - Throws: ``ImageError`` of the first image that cannot be read or is too small, unless the
    ///   collection's options skip such.
    public func applied(
        to collection: ImageCollection,
        in range: Range<Int>,
        threadCount: Int = Parallel.availableThreadCount
    ) throws(ImageError) -> ImageBatch {
        precondition(range.lowerBound >= 0 && range.upperBound <= collection.count, "\(range)")
        let prepared = try prepared(collection, range, threadCount: threadCount)
        var images: [ImageBatch.Entry] = []
        var skipped: [SkippedImage] = []
        var rows: [[Float]] = []
        for (offset, result) in prepared.enumerated() {
            let index = range.lowerBound + offset
            switch result {
            case .success(let image):
                let first = rows.count
                rows += self.rows(of: image)
                images.append(
                    ImageBatch.Entry(
                        index: index,
                        rows: first..<rows.count,
                        size: image.size,
                        scale: image.scale,
                        ignored: image.ignored
                    )
                )
            case .failure(let error): skipped.append(try collection.skip(index, error))
            }
        }
        var matrix = Matrix(rowCount: rows.count, columnCount: columnCount)
        matrix.withUnsafeMutableElements { target in
            guard let base = target.baseAddress else { return }
            for (i, row) in rows.enumerated() {
                row.withUnsafeBufferPointer { row in
                    guard let source = row.baseAddress else { return }
                    (base + i * columnCount).update(from: source, count: row.count)
                }
            }
        }
        return ImageBatch(matrix: matrix, images: images, skipped: skipped)
    }

    /// Learns the scaling of the data set.
    func normalized(
        to collection: ImageCollection,
        threadCount: Int
    ) throws(ImageError) -> ImagePreparer {
        // The images themselves, without a scaling.
        let plain = withScale(.identity(channelCount: channelCount))
        var moments = Array(repeating: ChannelMoments(), count: channelCount)
        for range in collection.chunks(of: 64) {
            let prepared = try plain.prepared(collection, range, threadCount: threadCount) {
                ChannelMoments.of($0.image(), ignored: $0.ignored)
            }
            for (offset, result) in prepared.enumerated() {
                switch result {
                case .success(let own): moments = zip(moments, own).map { $0.adding($1) }
                case .failure(let error):
                    _ = try collection.skip(range.lowerBound + offset, error)
                }
            }
        }
        guard moments.contains(where: { $0.count > 0 }) else {
            throw .noImages("not one image can be read", collection.path)
        }
        return withScale(.standardizing(moments))
    }

    private func prepared(
        _ collection: ImageCollection,
        _ range: Range<Int>,
        threadCount: Int
    ) throws(ImageError) -> [Result<PreparedImage, ImageError>] {
        try prepared(collection, range, threadCount: threadCount) { $0 }
    }

    /// What `body` makes of each image of a range.
    private func prepared<Value: Sendable>(
        _ collection: ImageCollection,
        _ range: Range<Int>,
        threadCount: Int,
        _ body: @Sendable (PreparedImage) -> Value
    ) throws(ImageError) -> [Result<Value, ImageError>] {
        let ignored = try commonIgnored()
        return results(threadCount: threadCount, count: range.count) {
            (offset) throws(ImageError) in
            let index = range.lowerBound + offset
            let image = try collection.image(at: index)
            do throws(ImageError) {
                return body(try prepared(image, ignored: ignored))
            } catch {
                throw error.named(collection.name(at: index))
            }
        }
    }
}

extension ImageBatch.Entry {
    /// The image that the network sees, or a reconstruction of it: scaled back to 0 … 1.
    ///
    /// - Parameter elements: The numbers of the whole image, stitched together where it was cut.
    public func image(of elements: [Float]) -> Image {
        var elements = elements
        scale.undo(&elements)
        return Image(size: size, channelCount: scale.shifts.count, elements: elements)
    }
}
