/// Recognises dates and times by their shape.
///
/// Dates: `2024-01-31`, `2024/01/31`, `31.01.2024`, `1/31/2024`, before a time `20240131` too, and those of
/// ``CalendarText``. Times: `13:05`, `13:05:09`, `13:05:09.123`, behind a date `13.05.09`, `1305` and `130509` too, with
/// an optional `Z`, offset (`+01:00`, `GMT+0100`), name of a zone (`CEST`, of which nobody knows the offset) or `AM`/`PM`. A date, a
/// time, or both with a `T` or spaces between; a weekday may stand before it. The year may come last, as in
/// `Wed Jan 31 13:05:09 2024`, or be missing, as in `Jan 31 13:05:09`.
package enum TimestampPattern {
    /// Whether the bytes look like a date, a time or both.
    static func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        parts(of: text) != nil
    }

    /// The numbers of a date, a time or both; nil for what does not look like one.
    ///
    /// Only the shape is looked at: a month may be 77.
    package static func parts(of text: UnsafeBufferPointer<UInt8>) -> TimestampParts? {
        guard text.count >= 4, text.count <= 64 else { return nil }
        if !isDigit(text[0]), let rest = WordyTime.withoutWeekday(text) { return parts(of: rest) }
        if let parts = CalendarText.parts(of: text) { return parts }
        if !isDigit(text[0]) {
            return WordyTime.parts(ofYearLast: text) ?? WordyTime.parts(withoutYear: text)
        }
        guard text.count >= 5, isDigit(text[0]) else { return nil }
        var parts = TimestampParts()
        var position = 0
        parts.hasDate = readDate(text, &position, &parts) || readCompact(text, &position, &parts)
        if position == text.count { return parts.hasDate ? parts : nil }
        if parts.hasDate {
            let isCompact = parts.separator == 0
            guard
                text[position] | 0x20 == UInt8(ascii: "t") || text[position] == 0x20
                    || isCompact && [UInt8(ascii: "-"), UInt8(ascii: "_")].contains(text[position])
            else { return nil }
            position += 1
            while position < text.count, text[position] == 0x20 { position += 1 }
        }
        guard
            readTime(text, &position, &parts)
                || parts.hasDate && readDigitTime(text, &position, &parts)
        else { return nil }
        parts.hasTime = true
        readZone(text, &position, &parts)
        return position == text.count ? parts : nil
    }

    /// Whether a text looks like a date, a time or both.
    static func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }

    /// Reads eight digits of a date that something stands behind.
    private static func readCompact(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int,
        _ parts: inout TimestampParts
    ) -> Bool {
        var value = 0
        var cursor = 0
        guard readDigits(text, &cursor, &value) == 8, cursor < text.count,
            let date = CompactDate(UnsafeBufferPointer(rebasing: text[..<8]), as: .day)
        else { return false }
        parts.groups = (date.year, date.month, date.day)
        parts.isYearFirst = true
        parts.hasShortYear = false
        parts.separator = 0
        position = cursor
        return true
    }

    /// Reads `1305` or `130509`, with a fraction.
    private static func readDigitTime(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int,
        _ parts: inout TimestampParts
    ) -> Bool {
        var value = 0
        let width = readDigits(text, &position, &value)
        guard width == 4 || width == 6 else { return false }
        let minutes = width == 6 ? value / 100 : value
        (parts.hour, parts.minute) = (minutes / 100, minutes % 100)
        parts.second = width == 6 ? value % 100 : 0
        if width == 6, position + 1 < text.count, text[position] == UInt8(ascii: ".") {
            position += 1
            return readFraction(text, &position, &parts.nanosecond)
        }
        return true
    }

    /// The numbers of a time of day; nil for what does not look like one.
    static func timeParts(of text: UnsafeBufferPointer<UInt8>) -> TimestampParts? {
        var parts = TimestampParts()
        var position = 0
        guard readTime(text, &position, &parts) else { return nil }
        parts.hasTime = true
        readZone(text, &position, &parts)
        return position == text.count ? parts : nil
    }

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") <= 9
    }

    /// Reads digits into `value`, wrapping where they are many; their number.
    @inline(__always)
    private static func readDigits(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int,
        _ value: inout Int
    ) -> Int {
        let start = position
        value = 0
        while position < text.count, isDigit(text[position]) {
            value = value &* 10 &+ Int(text[position] &- UInt8(ascii: "0"))
            position += 1
        }
        return position - start
    }

    /// Reads three groups of digits with one kind of separator, four digits first or last.
    private static func readDate(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int,
        _ parts: inout TimestampParts
    ) -> Bool {
        var cursor = position
        let first = readDigits(text, &cursor, &parts.groups.0)
        guard cursor < text.count else { return false }
        let separator = text[cursor]
        guard
            separator == UInt8(ascii: "-") || separator == UInt8(ascii: "/")
                || separator == UInt8(ascii: ".")
        else { return false }
        cursor += 1
        let second = readDigits(text, &cursor, &parts.groups.1)
        guard cursor < text.count, text[cursor] == separator else { return false }
        cursor += 1
        let third = readDigits(text, &cursor, &parts.groups.2)
        let isYearFirst = first == 4 && 1...2 ~= third
        let hasShortYear = third == 2 && separator == UInt8(ascii: "/")
        let isYearLast = 1...2 ~= first && (third == 4 || hasShortYear)
        guard 1...2 ~= second, isYearFirst || isYearLast else { return false }
        parts.isYearFirst = isYearFirst
        parts.hasShortYear = !isYearFirst && third == 2
        parts.separator = separator
        position = cursor
        return true
    }

    private static func readTime(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int,
        _ parts: inout TimestampParts
    ) -> Bool {
        let start = position
        guard 1...2 ~= readDigits(text, &position, &parts.hour) else {
            position = start
            return false
        }
        var groups = 1
        // Points behind a date only: `10.15` may be a number.
        let mark =
            parts.hasDate && position < text.count && text[position] == UInt8(ascii: ".")
            ? UInt8(ascii: ".") : UInt8(ascii: ":")
        while groups < 3, position < text.count, text[position] == mark {
            position += 1
            var value = 0
            guard readDigits(text, &position, &value) == 2 else { return false }
            if groups == 1 { parts.minute = value } else { parts.second = value }
            groups += 1
        }
        if groups == 3, position + 1 < text.count,
            text[position] == UInt8(ascii: ".") || text[position] == UInt8(ascii: ",")
        {
            position += 1
            guard readFraction(text, &position, &parts.nanosecond) else { return false }
        }
        return groups > 1
    }

    /// Reads the digits behind a point as billionths; what is finer is cut off.
    private static func readFraction(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int,
        _ nanosecond: inout Int
    ) -> Bool {
        let start = position
        while position < text.count, isDigit(text[position]) {
            if position - start < 9 {
                nanosecond = nanosecond * 10 + Int(text[position] &- UInt8(ascii: "0"))
            }
            position += 1
        }
        for _ in 0..<max(0, 9 - (position - start)) { nanosecond *= 10 }
        return position > start
    }

    private static func readZone(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int,
        _ parts: inout TimestampParts
    ) {
        while position < text.count, text[position] == 0x20 { position += 1 }
        guard position < text.count else { return }
        switch text[position] {
        case UInt8(ascii: "Z"), UInt8(ascii: "z"):
            position += 1
            parts.zone = .offset(0)
        case UInt8(ascii: "+"), UInt8(ascii: "-"):
            let start = position
            position += 1
            while position < text.count, isDigit(text[position]) || text[position] == 0x3A {
                position += 1
            }
            parts.zone = offset(UnsafeBufferPointer(rebasing: text[start..<position]))
        case UInt8(ascii: "A"), UInt8(ascii: "P"), UInt8(ascii: "a"), UInt8(ascii: "p"):
            if position + 1 < text.count, text[position + 1] | 0x20 == UInt8(ascii: "m") {
                parts.halfDay = text[position] | 0x20 == UInt8(ascii: "p") ? 12 : 0
                position += 2
            }
        default: readNamedZone(text, &position, &parts)
        }
    }

    /// Reads `UTC`, `GMT+0100`, or another name of a zone.
    private static func readNamedZone(
        _ text: UnsafeBufferPointer<UInt8>,
        _ position: inout Int,
        _ parts: inout TimestampParts
    ) {
        let start = position
        while position < text.count, 0x41...0x5A ~= text[position] { position += 1 }
        let name = text[start..<position]
        let isUTC = name.elementsEqual("UTC".utf8) || name.elementsEqual("GMT".utf8)
        guard 2...5 ~= name.count else {
            position = start
            return
        }
        // Several zones have the same name, so that times of them are recognised and not read.
        parts.zone = isUTC ? .offset(0) : .invalid
        if isUTC, position < text.count,
            text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-")
        {
            readZone(text, &position, &parts)
        }
        // `(CEST)` behind it says nothing more.
        if position + 3 < text.count, text[position] == 0x20,
            text[position + 1] == UInt8(ascii: "("), text[text.count - 1] == UInt8(ascii: ")")
        {
            position = text.count
        }
    }

    /// The offset of `+hh`, `+hhmm` or `+hh:mm`.
    private static func offset(_ text: UnsafeBufferPointer<UInt8>) -> TimestampParts.Zone {
        let digits = text.dropFirst().filter(isDigit).map { Int($0 &- UInt8(ascii: "0")) }
        let colon = UInt8(ascii: ":")
        let colonCount = text.count - 1 - digits.count
        let isPlain = colonCount == 0 && (digits.count == 2 || digits.count == 4)
        guard isPlain || (colonCount == 1 && digits.count == 4 && text[3] == colon) else {
            return .invalid
        }
        let hours = digits[0] * 10 + digits[1]
        let minutes = digits.count == 4 ? digits[2] * 10 + digits[3] : 0
        guard hours <= 18, minutes < 60 else { return .invalid }
        let seconds = hours * 3_600 + minutes * 60
        return .offset(text[0] == UInt8(ascii: "-") ? -seconds : seconds)
    }
}
