extension Image {
    /// A rectangle of the image.
    ///
    /// - Parameters:
    ///   - x: The first column.
    ///   - y: The first row.
    ///   - size: Width and height; the rectangle lies inside the image.
    public func cropped(x: Int, y: Int, size: ImageSize) -> Image {
        precondition(
            x >= 0 && y >= 0 && x + size.width <= self.size.width
                && y + size.height <= self.size.height,
            "a crop of \(size) at (\(x), \(y)) of \(self.size)"
        )
        var result: [Float] = []
        result.reserveCapacity(size.pixelCount * channelCount)
        for row in y..<y + size.height {
            let start = (row * self.size.width + x) * channelCount
            result += elements[start..<start + size.width * channelCount]
        }
        return Image(size: size, channelCount: channelCount, elements: result)
    }

    /// The middle of the image; an odd pixel too many is cut off at the right and at the bottom.
    ///
    /// - Parameter size: Width and height, no larger than the image's.
    public func centerCropped(to size: ImageSize) -> Image {
        cropped(
            x: (self.size.width - size.width) / 2,
            y: (self.size.height - size.height) / 2,
            size: size
        )
    }

    /// The image with each pixel repeated `factor` times in both directions.
    public func enlarged(by factor: Int) -> Image {
        precondition(factor >= 1, "a factor of at least 1")
        guard factor > 1 else { return self }
        let newSize = ImageSize(width: size.width * factor, height: size.height * factor)
        var result = Image(size: newSize, channelCount: channelCount)
        elements.withUnsafeBufferPointer { source in
            result.elements.withUnsafeMutableBufferPointer { target in
                for y in 0..<newSize.height {
                    for x in 0..<newSize.width {
                        let from = (y / factor * size.width + x / factor) * channelCount
                        let to = (y * newSize.width + x) * channelCount
                        for c in 0..<channelCount { target[to + c] = source[from + c] }
                    }
                }
            }
        }
        return result
    }
}
