/// Recognises dates without a day, and those with the name of a month.
///
/// Months: `2024-01`, `2024/1`, `2024M01`, `01/2024`, `Jan 2024`, `January 2024`, `Jan-24`, `2024 Jan`. Quarters: `2024Q1`,
/// `2024-Q1`, `Q1 2024`. Weeks by ISO 8601: `2024-W05`. Days: `31-Jan-2024`, `31 Jan 2024`, `Jan 31, 2024`, `2024-Jan-31`,
/// with or without a time behind.
enum CalendarText {
    /// The year, the month and the day; nil for what is none of these.
    static func parts(of text: UnsafeBufferPointer<UInt8>) -> TimestampParts? {
        // Most dates are not of these: they have three groups of digits, and no letter.
        guard isCandidate(text) else { return nil }
        let characters = text.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }
        var (tokens, end) = tokens(characters)
        guard (2...3).contains(tokens.count) else { return nil }
        var parts = TimestampParts()
        if end < text.count {
            // A time may follow a whole date.
            guard tokens.count == 3, tokens.contains(where: \.isMonth) else { return nil }
            // Web servers write a colon between.
            let start = text[end] == UInt8(ascii: ":") ? end + 1 : end
            let rest = UnsafeBufferPointer(rebasing: text[start...])
            guard let time = TimestampPattern.timeParts(of: rest) else { return nil }
            parts = time
        }
        guard let (year, month, day) = date(&tokens) else { return nil }
        guard 1_600..<2_262 ~= year, 1...12 ~= month, 1...31 ~= day else { return nil }
        parts.hasDate = true
        parts.isYearFirst = true
        parts.separator = UInt8(ascii: "-")
        parts.groups = (year, month, day)
        return parts
    }

    private enum Token: Equatable {
        case number(Int, width: Int)
        case month(Int)
        case quarter(Int)
        case week(Int)

        var isMonth: Bool {
            if case .month = self { return true }
            return false
        }
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let longMonths = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september",
        "october",
        "november", "december",
    ]

    /// Whether the text has a letter besides those of times, or exactly two groups of digits.
    ///
    /// Most times are no candidates, and cost no more than this look.
    private static func isCandidate(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text[0] < 0x80, text.count >= 6 else { return false }
        var separators = 0
        var index = 0
        while index < text.count {
            let byte = text[index]
            index += 1
            if byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") { separators += 1 }
            let letter = byte | 0x20
            guard 0x61...0x7A ~= letter, byte >= 0x41 else { continue }
            switch letter {
            case UInt8(ascii: "t"), UInt8(ascii: "z"): continue
            case UInt8(ascii: "a"), UInt8(ascii: "p"):
                guard index < text.count, text[index] | 0x20 == UInt8(ascii: "m") else {
                    return true
                }
                index += 1
            default: return true
            }
        }
        return separators == 1 && text.count <= 7
    }

    /// Numbers and names up to a time or the end, and where they end.
    private static func tokens(_ text: [UInt8]) -> ([Token], Int) {
        var tokens: [Token] = []
        var position = 0
        while position < text.count, tokens.count < 3 {
            let start = position
            let byte = text[position]
            if byte &- UInt8(ascii: "0") <= 9 {
                var value = 0
                while position < text.count, text[position] &- UInt8(ascii: "0") <= 9,
                    position - start < 5
                {
                    value = value * 10 + Int(text[position] &- UInt8(ascii: "0"))
                    position += 1
                }
                tokens.append(.number(value, width: position - start))
            } else if 0x61...0x7A ~= byte {
                while position < text.count, 0x61...0x7A ~= text[position] { position += 1 }
                let word = String(decoding: text[start..<position], as: UTF8.self)
                guard let token = named(word, text, &position) else { return ([], 0) }
                tokens.append(token)
            } else {
                return ([], 0)
            }
            let end = position
            while position < text.count, separators.contains(text[position]) { position += 1 }
            if tokens.count == 3 { return (tokens, position) }
            // A letter directly behind a digit is a quarter's or a month's: `2024q1`.
            if position == end, position < text.count, !(0x61...0x7A ~= text[position]) {
                return ([], 0)
            }
        }
        return (tokens, position)
    }

    private static let separators = Set(" -/,.".utf8)

    private static func named(_ word: String, _ text: [UInt8], _ position: inout Int) -> Token? {
        if let month = months.firstIndex(of: word) ?? longMonths.firstIndex(of: word) {
            return .month(month + 1)
        }
        if word == "sept" { return .month(9) }
        guard word == "q" || word == "m" || word == "w" else { return nil }
        var value = 0
        let start = position
        while position < text.count, text[position] &- UInt8(ascii: "0") <= 9, position - start < 3
        {
            value = value * 10 + Int(text[position] &- UInt8(ascii: "0"))
            position += 1
        }
        switch (word, position - start) {
        case ("q", 1) where 1...4 ~= value: return .quarter(value)
        case ("m", 1...2): return .month(value)
        case ("w", 2) where 1...53 ~= value: return .week(value)
        default: return nil
        }
    }

    private static func date(_ tokens: inout [Token]) -> (Int, Int, Int)? {
        switch tokens.count {
        case 2:
            switch (tokens[0], tokens[1]) {
            case (.number(let year, 4), .number(let month, 1...2)): return (year, month, 1)
            case (.number(let month, 1...2), .number(let year, 4)): return (year, month, 1)
            case (.number(let year, 4), .month(let month)),
                (.month(let month), .number(let year, 4)):
                return (year, month, 1)
            case (.month(let month), .number(let year, 2)): return (full(year), month, 1)
            case (.number(let year, 4), .quarter(let quarter)),
                (.quarter(let quarter), .number(let year, 4)):
                return (year, quarter * 3 - 2, 1)
            case (.number(let year, 4), .week(let week)): return monday(year, week)
            default: return nil
            }
        case 3:
            switch (tokens[0], tokens[1], tokens[2]) {
            case (.number(let day, 1...2), .month(let month), .number(let year, let width))
            where width == 4 || width == 2:
                return (width == 4 ? year : full(year), month, day)
            case (.month(let month), .number(let day, 1...2), .number(let year, 4)):
                return (year, month, day)
            case (.number(let year, 4), .month(let month), .number(let day, 1...2)):
                return (year, month, day)
            default: return nil
            }
        default: return nil
        }
    }

    private static func full(_ year: Int) -> Int { year + (year < 69 ? 2_000 : 1_900) }

    /// The first day of a week of ISO 8601, which has the year's first Thursday in week 1.
    private static func monday(_ year: Int, _ week: Int) -> (Int, Int, Int)? {
        // The weekday of January 4 by Sakamoto's rule, from Monday as 0.
        let y = year - 1
        let weekday = (y + y / 4 - y / 100 + y / 400 + 4 + 6) % 7
        var day = 4 - weekday + (week - 1) * 7
        var (year, month) = (year, 1)
        let isLeap = { (year: Int) in year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
        if day < 1 { return (year - 1, 12, 31 + day) }
        var lengths = [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        while day > lengths[month - 1] {
            day -= lengths[month - 1]
            month += 1
            if month > 12 {
                (year, month) = (year + 1, 1)
                lengths[1] = isLeap(year) ? 29 : 28
            }
        }
        return (year, month, day)
    }
}
