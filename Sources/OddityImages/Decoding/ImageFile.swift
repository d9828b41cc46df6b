internal import OddityFiles

/// A file that holds one image.
struct ImageFile {
    /// Files beyond it are not read into memory.
    static let maximumSize = 1 << 30
    /// Bytes in which the header stands, as a rule.
    private static let headerSize = 128 << 10

    let path: String
    let options: ImageReadingOptions

    /// What the file says of its image; the pixels may still be broken.
    func header() throws(ImageError) -> ImageHeader {
        try naming { () throws(ImageError) in
            let file = try open()
            let start = try bytes(of: file, limit: Self.headerSize)
            do throws(ImageError) {
                return try header(start)
            } catch {
                // Much may stand before the size, such as a preview image.
                guard start.count == Self.headerSize, error.code != .tooManyPixels else {
                    throw error
                }
                return try header(bytes(of: file, limit: .max))
            }
        }
    }

    /// The image, upright.
    func decode() throws(ImageError) -> Image {
        try naming { () throws(ImageError) in
            let bytes = try bytes(of: open(), limit: .max)
            switch try format(bytes) {
            case .png: return try PNGDecoder.decode(bytes, options: options).image
            case .jpeg: return try JPEGDecoder.decode(bytes, options: options).image
            case .pnm: return try PNMDecoder.decode(bytes, options: options).image
            default: return try BitmapDecoder.decode(bytes, options: options).image
            }
        }
    }

    private func header(_ bytes: [UInt8]) throws(ImageError) -> ImageHeader {
        switch try format(bytes) {
        case .png: try PNGDecoder.header(bytes, options: options)
        case .jpeg: try JPEGDecoder.header(bytes, options: options)
        case .pnm: try PNMDecoder.header(bytes, options: options)
        default: try BitmapDecoder.header(bytes, options: options)
        }
    }

    private func format(_ bytes: [UInt8]) throws(ImageError) -> ImageFormat {
        guard !bytes.isEmpty else {
            throw ImageError(.notAImage, "the file is empty; copy it again, or remove it")
        }
        switch ImageFormat(bytes) {
        case .foreign(let name):
            throw ImageError(.unsupportedFormat, "\(name) is not read; save the image as PNG")
        case let format? where format.isImage: return format
        default:
            throw .notAImage
        }
    }

    private func open() throws(ImageError) -> InputFile {
        do {
            let file = try InputFile(path: path, requiresRegularFile: true)
            guard let size = file.size, size <= Self.maximumSize else {
                throw ImageError(.tooLarge, "an image file of more than 1 GiB; remove it")
            }
            return file
        } catch let error as FileError {
            throw ImageError(error)
        } catch let error as ImageError {
            throw error
        } catch {
            throw ImageError(.readFailed, "\(error)")
        }
    }

    private func bytes(of file: InputFile, limit: Int) throws(ImageError) -> [UInt8] {
        do throws(FileError) {
            var bytes = [UInt8](repeating: 0, count: min(limit, file.size ?? 0))
            let result = bytes.withUnsafeMutableBytes { target in
                Result { () throws(FileError) in try file.read(into: target, at: 0) }
            }
            bytes.removeSubrange(try result.get()...)
            return bytes
        } catch {
            throw ImageError(error)
        }
    }

    private func naming<Value>(
        _ body: () throws(ImageError) -> Value
    ) throws(ImageError) -> Value {
        do throws(ImageError) {
            return try body()
        } catch {
            throw error.file == nil ? error.named(path) : error
        }
    }
}
