internal import Arrays

extension ArrayContent {
    /// Pictures, as ``ImageCollection`` describes them.
    static let pictures = ArrayContent(
        dimensions: 3...4,
        name: "pictures",
        layout: "3 or 4 dimensions (count, height, width[, channels])",
        number: "brightness"
    )
}

extension ArrayReadingOptions {
    init(_ options: ImageReadingOptions) {
        self.init(
            content: .pictures,
            arrayName: options.arrayName,
            maximumDecompressedSize: options.maximumDecompressedSize
        )
    }
}
