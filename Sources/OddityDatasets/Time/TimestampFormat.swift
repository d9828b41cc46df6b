/// How the times of a column are written.
///
/// Dates come with a time (`13:05`, `13:05:09`, `13:05:09.123`, each also with `AM` or `PM`) after a
/// `T` or blanks, or without, and with an offset from UTC (`Z`, `+01:00`) or without. Numbers are a
/// time since 1970, whole or with a fraction.
public struct TimestampFormat: Codable, Hashable, Sendable {
    /// The order of a date, or the unit of a number.
    public enum Shape: String, Codable, CaseIterable, Sendable {
        /// `2024-01-31` or `2024/01/31`.
        case yearMonthDay
        /// `31.01.2024`, `31/1/2024` or `31-01-24`.
        case dayMonthYear
        /// `1/31/2024`.
        case monthDayYear
        /// Seconds since 1970.
        case seconds
        /// Milliseconds since 1970.
        case milliseconds
        /// Microseconds since 1970.
        case microseconds
        /// Nanoseconds since 1970.
        case nanoseconds
        /// `202401`, a month.
        case compactMonth
        /// `240131`.
        case compactShortDate
        /// `20240131`.
        case compactDate
        /// `202401311305`.
        case compactMinute
        /// `20240131130509`.
        case compactSecond
        /// `2024`, a year.
        case year
        /// `13:05` or `13:05:09` without a date.
        case timeOfDay
        /// Days since the end of 1899 with a fraction for the time, as Excel counts them; rounded to the second.
        case excelDays

        /// The digits of a date, for those that are written as such.
        var compactForm: CompactDate.Form? {
            switch self {
            case .compactMonth: .yearMonth
            case .compactShortDate: .shortYear
            case .compactDate: .day
            case .compactMinute: .minute
            case .compactSecond: .second
            default: nil
            }
        }

        init(_ form: CompactDate.Form) {
            self =
                switch form {
                case .yearMonth: .compactMonth
                case .shortYear: .compactShortDate
                case .day: .compactDate
                case .minute: .compactMinute
                case .second: .compactSecond
                }
        }
    }

    /// The order of a date, or the unit of a number.
    public var shape: Shape
    /// Whether every time has an offset from UTC; one with and one without cannot be compared.
    public var hasOffset: Bool
    /// The zone of times without an offset; nil for UTC.
    public var zone: TimeZoneRules?

    /// Creates a format.
    public init(shape: Shape, hasOffset: Bool = false) {
        self.shape = shape
        self.hasOffset = hasOffset
    }

    /// Whether times say nothing of their offset from UTC; numbers since 1970 do.
    public var isLocal: Bool { unit == nil && !hasOffset && zone == nil }

    /// The formats that are understood, for a message.
    static let understood =
        "2024-01-31T13:05:09.123Z, 2024/01/31 13:05, 31.01.2024 13:05, 31/1/2024 13:05,"
        + " 1/31/2024 1:05 PM, 31-Jan-2024, Jan 2024, 2024-01, 2024-Q1, 20240131, days as Excel counts them,"
        + " and seconds, milli-, micro- or nanoseconds since 1970"

    /// The time of a text; nil where it is not written so, or outside of the years 1677 to 2262.
    ///
    /// Without regard to the zone, which counts where a series is read.
    ///
    /// - Complexity: O(n) in the number of bytes; nothing is allocated.
    public func instant(of text: String) -> Instant? {
        var text = text
        return text.withUTF8 { instant(of: $0) }
    }

    /// The time of bytes without outer blanks.
    func instant(of text: UnsafeBufferPointer<UInt8>) -> Instant? {
        if let unit { return Self.instant(ofNumber: text, unit: unit) }
        if let form = shape.compactForm {
            return CompactDate(text, as: form).flatMap(Self.instant(of:))
        }
        if shape == .excelDays || shape == .year {
            guard case .number(let value) = FloatParser.parse(text) else { return nil }
            return instant(of: value)
        }
        guard var parts = TimestampPattern.parts(of: text), parts.hasYear,
            parts.hasDate == (shape != .timeOfDay), (parts.zone != .none) == hasOffset
        else { return nil }
        if shape == .timeOfDay {
            parts.groups = (1970, 1, 1)
        } else if parts.isYearFirst != (shape == .yearMonthDay) {
            return nil
        }
        return instant(of: parts)
    }

