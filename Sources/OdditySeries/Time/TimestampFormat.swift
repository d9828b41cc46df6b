internal import OddityDatasets

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
    }

    /// The order of a date, or the unit of a number.
    public var shape: Shape
    /// Whether every time has an offset from UTC; one with and one without cannot be compared.
    public var hasOffset: Bool

    /// Creates a format.
    public init(shape: Shape, hasOffset: Bool = false) {
        self.shape = shape
        self.hasOffset = hasOffset
    }

    /// The formats that are understood, for a message.
    static let understood =
        "2024-01-31T13:05:09.123Z, 2024/01/31 13:05, 31.01.2024 13:05, 31/1/2024 13:05,"
        + " 1/31/2024 1:05 PM, and seconds, milli-, micro- or nanoseconds since 1970"

    /// The time of a text; nil where it is not written so, or outside of the years 1677 to 2262.
    ///
    /// - Complexity: O(n) in the number of bytes; nothing is allocated.
    public func instant(of text: String) -> Instant? {
        var text = text
        return text.withUTF8 { instant(of: $0) }
    }

    /// The time of bytes without outer blanks.
    func instant(of text: UnsafeBufferPointer<UInt8>) -> Instant? {
        if let unit { return Self.instant(ofNumber: text, unit: unit) }
        guard let parts = TimestampPattern.parts(of: text), parts.hasDate,
            parts.isYearFirst == (shape == .yearMonthDay), (parts.zone != .none) == hasOffset
        else { return nil }
        return instant(of: parts)
    }

    /// The time of a number that was read as such; a fraction is good for microseconds.
    func instant(of number: Double) -> Instant? {
        guard let unit, number.isFinite else { return nil }
        let whole = number.rounded(.down)
        guard let integer = Int64(exactly: whole) else { return nil }
        let (scaled, overflow) = integer.multipliedReportingOverflow(by: unit)
        // More digits than the number has would be noise.
        let fine = (number - whole) * Double(unit)
        let rest = unit > 1_000 ? Int64((fine / 1_000).rounded()) * 1_000 : Int64(fine)
        let (sum, carry) = scaled.addingReportingOverflow(rest)
        return overflow || carry ? nil : Instant(nanoseconds: sum)
    }

    /// Nanoseconds in a unit of a number; nil for dates.
    var unit: Int64? {
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
        default: "\(shape.rawValue) since 1970"
        }
    }
}
