/// An image in memory: rows from top to bottom, pixels from left to right, one or three channels each.
///
/// 0 is black and 1 is white, or the full strength of red, green or blue. Values are the stored ones (sRGB as
/// a rule): nothing is converted to linear light.
public struct Image: Equatable, Sendable {
    /// Width and height.
    public let size: ImageSize
    /// 1 for grey, 3 for red, green and blue.
    public let channelCount: Int
    /// `height × width × channelCount` numbers, channels last.
    public var elements: [Float] {
        didSet { checkCount() }
    }

    /// Makes an image from its numbers.
    ///
    /// - Parameters:
    ///   - size: Width and height, at least 1 each.
    ///   - channelCount: 1 or 3.
    ///   - elements: `height × width × channelCount` numbers, channels last.
    public init(size: ImageSize, channelCount: Int, elements: [Float]) {
        precondition(size.width > 0 && size.height > 0, "an image has pixels")
        precondition(channelCount == 1 || channelCount == 3, "1 or 3 channels")
        self.size = size
        self.channelCount = channelCount
        self.elements = elements
        checkCount()
    }

    /// Makes an image of one brightness, black by default.
    public init(size: ImageSize, channelCount: Int, brightness: Float = 0) {
        self.init(
            size: size,
            channelCount: channelCount,
            elements: Array(repeating: brightness, count: size.pixelCount * channelCount)
        )
    }

    /// The number of a pixel's channel; for single numbers, not for inner loops.
    public subscript(x: Int, y: Int, channel: Int) -> Float {
        get { elements[position(x, y, channel)] }
        set { elements[position(x, y, channel)] = newValue }
    }

    private func checkCount() {
        precondition(
            elements.count == size.pixelCount * channelCount,
            "\(elements.count) numbers for \(size) × \(channelCount)"
        )
    }

    private func position(_ x: Int, _ y: Int, _ channel: Int) -> Int {
        precondition(
            x >= 0 && x < size.width && y >= 0 && y < size.height && channel >= 0
                && channel < channelCount,
            "(\(x), \(y), \(channel)) is outside \(size) × \(channelCount)"
        )
        return (y * size.width + x) * channelCount + channel
    }
}
