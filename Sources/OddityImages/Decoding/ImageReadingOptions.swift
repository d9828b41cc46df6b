/// What to do with an image that cannot be read.
public enum BrokenImagePolicy: String, Codable, CaseIterable, Sendable {
    /// It is an error that names the file.
    case fail
    /// It is passed over, and listed as skipped with its error.
    case skip
}

/// How images are read.
public struct ImageReadingOptions: Codable, Equatable, Sendable {
    /// What to do with an image that cannot be read; an error by default.
    public var brokenImages: BrokenImagePolicy
    /// The largest image, in pixels; it bounds the memory that a hostile file can ask for.
    public var maximumPixelCount: Int
    /// The most bytes a compressed array (`.npz`, `.gz`) may decompress to, in a temporary file.
    public var maximumDecompressedSize: Int
    /// The number in an array that is white (1); nil takes it from the element type, see
    /// ``ImageCollection``.
    public var fullScale: Float?
    /// The array to read from an `.npz` file; nil takes the only one of images.
    public var arrayName: String?

    /// Makes options.
    ///
    /// - Parameters:
    ///   - brokenImages: What to do with an image that cannot be read.
    ///   - maximumPixelCount: The largest image; 40 million pixels by default.
    ///   - maximumDecompressedSize: The largest decompressed array; 8 GiB by default.
    ///   - fullScale: The number in an array that is white, above 0.
    ///   - arrayName: The array to read from an `.npz` file.
    public init(
        brokenImages: BrokenImagePolicy = .fail,
        maximumPixelCount: Int = 40_000_000,
        maximumDecompressedSize: Int = 8 << 30,
        fullScale: Float? = nil,
        arrayName: String? = nil
    ) {
        self.brokenImages = brokenImages
        self.maximumPixelCount = maximumPixelCount
        self.maximumDecompressedSize = maximumDecompressedSize
        self.fullScale = fullScale
        self.arrayName = arrayName
    }

    /// The error of an image of this size; nil if it is allowed.
    func problem(with size: ImageSize) -> ImageError? {
        guard size.width > 0, size.height > 0 else {
            return ImageError(.empty, "the image has no pixels; remove the file")
        }
        let (count, overflow) = size.width.multipliedReportingOverflow(by: size.height)
        guard !overflow, count <= maximumPixelCount else {
            return ImageError(
                .tooManyPixels,
                "\(size) pixels are more than the limit of \(maximumPixelCount);"
                    + " make the image smaller, or raise the limit"
            )
        }
        return nil
    }

    func check(_ size: ImageSize) throws(ImageError) {
        if let problem = problem(with: size) { throw problem }
    }
}
