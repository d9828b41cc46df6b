internal import COddityTurboJPEG

/// Reads JPEG through TurboJPEG: grey, color and CMYK, with the EXIF orientation.
enum JPEGDecoder {
    static func header(
        _ bytes: [UInt8],
        options: ImageReadingOptions
    ) throws(ImageError) -> ImageHeader {
        let handle = try Handle()
        var (size, space) = try readHeader(bytes, handle)
        try options.check(size)
        if ExifOrientation.read(bytes).swapsSides {
            size = ImageSize(width: size.height, height: size.width)
        }
        return ImageHeader(size: size, isColor: space != TJCS_GRAY)
    }

    static func decode(
        _ bytes: [UInt8],
        options: ImageReadingOptions
    ) throws(ImageError) -> DecodedSamples {
        let handle = try Handle()
        let (size, space) = try readHeader(bytes, handle)
        try options.check(size)
        let (format, sampleCount): (TJPF, Int) =
            switch space {
            case TJCS_GRAY: (TJPF_GRAY, 1)
            case TJCS_CMYK, TJCS_YCCK: (TJPF_CMYK, 4)
            default: (TJPF_RGB, 3)
            }
        var samples = [UInt8](repeating: 0, count: size.pixelCount * sampleCount)
        func run(_ flags: Int32) -> Int32 {
            tjDecompress2(
                handle.pointer,
                bytes,
                UInt(bytes.count),
                &samples,
                Int32(size.width),
                0,
                Int32(size.height),
                Int32(format.rawValue),
                flags | TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS
            )
        }
        if run(TJFLAG_STOPONWARNING) != 0 {
            // Bytes between segments do no harm; after any other warning, pixels are invented.
            guard handle.isHarmless else { throw handle.error }
            if run(0) != 0, !handle.isHarmless { throw handle.error }
        }
        if sampleCount == 4 { samples = colors(ofInverted: samples) }
        return DecodedSamples(
            size: size,
            channelCount: sampleCount == 1 ? 1 : 3,
            storage: .bytes(samples),
            orientation: ExifOrientation.read(bytes)
        )
    }

    private static func readHeader(
        _ bytes: [UInt8],
        _ handle: borrowing Handle
    ) throws(ImageError) -> (ImageSize, TJCS) {
        var (width, height, subsampling, space): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        guard
            tjDecompressHeader3(
                handle.pointer,
                bytes,
                UInt(bytes.count),
                &width,
                &height,
                &subsampling,
                &space
            ) == 0
        else { throw handle.error }
        let size = ImageSize(width: Int(width), height: Int(height))
        return (size, TJCS(rawValue: UInt32(bitPattern: space)))
    }

    /// Red, green and blue from cyan, magenta, yellow and black, stored as Adobe does: 255 is no ink.
    private static func colors(ofInverted samples: [UInt8]) -> [UInt8] {
        var colors: [UInt8] = []
        colors.reserveCapacity(samples.count / 4 * 3)
        for start in stride(from: 0, to: samples.count, by: 4) {
            let black = Int(samples[start + 3])
            for c in 0..<3 { colors.append(UInt8((Int(samples[start + c]) * black + 127) / 255)) }
        }
        return colors
    }

    /// A decoder of TurboJPEG, for one image.
    private struct Handle: ~Copyable {
        let pointer: tjhandle

        init() throws(ImageError) {
            guard let pointer = tjInitDecompress() else { throw .noMemory }
            self.pointer = pointer
        }

        deinit { tjDestroy(pointer) }

        private var message: String { String(cString: tjGetErrorStr2(pointer)) }

        /// Whether the last problem was only bytes between segments.
        var isHarmless: Bool {
            tjGetErrorCode(pointer) == Int32(TJERR_WARNING.rawValue)
                && message.contains("extraneous bytes")
        }

        /// The error for what TurboJPEG last complained of.
        var error: ImageError {
            let message = message
            if message.lowercased().contains("premature end") { return .truncated }
            if message.contains("Empty JPEG") {
                return ImageError(.empty, "the image has no pixels; remove the file")
            }
            if message.contains("Insufficient memory") { return .noMemory }
            if message.contains("Unsupported") || message.contains("precision") {
                return ImageError(
                    .unsupportedFormat,
                    "this kind of JPEG is not read (\(message)); save it as a usual JPEG or PNG"
                )
            }
            return .damaged(message)
        }
    }
}
