/// A date, and perhaps a time, written as digits only: `20241001`, `241001`, `202410`, `20241001133000`.
package struct CompactDate: Equatable, Sendable {
    /// What the digits are.
    package enum Form: String, Codable, CaseIterable, Sendable {
        /// `202410`
        case yearMonth = "yyyymm"
        /// `241001`; years are those from 1969 to 2068, as POSIX reads them.
        case shortYear = "yymmdd"
        /// `20241001`
        case day = "yyyymmdd"
        /// `202410011330`
        case minute = "yyyymmddhhmm"
        /// `20241001133000`
        case second = "yyyymmddhhmmss"

        /// The number of digits.
        package var width: Int { rawValue.utf8.count }
    }

    package var year = 0
    package var month = 1
    package var day = 1
    package var hour = 0
    package var minute = 0
    package var second = 0

    /// The date of digits; nil for digits that are no date from 1800 to 2199.
    package init?(_ text: UnsafeBufferPointer<UInt8>, as form: Form) {
        guard text.count == form.width else { return nil }
        func number(_ start: Int, _ count: Int) -> Int? {
            var value = 0
            for byte in text[start..<start + count] {
                let digit = byte &- UInt8(ascii: "0")
                guard digit <= 9 else { return nil }
                value = value * 10 + Int(digit)
            }
            return value
        }
        let yearWidth = form == .shortYear ? 2 : 4
        guard let year = number(0, yearWidth), let month = number(yearWidth, 2) else { return nil }
        self.year = form == .shortYear ? year + (year < 69 ? 2_000 : 1_900) : year
        self.month = month
        if form != .yearMonth { day = number(yearWidth + 2, 2) ?? 0 }
        if form == .minute || form == .second {
            hour = number(8, 2) ?? 24
            minute = number(10, 2) ?? 60
        }
        if form == .second { second = number(12, 2) ?? 61 }
        guard 1_800..<2_200 ~= self.year, 1...12 ~= month, day >= 1,
            day <= Self.dayCount(self.year, month),
            hour < 24, minute < 60, second <= 60
        else { return nil }
    }

    private static func dayCount(_ year: Int, _ month: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// Follows which forms of dates all numbers of a column have.
package struct CompactDateEvidence: Sendable {
    /// The forms that all texts so far have.
    package private(set) var forms = CompactDate.Form.allCases

    package init() {}

    /// Takes in digits.
    package mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
        guard !forms.isEmpty else { return }
        forms.removeAll { CompactDate(text, as: $0) == nil }
    }

    /// Gives up, for a text that is no whole number.
    package mutating func giveUp() { forms = [] }

    /// The form: where both are possible, six digits are a year and a month, for days would go on to 31.
    package var form: CompactDate.Form? { forms.first }
}
