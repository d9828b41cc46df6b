/// An image for a person to look at: original, reconstruction, heat map and overlay side by side, with the
/// score below.
public struct ImageStrip: Sendable {
    /// The image that was scored.
    public var original: Image
    /// What the detector made of it; nil leaves it out.
    public var reconstruction: Image?
    /// The error of each pixel.
    public var heatMap: [Float]
    /// The errors that get the first and the last color; the same for all strips makes them comparable.
    public var range: ClosedRange<Float>
    /// The error at which the overlay draws its contour; nil draws none.
    public var contourLevel: Float?
    /// The text below, such as `SCORE 4.31 P 0.002`.
    public var caption: String
    /// The colors of the heat map.
    public var colors: ColorMap

    /// Makes a strip.
    ///
    /// - Parameters:
    ///   - original: The image that was scored.
    ///   - reconstruction: What the detector made of it, of the same size.
    ///   - heatMap: The error of each pixel, row after row.
    ///   - range: The errors that get the first and the last color; nil is 0 to the largest error.
    ///   - contourLevel: The error at which the overlay draws its contour.
    ///   - caption: The text below.
    ///   - colors: The colors of the heat map.
    public init(
        original: Image,
        reconstruction: Image? = nil,
        heatMap: [Float],
        range: ClosedRange<Float>? = nil,
        contourLevel: Float? = nil,
        caption: String = "",
        colors: ColorMap = .inferno
    ) {
        precondition(heatMap.count == original.size.pixelCount, "an error for each pixel")
        precondition(reconstruction.map { $0.size == original.size } ?? true, "equal sizes")
        self.original = original
        self.reconstruction = reconstruction
        self.heatMap = heatMap
        let largest = heatMap.reduce(0) { $1.isFinite ? max($0, $1) : $0 }
        self.range = range ?? 0...largest
        self.contourLevel = contourLevel
        self.caption = caption
        self.colors = colors
    }

    /// The shorter side that small images are enlarged to, by a whole factor.
    private static let visibleSide = 160
    private static let gap = 4
    private static let textScale = 3

    /// The strip as one image.
    public var image: Image {
        let size = original.size
        let factor = max(1, Self.visibleSide / max(1, min(size.width, size.height)))
        let heat = Image(heatMap: heatMap, size: size, range: range, colors: colors)
        let panels = [original, reconstruction, heat].compactMap {
            $0?.inColor.enlarged(by: factor)
        }
        let all = panels + [overlay(heat, enlargedBy: factor)]
        let panel = all[0].size
        let text = caption.isEmpty ? 0 : TinyFont.height * Self.textScale + 2 * Self.gap
        let captionWidth = Image.textSize(caption, scale: Self.textScale).width + 2 * Self.gap
        let width = all.count * (panel.width + Self.gap) + Self.gap
        var strip = Image(
            size: ImageSize(
                width: max(width, caption.isEmpty ? 0 : captionWidth),
                height: panel.height + 2 * Self.gap + text
            ),
            channelCount: 3,
            brightness: 0.12
        )
        for (i, image) in all.enumerated() {
            strip.paste(image, x: Self.gap + i * (panel.width + Self.gap), y: Self.gap)
        }
        strip.draw(
            caption,
            x: Self.gap,
            y: panel.height + 3 * Self.gap,
            scale: Self.textScale
        )
        return strip
    }

    /// The original in grey with the heat map over it where it is hot, and a bright line around what is above the level.
    private func overlay(_ heat: Image, enlargedBy factor: Int) -> Image {
        var mixed = original.inGrey.inColor
        let width = range.upperBound - range.lowerBound
        for (i, value) in heatMap.enumerated() where value > range.lowerBound && width > 0 {
            let share = 0.8 * min(1, (value - range.lowerBound) / width)
            for c in 3 * i..<3 * i + 3 {
                mixed.elements[c] += share * (heat.elements[c] - mixed.elements[c])
            }
        }
        mixed = mixed.enlarged(by: factor)
        guard let contourLevel else { return mixed }
        let (right, bottom) = (mixed.size.width, mixed.size.height)
        func isAbove(_ x: Int, _ y: Int) -> Bool {
            guard x >= 0, x < right, y >= 0, y < bottom else { return false }
            return heatMap[y / factor * original.size.width + x / factor] > contourLevel
        }
        for y in 0..<bottom {
            for x in 0..<right where isAbove(x, y) {
                let isInside =
                    isAbove(x - 1, y) && isAbove(x + 1, y) && isAbove(x, y - 1) && isAbove(x, y + 1)
                if isInside { continue }
                (mixed[x, y, 0], mixed[x, y, 1], mixed[x, y, 2]) = (0.2, 1, 0.9)
            }
        }
        return mixed
    }
}

extension Image {
    /// Puts another image of three channels inside this one.
    mutating func paste(_ other: Image, x: Int, y: Int) {
        let width = other.size.width * 3
        for row in 0..<other.size.height {
            let target = ((y + row) * size.width + x) * 3
            elements.replaceSubrange(
                target..<target + width,
                with: other.elements[row * width..<(row + 1) * width]
            )
        }
    }
}
