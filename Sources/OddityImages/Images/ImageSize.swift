/// Width and height of an image, in pixels.
public struct ImageSize: Hashable, Codable, Sendable {
    /// Pixels from left to right.
    public var width: Int
    /// Pixels from top to bottom.
    public var height: Int

    /// Makes a size.
    public init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    /// Width times height.
    public var pixelCount: Int { width * height }

    /// The longer of the two sides.
    public var longerSide: Int { max(width, height) }
}

extension ImageSize: CustomStringConvertible {
    /// Such as `640 × 480`.
    public var description: String { "\(width) × \(height)" }
}
