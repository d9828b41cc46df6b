/// Recognises dates and times by their shape.
///
/// Dates: `2024-01-31`, `2024/01/31`, `31.01.2024`, `1/31/2024`. Times: `13:05`, `13:05:09`,
/// `13:05:09.123`, with an optional `Z`, offset (`+01:00`) or `AM`/`PM`. A date, a time, or both
/// with a `T` or spaces between.
enum TimestampPattern {
    /// Whether the bytes look like a date, a time or both.
    static func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count >= 5, text.count <= 40, isDigit(text[0]) else { return false }
        var position = 0
        let hasDate = skipDate(text, &position)
        if position == text.count { return hasDate }
        if hasDate {
            guard text[position] | 0x20 == UInt8(ascii: "t") || text[position] == 0x20 else {
                return false
            }
            position += 1
            while position < text.count, text[position] == 0x20 { position += 1 }
        }
        guard skipTime(text, &position) else { return false }
        skipZone(text, &position)
        return position == text.count
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") <= 9
    }

    private static func skipDigits(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int
    ) -> Int {
        let start = position
        while position < text.count, isDigit(text[position]) { position += 1 }
        return position - start
    }

    /// Passes over three groups of digits with one kind of separator, four digits first or last.
    private static func skipDate(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int
    ) -> Bool {
        var cursor = position
        let first = skipDigits(text, &cursor)
        guard cursor < text.count else { return false }
        let separator = text[cursor]
        guard
            separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/")
                || separator == UInt8(ascii: ".")
        else { return false }
        cursor += 1
        let second = skipDigits(text, &cursor)
        guard cursor < text.count, text[cursor] == separator else { return false }
        cursor += 1
        let third = skipDigits(text, &cursor)
        let isYearFirst = first == 4 && 1...2 ~= third
        let hasShortYear = third == 2 && separator == UInt8(ascii: "/")
        let isYearLast = 1...2 ~= first && (third == 4 || hasShortYear)
        guard 1...2 ~= second, isYearFirst || isYearLast else { return false }
        position = cursor
        return true
    }

    private static func skipTime(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int
    ) -> Bool {
        guard 1...2 ~= skipDigits(text, &position) else { return false }
        var groups = 1
        while groups < 3, position < text.count, text[position] == UInt8(ascii: ":") {
            position += 1
            guard skipDigits(text, &position) == 2 else { return false }
            groups += 1
        }
        if groups == 3, position + 1 < text.count,
            text[position] == UInt8(ascii: ".") || text[position] == UInt8(ascii: ",")
        {
            position += 1
            guard skipDigits(text, &position) > 0 else { return false }
        }
        return groups > 1
    }

    private static func skipZone(_ text: UnsafeBufferPointer<UInt8>, _ position: inout Int) {
        while position < text.count, text[position] == 0x20 { position += 1 }
        guard position < text.count else { return }
        switch text[position] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"): position += 1
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            position += 1
            while position < text.count, isDigit(text[position]) || text[position] == 0x3A {
                position += 1
            }
        case UInt8(ascii: "A"), UInt8(ascii: "P"), UInt8(ascii: "a"), UInt8(ascii: "p"):
            if position + 1 < text.count, text[position + 1] | 0x20 == UInt8(ascii: "m") {
                position += 2
            } else if text[position...].elementsEqual("UTC".utf8) {
                position += 3
            }
        case UInt8(ascii: "U"), UInt8(ascii: "G"):
            if text[position...].elementsEqual("UTC".utf8)
                || text[position...].elementsEqual("GMT".utf8)
            {
                position += 3
            }
        default: break
        }
    }
}
