/// Colors for the numbers from 0 to 1, by linear interpolation between anchors.
public enum ColorMap: String, Codable, CaseIterable, Sendable {
    /// From black over purple and orange to pale yellow; its lightness grows evenly, so that it is also
    /// right in grey and for the color-blind (Smith and van der Walt 2015).
    case inferno
    /// From dark purple over green to yellow, of the same makers.
    case viridis

    /// Red, green and blue for a number; below 0 is 0, above 1 is 1, and what is no number is 0.
    public func color(_ value: Float) -> (red: Float, green: Float, blue: Float) {
        let anchors = anchors
        let position = max(0, min(1, value.isNaN ? 0 : value)) * Float(anchors.count - 1)
        let low = min(Int(position), anchors.count - 2)
        let share = position - Float(low)
        func channel(_ shift: Int) -> Float {
            let from = Float(anchors[low] >> shift & 0xFF)
            let to = Float(anchors[low + 1] >> shift & 0xFF)
            return (from + (to - from) * share) / 255
        }
        return (channel(16), channel(8), channel(0))
    }

    /// Colors at even distances, as 0xRRGGBB.
    private var anchors: [Int] {
        switch self {
        case .inferno:
            [
                0x000004, 0x0D0829, 0x280B53, 0x470B6A, 0x65156E, 0x82206C, 0x9F2A63, 0xBC3754,
                0xD44842, 0xE8602D, 0xF57D15, 0xFC9F07, 0xFAC228, 0xF3E55D, 0xFCFFA4,
            ]
        case .viridis:
            [
                0x440154, 0x481B6D, 0x46327E, 0x3F4788, 0x365C8D, 0x2E6E8E, 0x277F8E, 0x21918C,
                0x1FA187, 0x2DB27D, 0x4AC16D, 0x73D056, 0xA0DA39, 0xD0E11C, 0xFDE725,
            ]
        }
    }
}

extension Image {
    /// An image of a map of numbers.
    ///
    /// - Parameters:
    ///   - map: A number for each pixel.
    ///   - size: Width and height.
    ///   - range: The numbers that get the first and the last color.
    ///   - colors: The colors.
    public init(
        heatMap map: [Float],
        size: ImageSize,
        range: ClosedRange<Float>,
        colors: ColorMap = .inferno
    ) {
        precondition(map.count == size.pixelCount, "a number for each pixel")
        let width = range.upperBound - range.lowerBound
        var elements: [Float] = []
        elements.reserveCapacity(map.count * 3)
        for value in map {
            let (red, green, blue) = colors.color(
                width > 0 ? (value - range.lowerBound) / width : value > range.upperBound ? 1 : 0
            )
            elements += [red, green, blue]
        }
        self.init(size: size, channelCount: 3, elements: elements)
    }
}
