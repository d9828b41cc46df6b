/// Times with words around them: the weekday before, the year behind or nowhere.
enum WordyTime {
    private static let weekdays: [[UInt8]] = [
        "mon", "tue", "wed", "thu", "fri", "sat", "sun", "monday", "tuesday", "wednesday",
        "thursday",
        "friday", "saturday", "sunday", "tues", "thur", "thurs",
    ].map { Array($0.utf8) }

    /// What stands behind a weekday and blanks; nil without one.
    static func withoutWeekday(
        _ text: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8>? {
        var end = 0
        while end < text.count, end < 10, 0x61...0x7A ~= text[end] | 0x20 { end += 1 }
        guard weekdays.contains(where: { $0.elementsEqual(text[..<end].map { $0 | 0x20 }) }) else {
            return nil
        }
        if end < text.count, text[end] == UInt8(ascii: ",") { end += 1 }
        let blank = UInt8(ascii: " ")
        guard end < text.count, text[end] == blank else { return nil }
        while end < text.count, text[end] == blank { end += 1 }
        return end < text.count ? UnsafeBufferPointer(rebasing: text[end...]) : nil
    }

    /// `Jan 31 13:05:09`, as system logs have it; nil for others.
    static func parts(withoutYear text: UnsafeBufferPointer<UInt8>) -> TimestampParts? {
        let words = text.split(separator: UInt8(ascii: " ")).map(Array.init)
        guard words.count == 3, words[0].count >= 3, 1...2 ~= words[1].count,
            words[2].contains(UInt8(ascii: ":"))
        else { return nil }
        // Of a leap year, which has all days.
        let ordered = [words[0], words[1], Array("2000".utf8), words[2]]
        var parts = Array(ordered.joined(separator: " ".utf8)).withUnsafeBufferPointer {
            CalendarText.parts(of: $0)
        }
        parts?.hasYear = false
        return parts
    }

    /// `Jan 31 13:05:09 2024`, with a zone before the year or without; nil for others.
    static func parts(ofYearLast text: UnsafeBufferPointer<UInt8>) -> TimestampParts? {
        let words = text.split(separator: UInt8(ascii: " ")).map(Array.init)
        guard 4...5 ~= words.count, let year = words.last, year.count == 4,
            words[2].contains(UInt8(ascii: ":"))
        else { return nil }
        let ordered = [words[0], words[1], year] + words[2..<words.count - 1]
        return Array(ordered.joined(separator: " ".utf8)).withUnsafeBufferPointer {
            CalendarText.parts(of: $0)
        }
    }
}
