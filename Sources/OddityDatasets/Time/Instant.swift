/// A point in time: whole nanoseconds since 1970-01-01T00:00:00Z, from the year 1677 to 2262.
///
/// Times that were written without an offset from UTC count as UTC.
public struct Instant: Hashable, Comparable, Sendable {
    /// Nanoseconds since 1970; negative before.
    public var nanoseconds: Int64

    /// Creates a point in time.
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// Whether one point in time is before another.
    public static func < (left: Instant, right: Instant) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// The nanoseconds from an earlier to this point; the largest number where they are more.
    package func distance(from earlier: Instant) -> Int64 {
        let (result, overflow) = nanoseconds.subtractingReportingOverflow(earlier.nanoseconds)
        guard overflow else { return result }
        return nanoseconds > 0 ? .max : .min
    }
}

extension Instant: CustomStringConvertible {
    /// The time by ISO 8601 in UTC, such as `2020-03-09T10:14:33Z`, with 3, 6 or 9 digits of a fraction
    /// where it needs them.
    public var description: String {
        let (seconds, fraction) = nanoseconds.dividedFlooring(by: 1_000_000_000)
        let (days, time) = seconds.dividedFlooring(by: 86_400)
        let date = CivilDate(days: Int(days))
        var text = padded(date.year, 4) + "-" + padded(date.month, 2) + "-" + padded(date.day, 2)
        text += "T" + padded(Int(time) / 3_600, 2) + ":" + padded(Int(time) / 60 % 60, 2)
        text += ":" + padded(Int(time) % 60, 2)
        if fraction != 0 {
            let digits = padded(Int(fraction), 9)
            let count = fraction % 1_000_000 == 0 ? 3 : fraction % 1_000 == 0 ? 6 : 9
            text += "." + digits.prefix(count)
        }
        return text + "Z"
    }
}

extension Instant {
    /// The time by ISO 8601, without the `Z` where it was written without an offset from UTC.
    package func text(isLocal: Bool) -> String {
        isLocal ? String(description.dropLast()) : description
    }
}

extension Instant: Codable {
    /// Reads the text of ``description``.
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let format = TimestampFormat(shape: .yearMonthDay, hasOffset: true)
        guard let instant = format.instant(of: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "\(text) is no time")
            )
        }
        self = instant
    }

    /// Writes the text of ``description``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A number with zeros before it.
private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}

extension Int64 {
    /// The quotient rounded down, and the remainder, which is not negative.
    package func dividedFlooring(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
