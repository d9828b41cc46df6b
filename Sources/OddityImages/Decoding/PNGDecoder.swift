internal import COddityPNGReading

/// Reads PNG through libpng: all its kinds, 1 to 16 bits, palettes, alpha, interlaced or not.
enum PNGDecoder {
    static func header(
        _ bytes: [UInt8],
        options: ImageReadingOptions
    ) throws(ImageError) -> ImageHeader {
        try checkClaim(bytes, options)
        let info = try read(bytes, into: nil)
        var size = ImageSize(width: Int(info.width), height: Int(info.height))
        try options.check(size)
        if orientation(info).swapsSides { size = ImageSize(width: size.height, height: size.width) }
        return ImageHeader(size: size, isColor: info.channel_count > 2)
    }

    static func decode(
        _ bytes: [UInt8],
        options: ImageReadingOptions
    ) throws(ImageError) -> DecodedSamples {
        try checkClaim(bytes, options)
        let info = try read(bytes, into: nil)
        let size = ImageSize(width: Int(info.width), height: Int(info.height))
        try options.check(size)
        let count = size.pixelCount * Int(info.channel_count)
        let storage: DecodedSamples.Storage
        if info.sample_size == 2 {
            var samples = [UInt16](repeating: 0, count: count)
            try fill(&samples, from: bytes)
            storage = .words(samples)
        } else {
            var samples = [UInt8](repeating: 0, count: count)
            try fill(&samples, from: bytes)
            storage = .bytes(samples)
        }
        return DecodedSamples(
            size: size,
            channelCount: Int(info.channel_count),
            storage: storage,
            orientation: orientation(info)
        )
    }

    /// Refuses a size before libpng makes room for a row of it.
    ///
    /// The first chunk of a PNG file holds width and height.
    private static func checkClaim(
        _ bytes: [UInt8],
        _ options: ImageReadingOptions
    ) throws(ImageError) {
        guard bytes.count >= 24, bytes[12..<16].elementsEqual("IHDR".utf8) else { return }
        func number(_ start: Int) -> Int {
            bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        try options.check(ImageSize(width: number(16), height: number(20)))
    }

    private static func fill<Sample>(
        _ samples: inout [Sample],
        from bytes: [UInt8]
    ) throws(ImageError) {
        let result = samples.withUnsafeMutableBytes { target in
            Result { () throws(ImageError) in try read(bytes, into: target.baseAddress) }
        }
        _ = try result.get()
    }

    private static func read(
        _ bytes: [UInt8],
        into pixels: UnsafeMutableRawPointer?
    ) throws(ImageError) -> png_reading_info {
        var info = png_reading_info()
        let result = png_reading_read(bytes, bytes.count, &info, pixels)
        switch result {
        case png_reading_ok: return info
        case png_reading_no_memory: throw .noMemory
        case png_reading_truncated: throw .truncated
        default:
            let message = withUnsafeBytes(of: info.message) { text in
                String(decoding: text.prefix { $0 != 0 }, as: UTF8.self)
            }
            throw .damaged(message)
        }
    }

    private static func orientation(_ info: png_reading_info) -> ImageOrientation {
        let exif = withUnsafeBytes(of: info.exif) { Array($0.prefix(Int(info.exif_size))) }
        guard !exif.isEmpty else { return .up }
        // libexif expects the mark that stands before EXIF data in a JPEG file.
        return ExifOrientation.read(Array("Exif\0\0".utf8) + exif)
    }
}

extension ImageError {
    static var truncated: ImageError {
        ImageError(.truncated, "the image ends too early; copy it again, or remove it")
    }

    static var noMemory: ImageError {
        ImageError(.noMemory, "no memory to decode the image; free some")
    }

    /// - Parameter reason: what the decoder says.
    static func damaged(_ reason: String) -> ImageError {
        let line = reason.split(whereSeparator: \.isNewline).joined(separator: " ")
        return ImageError(
            .damaged,
            "the image is damaged (\(line)); copy it again, or remove it"
        )
    }
}