    /// The time of a number that was read as such; a fraction is good for microseconds.
    package func instant(of number: Double) -> Instant? {
        guard number.isFinite else { return nil }
        if let form = shape.compactForm { return instant(ofDigits: number, form) }
        if shape == .excelDays { return Self.instant(ofExcelDays: number) }
        if shape == .year {
            guard let year = Int(exactly: number), 1_678..<2_262 ~= year else { return nil }
            return CivilDate(year: year, month: 1, day: 1).days.map(Self.instant(ofDays:))
        }
        guard let unit else { return nil }
        let whole = number.rounded(.down)
        guard let integer = Int64(exactly: whole) else { return nil }
        let (scaled, overflow) = integer.multipliedReportingOverflow(by: unit)
        // More digits than the number has would be noise.
        let fine = (number - whole) * Double(unit)
        let rest = unit > 1_000 ? Int64((fine / 1_000).rounded()) * 1_000 : Int64(fine)
        let (sum, carry) = scaled.addingReportingOverflow(rest)
        return overflow || carry ? nil : Instant(nanoseconds: sum)
    }

    private func instant(ofDigits number: Double, _ form: CompactDate.Form) -> Instant? {
        guard let integer = Int64(exactly: number), integer >= 0 else { return nil }
        let digits = String(integer)
        var text = String(repeating: "0", count: max(0, form.width - digits.count)) + digits
        return text.withUTF8 { CompactDate($0, as: form) }.flatMap(Self.instant(of:))
    }

    private static func instant(of date: CompactDate) -> Instant? {
        guard 1_678..<2_262 ~= date.year,
            let days = CivilDate(year: date.year, month: date.month, day: date.day).days
        else { return nil }
        let seconds = days * 86_400 + date.hour * 3_600 + date.minute * 60 + date.second
        return Instant(nanoseconds: Int64(seconds) * 1_000_000_000)
    }

    private static func instant(ofDays days: Int) -> Instant {
        Instant(nanoseconds: Int64(days) * 86_400_000_000_000)
    }

    /// Excel calls 1970-01-01 the day 25,569.
    private static func instant(ofExcelDays days: Double) -> Instant? {
        guard abs(days) < 100_000 else { return nil }
        return Instant(nanoseconds: Int64(((days - 25_569) * 86_400).rounded()) * 1_000_000_000)
    }

    /// Nanoseconds in a unit of a number; nil for dates.
    package var unit: Int64? {
        switch shape {
        case .seconds: 1_000_000_000
        case .milliseconds: 1_000_000
        case .microseconds: 1_000
        case .nanoseconds: 1
        default: nil
        }
    }

    private func instant(of parts: TimestampParts) -> Instant? {
        var date: CivilDate
        switch shape {
        case .dayMonthYear:
            date = CivilDate(year: parts.groups.2, month: parts.groups.1, day: parts.groups.0)
        case .monthDayYear:
            date = CivilDate(year: parts.groups.2, month: parts.groups.0, day: parts.groups.1)
        default:
            date = CivilDate(year: parts.groups.0, month: parts.groups.1, day: parts.groups.2)
        }
        // Two digits are a year from 1969 to 2068, as POSIX reads them.
        if parts.hasShortYear { date.year += date.year < 69 ? 2_000 : 1_900 }
        guard 1_677...2_262 ~= date.year, let days = date.days, let hour = Self.hour(of: parts),
            parts.minute < 60, parts.second <= 60
        else { return nil }
        var offset = 0
        switch parts.zone {
        case .none: break
        case .offset(let seconds): offset = seconds
        case .invalid: return nil
        }
        let seconds = days * 86_400 + hour * 3_600 + parts.minute * 60 + parts.second - offset
        // Rounded towards 1970, for the first second of all has a whole number below the range.
        let isBefore = seconds < 0 && parts.nanosecond > 0
        let (whole, overflow) = Int64(seconds + (isBefore ? 1 : 0))
            .multipliedReportingOverflow(by: 1_000_000_000)
        let rest = Int64(parts.nanosecond - (isBefore ? 1_000_000_000 : 0))
        let (sum, carry) = whole.addingReportingOverflow(rest)
        return overflow || carry ? nil : Instant(nanoseconds: sum)
    }

    private static func hour(of parts: TimestampParts) -> Int? {
        guard let halfDay = parts.halfDay else { return parts.hour < 24 ? parts.hour : nil }
        return 1...12 ~= parts.hour ? parts.hour % 12 + halfDay : nil
    }
}

extension TimestampFormat: CustomStringConvertible {
    /// The format in words, such as `year-month-day` or `milliseconds since 1970`.
    public var description: String {
        switch shape {
        case .yearMonthDay: "year-month-day"
        case .dayMonthYear: "day/month/year"
        case .monthDayYear: "month/day/year"
        case .year: "years"
        case .excelDays: "days as Excel counts them"
        case .timeOfDay: "hours:minutes:seconds"
        case .compactMonth, .compactShortDate, .compactDate, .compactMinute, .compactSecond:
            shape.compactForm?.rawValue ?? ""
        default: "\(shape.rawValue) since 1970"
        }
    }
}
