/// The escapes in the strings of JSON.
enum JSONText {
    /// The number of bytes of the escape that begins with the backslash at `start`; nil if it is none.
    static func escapeLength(
        _ bytes: UnsafePointer<UInt8>,
        _ start: Int,
        _ end: Int
    ) -> Int? {
        guard start + 1 < end else { return nil }
        switch bytes[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            guard start + 6 <= end else { return nil }
            for index in start + 2..<start + 6 where hexDigit(bytes[index]) == nil { return nil }
            return 6
        default: return nil
        }
    }

    /// The bytes in UTF-8 that a string with valid escapes means; half of a surrogate pair becomes U+FFFD.
    static func unescaped(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var index = 0
        while index < content.count {
            let byte = content[index]
            guard byte == UInt8(ascii: "\\"), index + 1 < content.count else {
                result.append(byte)
                index += 1
                continue
            }
            index += 2
            switch content[index - 1] {
            case UInt8(ascii: "b"): result.append(8)
            case UInt8(ascii: "f"): result.append(12)
            case UInt8(ascii: "n"): result.append(10)
            case UInt8(ascii: "r"): result.append(13)
            case UInt8(ascii: "t"): result.append(9)
            case UInt8(ascii: "u"):
                let scalar = scalar(content, &index)
                result.append(contentsOf: String(scalar).utf8)
            case let other: result.append(other)
            }
        }
        return result
    }

    /// The character of the four digits at `index`, and of the other half of its pair.
    private static func scalar(
        _ content: UnsafeBufferPointer<UInt8>,
        _ index: inout Int
    ) -> Unicode.Scalar {
        let first = unit(content, index)
        index += 4
        if let scalar = Unicode.Scalar(first) { return scalar }
        let isHigh = first < 0xDC00
        guard isHigh, index + 6 <= content.count, content[index] == UInt8(ascii: "\\"),
            content[index + 1] == UInt8(ascii: "u")
        else { return "\u{FFFD}" }
        let second = unit(content, index + 2)
        guard 0xDC00...0xDFFF ~= second else { return "\u{FFFD}" }
        index += 6
        let code = 0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)
        return Unicode.Scalar(code) ?? "\u{FFFD}"
    }

    private static func unit(_ content: UnsafeBufferPointer<UInt8>, _ start: Int) -> UInt32 {
        guard start + 4 <= content.count else { return 0xFFFD }
        return content[start..<start + 4].reduce(0) { $0 << 4 | UInt32(hexDigit($1) ?? 0) }
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
