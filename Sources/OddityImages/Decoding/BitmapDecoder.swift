/// Reads BMP: uncompressed rows from bottom to top, with a palette of up to 256 colors or in 24 or 32 bits.
enum BitmapDecoder {
    static func header(
        _ bytes: [UInt8],
        options: ImageReadingOptions
    ) throws(ImageError) -> ImageHeader {
        let layout = try BitmapLayout(bytes)
        try options.check(layout.size)
        return ImageHeader(size: layout.size, isColor: layout.isColor)
    }

    static func decode(
        _ bytes: [UInt8],
        options: ImageReadingOptions
    ) throws(ImageError) -> DecodedSamples {
        let layout = try BitmapLayout(bytes)
        try options.check(layout.size)
        let (width, height) = (layout.size.width, layout.size.height)
        // Rows are padded to multiples of four bytes.
        let rowSize = (width * layout.pixelSize + 3) / 4 * 4
        let used = width * layout.pixelSize
        guard bytes.count - layout.dataOffset >= rowSize * (height - 1) + used else {
            throw .truncated
        }
        let kept = layout.isColor ? 3 : 1
        var samples = [UInt8](repeating: 0, count: layout.size.pixelCount * kept)
        for row in 0..<height {
            let start = layout.dataOffset + (height - 1 - row) * rowSize
            for column in 0..<width {
                let pixel = start + column * layout.pixelSize
                let target = (row * width + column) * kept
                if let palette = layout.palette {
                    let color = 3 * Int(bytes[pixel])
                    guard color < palette.count else {
                        throw .damaged("a pixel has a color that the palette has not")
                    }
                    for channel in 0..<kept {
                        samples[target + channel] = palette[color + channel]
                    }
                } else {
                    // Blue comes first; a fourth byte is no alpha.
                    for channel in 0..<3 { samples[target + channel] = bytes[pixel + 2 - channel] }
                }
            }
        }
        return DecodedSamples(size: layout.size, channelCount: kept, storage: .bytes(samples))
    }
}

/// What a BMP file says before its pixels.
private struct BitmapLayout {
    let size: ImageSize
    /// Bytes of a pixel.
    let pixelSize: Int
    /// Red, green and blue of each color in turn; nil where pixels hold them.
    let palette: [UInt8]?
    let dataOffset: Int

    var isColor: Bool {
        guard let palette else { return true }
        return stride(from: 0, to: palette.count, by: 3).contains { (start: Int) -> Bool in
            let red = palette[start]
            return palette[start + 1] != red || palette[start + 2] != red
        }
    }

    init(_ bytes: [UInt8]) throws(ImageError) {
        guard bytes.count >= 30 else { throw .truncated }
        func number(_ start: Int, _ count: Int) -> Int {
            bytes[start..<start + count].reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        let headerSize = number(14, 4)
        // The header of OS/2 has shorter numbers and colors.
        let isShort = headerSize == 12
        guard isShort || 40...1_024 ~= headerSize else {
            throw .unsupportedBitmap("a header of \(headerSize) bytes")
        }
        guard bytes.count >= 14 + headerSize else { throw .truncated }
        let height = isShort ? number(20, 2) : Int(Int32(truncatingIfNeeded: number(22, 4)))
        guard height >= 0 else {
            throw ImageError(
                .unsupportedFormat,
                "a BMP whose rows go from top to bottom is not read; save it as PNG"
            )
        }
        size = ImageSize(width: isShort ? number(18, 2) : number(18, 4), height: height)
        let bits = isShort ? number(24, 2) : number(28, 2)
        guard [8, 24, 32].contains(bits) else { throw .unsupportedBitmap("\(bits) bits a pixel") }
        guard isShort || number(30, 4) == 0 else { throw .unsupportedBitmap("compressed") }
        pixelSize = bits / 8
        dataOffset = number(10, 4)
        let start = 14 + headerSize
        guard dataOffset >= start, dataOffset <= bytes.count else {
            throw .damaged("its pixels begin at byte \(dataOffset)")
        }
        guard bits == 8 else {
            palette = nil
            return
        }
        let colorSize = isShort ? 3 : 4
        let claimed = isShort ? 0 : number(46, 4)
        let count = claimed == 0 ? min(256, (dataOffset - start) / colorSize) : claimed
        guard 1...256 ~= count, start + count * colorSize <= dataOffset else {
            throw .damaged("a palette of \(count) colors")
        }
        palette = (0..<count).flatMap { (color: Int) -> [UInt8] in
            let first = start + color * colorSize
            return [bytes[first + 2], bytes[first + 1], bytes[first]]
        }
    }
}

extension ImageError {
    fileprivate static func unsupportedBitmap(_ kind: String) -> ImageError {
        ImageError(.unsupportedFormat, "this kind of BMP is not read (\(kind)); save it as PNG")
    }
}
