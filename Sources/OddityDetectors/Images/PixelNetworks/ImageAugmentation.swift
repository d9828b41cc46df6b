/// How images are changed at random in the training of a network of pixels; not at all by default.
///
/// In each epoch each image is changed anew, and the network rebuilds the changed one. Held-out images stay as they
/// are. The changes follow from the seed, the epoch and the image alone.
public struct ImageAugmentation: Codable, Sendable, Equatable {
    /// Whether every second image is mirrored, left to right.
    public var flipsHorizontally = false
    /// Whether every second image is mirrored, top to bottom.
    public var flipsVertically = false
    /// The most pixels, of the image that the network sees, by which it is moved along each axis, 0 to 8; border
    /// pixels are repeated.
    public var shift = 0
    /// The largest share by which all pixels become brighter or darker, 0 to 1; they end at 0 and 1.
    public var brightness: Float = 0

    /// No change.
    public init() {}

    /// Whether images stay as they are.
    public var isEmpty: Bool { self == ImageAugmentation() }

    func validate() throws {
        guard 0...8 ~= shift else {
            throw DetectorError.invalidSetting(
                name: "shift",
                value: "\(shift)",
                remedy: "give 0 to 8 pixels"
            )
        }
        guard 0...1 ~= brightness else {
            throw DetectorError.invalidSetting(
                name: "brightness",
                value: "\(brightness)",
                remedy: "give a share from 0 to 1, such as 0.1"
            )
        }
    }
}
