/// Turns images into the rows of a network, always in the same way; it is stored with a model.
///
/// A row holds an image, or one tile of it: `height × width × channels` numbers, channels last.
public struct ImagePreparer: Codable, Equatable, Sendable {
    /// The size that images get; nil keeps their own, which only tiles allow.
    public let size: ImageSize?
    /// One channel or three.
    public let color: ImageColor
    /// What happens where ratios differ.
    public let framing: ImageFraming
    /// How pixels are weighted in a change of size.
    public let filter: ResizeFilter
    /// The size of the middle to keep; nil keeps all.
    public let centerCrop: ImageSize?
    /// How numbers are scaled.
    public let normalization: ImageNormalization
    /// How many standard deviations either side of the mean become 0 to 1; nil for numbers as they are
    /// normalized.
    public let deviationRange: Float?
    /// What to ignore; nil ignores nothing.
    public let mask: ImageMask?
    /// How images are cut; nil leaves them whole.
    public let tiling: ImageTiling?
    /// The scaling learned from the data set; nil for all other normalizations.
    public private(set) var datasetScale: ChannelNormalization?

    init(
        size: ImageSize?,
        color: ImageColor,
        framing: ImageFraming,
        filter: ResizeFilter,
        centerCrop: ImageSize?,
        normalization: ImageNormalization,
        deviationRange: Float?,
        mask: ImageMask?,
        tiling: ImageTiling?
    ) throws(ImageError) {
        self.size = size
        self.color = color
        self.framing = framing
        self.filter = filter
        self.centerCrop = centerCrop
        self.normalization = normalization
        self.deviationRange = normalization == .none ? nil : deviationRange
        self.mask = mask
        self.tiling = tiling
        try validate()
    }

    /// Reads a stored preparer.
    ///
    /// - Throws: ``ImageError`` if its parts contradict one another.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try self.init(
            size: values.decodeIfPresent(ImageSize.self, forKey: .size),
            color: values.decode(ImageColor.self, forKey: .color),
            framing: values.decode(ImageFraming.self, forKey: .framing),
            filter: values.decode(ResizeFilter.self, forKey: .filter),
            centerCrop: values.decodeIfPresent(ImageSize.self, forKey: .centerCrop),
            normalization: values.decode(ImageNormalization.self, forKey: .normalization),
            deviationRange: values.decodeIfPresent(Float.self, forKey: .deviationRange),
            mask: values.decodeIfPresent(ImageMask.self, forKey: .mask),
            tiling: values.decodeIfPresent(ImageTiling.self, forKey: .tiling)
        )
        datasetScale = try values.decodeIfPresent(ChannelNormalization.self, forKey: .datasetScale)
        let isUsable = datasetScale.map { scale in
            scale.shifts.count == channelCount && scale.scales.count == channelCount
                && scale.shifts.allSatisfy(\.isFinite)
                && scale.scales.allSatisfy { $0.isFinite && $0 > 0 }
        }
        guard (isUsable ?? true) && (datasetScale != nil) == (normalization == .perDataset) else {
            throw Self.invalid("the stored normalization contradicts itself; fit again")
        }
    }

    /// Width and height of the image or tile that a row holds.
    public var rowSize: ImageSize {
        // One of them is there: `validate` sees to it.
        tiling?.tileSize ?? centerCrop ?? size ?? ImageSize(width: 1, height: 1)
    }

    /// 1 for grey, 3 for color.
    public var channelCount: Int { color.channelCount }

    /// The numbers of a row: height × width × channels.
    public var columnCount: Int { rowSize.pixelCount * channelCount }

    /// How many images to prepare at a time, for about 64 MB of rows.
    ///
    /// Nothing but memory depends on it. Where images keep their own sizes, 64 tiles each are assumed.
    public var suggestedChunkSize: Int {
        let whole = centerCrop ?? size
        let rows = tiling.map { tiling in whole.map { tiling.positions(in: $0).count } ?? 64 } ?? 1
        let bytes = rows * columnCount * MemoryLayout<Float>.size
        return max(1, min(4_096, (64 << 20) / bytes))
    }

    func withScale(_ scale: ChannelNormalization) -> ImagePreparer {
        var copy = self
        copy.datasetScale = scale
        return copy
    }

    private func validate() throws(ImageError) {
        let limit = 1 << 16
        for size in [size, centerCrop].compactMap({ $0 })
        where size.width < 1 || size.height < 1 || size.longerSide > limit {
            throw Self.invalid("a size of \(size); give sides from 1 to \(limit)")
        }
        guard size != nil || tiling != nil else {
            throw Self.invalid("images need a common size or tiles; give one of them")
        }
        if let size, let centerCrop, !Self.holds(size, centerCrop) {
            throw Self.invalid("a crop of \(centerCrop) from \(size); give a smaller crop")
        }
        if let tiling, let whole = centerCrop ?? size, !Self.holds(whole, tiling.tileSize) {
            throw Self.invalid("tiles of \(tiling.tileSize) from \(whole); give smaller tiles")
        }
        if let deviationRange, !(deviationRange > 0 && deviationRange <= 1000) {
            throw Self.invalid(
                "a range of \(deviationRange) deviations; give one above 0, such as 4"
            )
        }
        // At most four times the pixels of an image that may be read: a model file is no bomb.
        guard columnCount <= 160_000_000 else {
            throw Self.invalid("rows of \(rowSize); give a smaller size")
        }
    }

    static func holds(_ whole: ImageSize, _ part: ImageSize) -> Bool {
        part.width <= whole.width && part.height <= whole.height
    }

    private static func invalid(_ message: String) -> ImageError {
        ImageError(.invalidOption, message)
    }
}
