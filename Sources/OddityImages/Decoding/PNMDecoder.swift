/// Reads PGM and PPM, in text or binary, of 1 to 16 bits.
///
/// It is written here because no library fits: TurboJPEG's loader brings 16 bits to 8, libgd and
/// libpng read none, and libnetpbm ends the process, or jumps to one place that all threads share, where a
/// file is broken. The format is that of <https://netpbm.sourceforge.net/doc/ppm.html>.
enum PNMDecoder {
    static func header(
        _ bytes: [UInt8],
        options: ImageReadingOptions
    ) throws(ImageError) -> ImageHeader {
        let header = try Header(bytes)
        try options.check(header.size)
        return ImageHeader(size: header.size, isColor: header.channelCount > 1)
    }

    static func decode(
        _ bytes: [UInt8],
        options: ImageReadingOptions
    ) throws(ImageError) -> DecodedSamples {
        let header = try Header(bytes)
        try options.check(header.size)
        let count = header.size.pixelCount * header.channelCount
        let width = header.isText ? 1 : header.largest > 255 ? 2 : 1
        // A number in text has at least one digit and, but for the last, a blank behind it.
        let needed = header.isText ? 2 * count - 1 : width * count
        guard bytes.count - header.end >= needed else { throw .truncated }
        var samples = [UInt16](repeating: 0, count: count)
        var reader = Reader(bytes: bytes, position: header.end)
        for i in 0..<count {
            let value: Int
            if header.isText {
                value = try reader.number(upTo: header.largest)
            } else {
                value = reader.sample(width: width)
            }
            guard value <= header.largest else { throw tooLarge(header.largest) }
            samples[i] = UInt16(value)
        }
        return DecodedSamples(
            size: header.size,
            channelCount: header.channelCount,
            storage: .words(samples),
            white: UInt16(header.largest)
        )
    }

    private static func tooLarge(_ largest: Int) -> ImageError {
        .damaged("a number is above \(largest), the largest that its header allows")
    }

    /// What stands before the pixels.
    private struct Header {
        let size: ImageSize
        let channelCount: Int
        let isText: Bool
        /// The number that is white.
        let largest: Int
        /// Where the pixels begin.
        let end: Int

        init(_ bytes: [UInt8]) throws(ImageError) {
            guard bytes.count > 2 else { throw .truncated }
            let kind = bytes[1] - UInt8(ascii: "0")
            channelCount = kind == 3 || kind == 6 ? 3 : 1
            isText = kind < 4
            var reader = Reader(bytes: bytes, position: 2)
            // Wider than any limit of pixels, and no product of two overflows.
            let limit = Int(Int32.max)
            size = ImageSize(
                width: try reader.number(upTo: limit),
                height: try reader.number(upTo: limit)
            )
            largest = try reader.number(upTo: limit)
            guard 1...65_535 ~= largest else {
                throw .damaged("its largest number is \(largest), and shall be 1 to 65535")
            }
            // One blank ends the header.
            guard reader.position < bytes.count else { throw .truncated }
            end = reader.position + 1
        }
    }

    /// Goes through the bytes of a file.
    private struct Reader {
        let bytes: [UInt8]
        var position: Int

        /// The next sample of a binary file, of which there are enough.
        mutating func sample(width: Int) -> Int {
            defer { position += width }
            let first = Int(bytes[position])
            return width == 1 ? first : first << 8 | Int(bytes[position + 1])
        }

        /// The next number in text, after blanks and comments.
        mutating func number(upTo limit: Int) throws(ImageError) -> Int {
            while position < bytes.count {
                if bytes[position] == UInt8(ascii: "#") {
                    while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
                        position += 1
                    }
                } else if ImageFormat.isBlank(bytes[position]) {
                    position += 1
                } else {
                    break
                }
            }
            guard position < bytes.count else { throw .truncated }
            var value = 0
            let start = position
            while position < bytes.count, 48...57 ~= bytes[position] {
                value = 10 * value + Int(bytes[position] - 48)
                guard value <= limit else { throw PNMDecoder.tooLarge(limit) }
                position += 1
            }
            guard position > start else { throw .damaged("a number is missing") }
            return value
        }
    }
}
