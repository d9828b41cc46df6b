internal import OddityArrays

extension ArrayContent {
    /// Images, as ``ImageCollection`` describes them.
    static let images = ArrayContent(
        dimensions: 3...4,
        name: "images",
        layout: "3 or 4 dimensions (count, height, width[, channels])",
        number: "brightness"
    )
}

extension ArrayReadingOptions {
    init(_ options: ImageReadingOptions) {
        self.init(
            content: .images,
            arrayName: options.arrayName,
            maximumDecompressedSize: options.maximumDecompressedSize
        )
    }
}
