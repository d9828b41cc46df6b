/// How an array is chosen and what it may cost to read.
package struct ArrayReadingOptions: Sendable {
    /// What the array is to hold.
    package var content: ArrayContent
    /// The array to read from an `.npz` file; nil takes the only one of the wanted dimensions.
    package var arrayName: String?
    /// The most bytes a compressed array may decompress to, in a temporary file.
    package var maximumDecompressedSize: Int

    package init(
        content: ArrayContent,
        arrayName: String? = nil,
        maximumDecompressedSize: Int = 8 << 30
    ) {
        self.content = content
        self.arrayName = arrayName
        self.maximumDecompressedSize = maximumDecompressedSize
    }
}
