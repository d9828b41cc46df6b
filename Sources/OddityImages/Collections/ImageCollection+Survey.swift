public import OddityLinearAlgebra

/// What the headers of a collection's images tell, before any is decoded.
public struct ImageSurvey: Equatable, Sendable {
    /// How many images there are of each size.
    public let counts: [ImageSize: Int]
    /// Whether any image has color channels.
    public let hasColor: Bool
    /// The images whose headers cannot be read.
    public let skipped: [SkippedImage]

    /// The only size; nil where images differ.
    public var commonSize: ImageSize? { counts.count == 1 ? counts.keys.first : nil }

    /// The medians of all widths and of all heights.
    public var medianSize: ImageSize {
        ImageSize(width: median(\.width), height: median(\.height))
    }

    private func median(_ side: KeyPath<ImageSize, Int>) -> Int {
        let sorted = counts.sorted { $0.key[keyPath: side] < $1.key[keyPath: side] }
        var left = counts.values.reduce(0, +) / 2
        for (size, count) in sorted {
            if left < count { return size[keyPath: side] }
            left -= count
        }
        return 0
    }
}

extension ImageCollection {
    /// Looks at the headers of all images.
    ///
    /// - Parameter threadCount: Threads to use; the result does not depend on it.
    /// - Throws: ``ImageError`` for a broken header unless such images are skipped, and if none is left.
    public func survey(
        threadCount: Int = Parallel.availableThreadCount
    ) throws(ImageError) -> ImageSurvey {
        var counts: [ImageSize: Int] = [:]
        var hasColor = false
        var skipped: [SkippedImage] = []
        switch source {
        case .array(let images):
            counts[images.size] = images.count
            hasColor = images.isColor
        case .files(let entries):
            let headers = results(threadCount: threadCount, count: entries.count) {
                (index) throws(ImageError) in
                try ImageFile(path: entries[index].path, options: options).header()
            }
            for (index, header) in headers.enumerated() {
                switch header {
                case .success(let header):
                    counts[header.size, default: 0] += 1
                    hasColor = hasColor || header.isColor
                case .failure(let error): skipped.append(try skip(index, error))
                }
            }
        }
        guard !counts.isEmpty else {
            throw .noImages("not one image can be read", path)
        }
        return ImageSurvey(counts: counts, hasColor: hasColor, skipped: skipped)
    }

    /// The list's entry of a broken image.
    ///
    /// - Throws: the error, where broken images are not skipped.
    func skip(_ index: Int, _ error: ImageError) throws(ImageError) -> SkippedImage {
        guard options.brokenImages == .skip, error.isOfOneImage else { throw error }
        return SkippedImage(index: index, name: name(at: index), error: error)
    }
}

/// The results of work on each of `count` images, in order, on several threads.
func results<Value: Sendable>(
    threadCount: Int,
    count: Int,
    _ body: @Sendable (Int) throws(ImageError) -> Value
) -> [Result<Value, ImageError>] {
    // Results are values, so nothing is thrown through the threads.
    Parallel.map(count: count, threadCount: threadCount) { index in
        Result { () throws(ImageError) in try body(index) }
    }
}
