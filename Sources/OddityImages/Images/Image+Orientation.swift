/// How a camera was held, as EXIF numbers it: where the stored first row and first column belong.
public enum ImageOrientation: Int, CaseIterable, Sendable {
    /// As stored.
    case up = 1
    /// Mirrored from left to right.
    case upMirrored
    /// Turned by 180°.
    case down
    /// Mirrored from top to bottom.
    case downMirrored
    /// Rows and columns exchanged.
    case leftMirrored
    /// To be turned by 90° clockwise.
    case right
    /// Rows and columns exchanged along the other diagonal.
    case rightMirrored
    /// To be turned by 90° counterclockwise.
    case left

    /// Whether width and height change places.
    public var swapsSides: Bool { rawValue >= 5 }
}

extension Image {
    /// The image as it was seen, when it was stored in this orientation.
    public func oriented(_ orientation: ImageOrientation) -> Image {
        guard orientation != .up else { return self }
        let (w, h) = (size.width, size.height)
        // The stored pixel that belongs at (0, 0), and the ways to go for each step to the right and down.
        let (start, right, down): (Int, Int, Int) =
            switch orientation {
            case .up: (0, 1, w)
            case .upMirrored: (w - 1, -1, w)
            case .down: (w * h - 1, -1, -w)
            case .downMirrored: (w * (h - 1), 1, -w)
            case .leftMirrored: (0, w, 1)
            case .right: (w * (h - 1), -w, 1)
            case .rightMirrored: (w * h - 1, -w, -1)
            case .left: (w - 1, w, -1)
            }
        let newSize = orientation.swapsSides ? ImageSize(width: h, height: w) : size
        var result = Image(size: newSize, channelCount: channelCount)
        elements.withUnsafeBufferPointer { source in
            result.elements.withUnsafeMutableBufferPointer { target in
                var to = 0
                for y in 0..<newSize.height {
                    var from = (start + y * down) * channelCount
                    for _ in 0..<newSize.width {
                        for c in 0..<channelCount { target[to + c] = source[from + c] }
                        to += channelCount
                        from += right * channelCount
                    }
                }
            }
        }
        return result
    }
}
