internal import COddityPNG
internal import OddityFiles

extension Image {
    /// Writes the image as a PNG file of 8 bits a channel, through libpng.
    ///
    /// Values below 0 and above 1 become 0 and 1, and those that are no number become 0. The file appears
    /// under its name only when it is complete.
    ///
    /// - Parameter path: The file to create or replace; `-` is standard output.
    /// - Throws: ``ImageError`` if it cannot be written.
    public func writePNG(to path: String) throws(ImageError) {
        let bytes = try pngBytes()
        do throws(FileError) {
            let file = try OutputFile(path: path)
            let result = bytes.withUnsafeBytes { bytes in
                Result { () throws(FileError) in try file.append(bytes) }
            }
            try result.get()
            try file.close()
        } catch {
            throw ImageError(error)
        }
    }

    /// The image as the bytes of a PNG file of 8 bits a channel, such as for a page of a report.
    ///
    /// - Throws: ``ImageError`` if there is no memory for it.
    public func pngBytes() throws(ImageError) -> [UInt8] {
        let samples = elements.map { UInt8(max(0, min(1, $0.isNaN ? 0 : $0)) * 255 + 0.5) }
        var header = png_image()
        header.version = UInt32(PNG_IMAGE_VERSION)
        header.width = UInt32(clamping: size.width)
        header.height = UInt32(clamping: size.height)
        header.format = channelCount == 3 ? UInt32(PNG_FORMAT_FLAG_COLOR) : 0
        // Called first without a target, to learn the size.
        var count = 0
        func write(_ target: UnsafeMutableRawPointer?) -> Bool {
            png_image_write_to_memory(&header, target, &count, 0, samples, 0, nil) != 0
        }
        guard write(nil) else { throw Self.cannotEncode(header) }
        var bytes = [UInt8](repeating: 0, count: count)
        guard bytes.withUnsafeMutableBytes({ write($0.baseAddress) }) else {
            throw Self.cannotEncode(header)
        }
        return bytes
    }

    private static func cannotEncode(_ header: png_image) -> ImageError {
        let message = withUnsafeBytes(of: header.message) { text in
            String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
        }
        return ImageError(.writeFailed, "the image cannot be encoded (\(message)); free memory")
    }
}
