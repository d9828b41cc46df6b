/// Turns text of another encoding into UTF-8 as its bytes arrive.
struct TextTranscoder {
    private static let blockSize = 64 << 10

    let encoding: TextEncoding
    private var input: [UInt8]
    private var output: [UInt8] = []
    private var outputStart = 0
    private var isAtStart = true
    private var highSurrogate: UInt16?

    /// - Parameter start: The first bytes, which were read before.
    init(_ encoding: TextEncoding, start: [UInt8] = []) {
        self.encoding = encoding
        input = start
    }

    /// Whether there are bytes to go on with.
    var hasOutput: Bool { outputStart < output.count }

    /// Fills a buffer with UTF-8; 0 at the end.
    ///
    /// - Parameter more: Reads bytes of the encoding into a buffer; 0 at the end.
    mutating func read(
        into buffer: UnsafeMutablePointer<UInt8>,
        count: Int,
        more: (UnsafeMutableBufferPointer<UInt8>) throws(DatasetError) -> Int
    ) throws(DatasetError) -> Int {
        while !hasOutput {
            let block = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.blockSize)
            defer { block.deallocate() }
            let got = try more(block)
            input.append(contentsOf: block[..<got])
            output.removeAll(keepingCapacity: true)
            outputStart = 0
            decode(isWhole: got == 0)
            if got == 0, output.isEmpty { return 0 }
        }
        let taken = min(count, output.count - outputStart)
        for index in 0..<taken { buffer[index] = output[outputStart + index] }
        outputStart += taken
        return taken
    }

    private mutating func decode(isWhole: Bool) {
        switch encoding {
        case .utf8: output += input
        case .latin1: for byte in input { append(Unicode.Scalar(byte)) }
        case .windows1252:
            for byte in input {
                append(
                    0x80..<0xA0 ~= byte ? Self.windowsSigns[Int(byte - 0x80)] : Unicode.Scalar(byte)
                )
            }
        case .utf16LittleEndian, .utf16BigEndian:
            let isBig = encoding == .utf16BigEndian
            var index = 0
            while index + 1 < input.count {
                let (first, second) = (UInt16(input[index]), UInt16(input[index + 1]))
                append(unit: isBig ? first << 8 | second : second << 8 | first)
                index += 2
            }
            let rest = Array(input[index...])
            if isWhole, highSurrogate != nil || !rest.isEmpty {
                append("\u{FFFD}")
                highSurrogate = nil
            }
            input = isWhole ? [] : rest
            return
        }
        input.removeAll(keepingCapacity: true)
    }

    private mutating func append(unit: UInt16) {
        if let high = highSurrogate {
            highSurrogate = nil
            if 0xDC00..<0xE000 ~= unit {
                let code = 0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00)
                append(Unicode.Scalar(code) ?? "\u{FFFD}")
                return
            }
            append("\u{FFFD}")
        }
        if 0xD800..<0xDC00 ~= unit {
            highSurrogate = unit
            return
        }
        append(Unicode.Scalar(unit) ?? "\u{FFFD}")
    }

    /// Adds a character, but for the byte-order mark at the start.
    private mutating func append(_ scalar: Unicode.Scalar) {
        defer { isAtStart = false }
        if isAtStart, scalar == "\u{FEFF}" { return }
        output.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    /// The characters from 0x80 to 0x9F; those without one stay what they are in Latin-1.
    private static let windowsSigns: [Unicode.Scalar] = [
        "€", "\u{81}", "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "\u{8D}", "Ž",
        "\u{8F}",
        "\u{90}", "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "\u{9D}", "ž", "Ÿ",
    ]
}
