/// The parts of all images that are to be ignored, such as a time stamp or the edge of a fixture.
///
/// Stored as the lengths of runs, so that a model file stays small.
public struct ImageMask: Hashable, Codable, Sendable {
    /// Width and height of the mask image.
    public let size: ImageSize
    /// Lengths of runs of pixels, row after row, beginning with pixels that count.
    let runs: [Int]

    /// Makes a mask from an image: where it is brighter than one half, pixels are ignored.
    ///
    /// - Throws: ``ImageError`` if nothing would be left.
    public init(_ image: Image) throws(ImageError) {
        var runs = [0]
        var isIgnored = false
        for value in image.inGrey.elements {
            if (value > 0.5) != isIgnored {
                runs.append(0)
                isIgnored.toggle()
            }
            runs[runs.count - 1] += 1
        }
        try self.init(size: image.size, runs: runs)
    }

    /// Reads a stored mask.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            size: values.decode(ImageSize.self, forKey: .size),
            runs: values.decode([Int].self, forKey: .runs)
        )
    }

    private init(size: ImageSize, runs: [Int]) throws(ImageError) {
        let limit = ImageReadingOptions().maximumPixelCount
        let (count, overflow) = size.width.multipliedReportingOverflow(by: size.height)
        guard size.width > 0, size.height > 0, !overflow, count <= limit,
            runs.allSatisfy({ (0...count).contains($0) }), runs.reduce(0, &+) == count
        else { throw ImageError(.invalidOption, "the stored mask contradicts itself") }
        guard stride(from: 0, to: runs.count, by: 2).contains(where: { runs[$0] > 0 }) else {
            throw ImageError(.invalidOption, "the mask ignores every pixel; leave some black")
        }
        (self.size, self.runs) = (size, runs)
    }

    /// The mask as an image: white is ignored.
    public var image: Image {
        var elements: [Float] = []
        elements.reserveCapacity(size.pixelCount)
        for (i, length) in runs.enumerated() {
            elements += repeatElement(i.isMultiple(of: 2) ? 0 : 1, count: length)
        }
        return Image(size: size, channelCount: 1, elements: elements)
    }
}
