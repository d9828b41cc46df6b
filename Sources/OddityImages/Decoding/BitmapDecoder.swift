internal import COddityTurboJPEG

/// Reads BMP through TurboJPEG's loader.
///
/// The loader knows no limit on pixels, so the size is looked up here before it makes room for them.
enum BitmapDecoder {
    static func header(
        _ path: String,
        _ bytes: [UInt8],
        options: ImageReadingOptions
    ) throws(ImageError) -> ImageHeader {
        let (size, isColor) = try look(bytes)
        try options.check(size)
        if let isColor { return ImageHeader(size: size, isColor: isColor) }
        // Only the loader knows whether a palette holds colors.
        let samples = try decode(path, bytes, options: options)
        return ImageHeader(size: size, isColor: samples.channelCount > 1)
    }

    static func decode(
        _ path: String,
        _ bytes: [UInt8],
        options: ImageReadingOptions
    ) throws(ImageError) -> DecodedSamples {
        try options.check(look(bytes).size)
        var (width, height, pixels): (Int32, Int32, Int32) = (0, 0, Int32(TJPF_UNKNOWN.rawValue))
        guard let loaded = tjLoadImage(path, &width, 1, &height, &pixels, 0) else {
            throw error(String(cString: tjGetErrorStr2(nil)))
        }
        defer { tjFree(loaded) }
        let size = ImageSize(width: Int(width), height: Int(height))
        try options.check(size)
        guard let layout = Layout(TJPF(rawValue: pixels)) else {
            throw .damaged("unknown pixels")
        }
        let count = size.pixelCount
        let kept = layout.isColor ? 3 : 1
        var samples = [UInt8](repeating: 0, count: count * kept)
        for i in 0..<count {
            let from = loaded + i * layout.stride
            samples[i * kept] = from[layout.offsets.0]
            guard layout.isColor else { continue }
            samples[i * kept + 1] = from[layout.offsets.1]
            samples[i * kept + 2] = from[layout.offsets.2]
        }
        return DecodedSamples(size: size, channelCount: kept, storage: .bytes(samples))
    }

    /// Where red, green and blue stand in a pixel; what BMP has beside them is no alpha.
    private struct Layout {
        var stride: Int
        var offsets: (Int, Int, Int)
        var isColor: Bool { stride > 1 }

        init?(_ format: TJPF) {
            switch format {
            case TJPF_GRAY: (stride, offsets) = (1, (0, 0, 0))
            case TJPF_RGB: (stride, offsets) = (3, (0, 1, 2))
            case TJPF_BGR: (stride, offsets) = (3, (2, 1, 0))
            case TJPF_RGBX, TJPF_RGBA: (stride, offsets) = (4, (0, 1, 2))
            case TJPF_BGRX, TJPF_BGRA: (stride, offsets) = (4, (2, 1, 0))
            case TJPF_XRGB, TJPF_ARGB: (stride, offsets) = (4, (1, 2, 3))
            case TJPF_XBGR, TJPF_ABGR: (stride, offsets) = (4, (3, 2, 1))
            default: return nil
            }
        }
    }

    private static func error(_ message: String) -> ImageError {
        if message.contains("end of") || message.contains("too short") { return .truncated }
        if message.contains("nsupported") || message.contains("Only ") {
            return ImageError(
                .unsupportedFormat,
                "this kind of BMP is not read (\(message)); save it as PNG"
            )
        }
        return .damaged(message)
    }

    /// The size that the header tells, and whether it says that there is color.
    private static func look(
        _ bytes: [UInt8]
    ) throws(ImageError) -> (size: ImageSize, isColor: Bool?) {
        guard bytes.count >= 30 else { throw .truncated }
        func number(_ start: Int, _ count: Int) -> Int {
            bytes[start..<start + count].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        if number(14, 4) == 12 {
            let size = ImageSize(width: number(18, 2), height: number(20, 2))
            return (size, number(24, 2) > 8 ? true : nil)
        }
        let height = Int(Int32(truncatingIfNeeded: number(22, 4)))
        guard height >= 0 else {
            throw ImageError(
                .unsupportedFormat,
                "a BMP whose rows go from top to bottom is not read; save it as PNG"
            )
        }
        return (
            ImageSize(width: number(18, 4), height: height), number(28, 2) > 8 ? true : nil
        )
    }
}
