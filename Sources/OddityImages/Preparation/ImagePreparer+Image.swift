/// An image after preparation, before it is cut into tiles.
public struct PreparedImage: Equatable, Sendable {
    /// The numbers for the network, normalized and masked, channels last.
    public let elements: [Float]
    /// Width and height after the change of size and the crop.
    public let size: ImageSize
    /// How the numbers were scaled.
    public let scale: ChannelNormalization
    /// Which pixels are ignored, row after row; nil where there is no mask.
    public let ignored: [Bool]?

    /// The image that the network sees: scaled back to 0 … 1.
    ///
    /// - Parameter elements: Numbers of the network, such as a reconstruction; nil takes the prepared ones.
    public func image(of elements: [Float]? = nil) -> Image {
        var elements = elements ?? self.elements
        scale.undo(&elements)
        return Image(size: size, channelCount: scale.shifts.count, elements: elements)
    }
}

extension ImagePreparer {
    /// Prepares one image.
    ///
    /// Ignored pixels do not count for the normalization, and become 0 after it; with a
    /// ``ImagePreparation/deviationRange`` they become ½, which is the mean there.
    ///
    /// - Throws: ``ImageError`` if the image is smaller than the crop or a tile.
    public func prepared(_ image: Image) throws(ImageError) -> PreparedImage {
        try prepared(image, ignored: commonIgnored())
    }

    /// The tiles of a prepared image, or the whole as one, in the order of ``TileStitcher``.
    public func rows(of image: PreparedImage) -> [[Float]] {
        guard let tiling else { return [image.elements] }
        let whole = Image(size: image.size, channelCount: channelCount, elements: image.elements)
        return tiling.positions(in: image.size).map {
            whole.cropped(x: $0.x, y: $0.y, size: tiling.tileSize).elements
        }
    }

    /// Puts what was computed for the rows of an image back together.
    ///
    /// - Parameter size: ``PreparedImage/size``.
    public func stitcher(for size: ImageSize) -> TileStitcher {
        TileStitcher(size: size, tiling: tiling)
    }

    /// The pixels of a prepared image that a mask of the original one marks, row after row.
    ///
    /// So the mask of a defect (``ImageCollection/mask(at:)``) is compared with the errors of pixels.
    ///
    /// - Parameter mask: White is marked; of the size of the original image.
    /// - Throws: ``ImageError`` if the mask is smaller than the crop.
    public func pixels(markedIn mask: Image) throws(ImageError) -> [Bool] {
        try framed(mask.inGrey, filter: .box).elements.map { $0 > 0.5 }
    }

    /// Prepares an image with what ``commonIgnored()`` gave.
    func prepared(_ image: Image, ignored: [Bool]?) throws(ImageError) -> PreparedImage {
        var framed = try framed(color == .grey ? image.inGrey : image.inColor, filter: filter)
        var ignored = ignored
        if ignored == nil { ignored = try self.ignored(for: image.size) }
        var scale = scale(of: framed, ignored)
        if let deviationRange { scale = scale.bringing(deviationRange) }
        scale.apply(to: &framed.elements)
        if deviationRange != nil {
            for i in framed.elements.indices {
                framed.elements[i] = min(max(framed.elements[i], 0), 1)
            }
        }
        let neutral: Float = deviationRange == nil ? 0 : 0.5
        if let ignored {
            for i in ignored.indices where ignored[i] {
                for c in 0..<channelCount { framed.elements[i * channelCount + c] = neutral }
            }
        }
        return PreparedImage(
            elements: framed.elements,
            size: framed.size,
            scale: scale,
            ignored: ignored
        )
    }

    /// The ignored pixels that all images have in common, where they get one size.
    package func commonIgnored() throws(ImageError) -> [Bool]? {
        guard let mask, size != nil else { return nil }
        return try pixels(markedIn: mask.image)
    }

    /// The ignored pixels of images of one size.
    private func ignored(for original: ImageSize) throws(ImageError) -> [Bool]? {
        guard let mask else { return nil }
        return try pixels(markedIn: mask.image.resized(to: original, filter: .box))
    }

    /// Brings an image to the common size and crops it.
    private func framed(_ image: Image, filter: ResizeFilter) throws(ImageError) -> Image {
        var image = image
        if let size {
            if framing == .crop { image = image.centerCropped(to: image.size.largest(like: size)) }
            image = image.resized(to: size, filter: filter)
        }
        for part in [centerCrop, tiling?.tileSize].compactMap({ $0 })
        where !Self.holds(image.size, part) {
            throw ImageError(
                .wrongSize,
                "an image of \(image.size) is smaller than \(part); give images a common size"
            )
        }
        if let centerCrop { image = image.centerCropped(to: centerCrop) }
        return image
    }

    private func scale(of image: Image, _ ignored: [Bool]?) -> ChannelNormalization {
        switch normalization {
        case .none: .identity(channelCount: channelCount)
        case .perDataset: datasetScale ?? .identity(channelCount: channelCount)
        case .perImage: .standardizing(ChannelMoments.of(image, ignored: ignored), isShared: true)
        case .perChannel: .standardizing(ChannelMoments.of(image, ignored: ignored))
        }
    }
}

extension ImageSize {
    /// The largest size inside this one that has another's ratio.
    fileprivate func largest(like other: ImageSize) -> ImageSize {
        let ratio = Double(other.width) / Double(other.height)
        if Double(width) > Double(height) * ratio {
            return ImageSize(
                width: max(1, min(width, Int((Double(height) * ratio).rounded()))),
                height: height
            )
        }
        return ImageSize(
            width: width,
            height: max(1, min(height, Int((Double(width) / ratio).rounded())))
        )
    }
}
