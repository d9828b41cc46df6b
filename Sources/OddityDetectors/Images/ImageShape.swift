/// The size of the images that lie in the rows of a matrix.
///
/// The number in row y, column x and channel c of an image is number (y × ``width`` + x) ×
/// ``channels`` + c of its row of the matrix: channels last.
public struct ImageShape: Codable, Hashable, Sendable {
    /// The rows of an image.
    public let height: Int
    /// The columns of an image.
    public let width: Int
    /// The numbers of a pixel: 1 for grey, 3 for red, green and blue.
    public let channels: Int

    /// The least height and width that can be learned from, 4.
    public static let minimumSide = 4
    /// The largest height and width, 16,384.
    public static let maximumSide = 1 << 14

    /// Describes images; ``validate()`` says whether they can be used.
    public init(height: Int, width: Int, channels: Int = 1) {
        self.height = height
        self.width = width
        self.channels = channels
    }

    /// The number of pixels of an image.
    public var pixelCount: Int { height * width }
    /// The number of numbers of an image.
    public var elementCount: Int { pixelCount * channels }

    /// Refuses sizes that cannot be used.
    ///
    /// - Throws: ``DetectorError/unusableImages(_:)``.
    public func validate() throws {
        let sides = ImageShape.minimumSide...ImageShape.maximumSide
        guard sides.contains(height), sides.contains(width) else {
            throw DetectorError.unusableImages(
                "they are \(height) × \(width) pixels; give images of \(sides.lowerBound) to "
                    + "\(sides.upperBound) pixels a side"
            )
        }
        guard channels == 1 || channels == 3 else {
            throw DetectorError.unusableImages(
                "they have \(channels) channels; give 1 for grey, or 3 for red, green and blue"
            )
        }
    }
}
