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
        return String(unsafeUninitializedCapacity: 30) { bytes in
            var count = 0
            func put(_ number: Int, _ digits: Int, after mark: Unicode.Scalar? = nil) {
                if let mark { (bytes[count], count) = (UInt8(ascii: mark), count + 1) }
                var rest = number
                for place in stride(from: count + digits - 1, through: count, by: -1) {
                    bytes[place] = UInt8(ascii: "0") + UInt8(rest % 10)
                    rest /= 10
                }
                count += digits
            }
            put(date.year, 4)
            put(date.month, 2, after: "-")
            put(date.day, 2, after: "-")
            put(Int(time) / 3_600, 2, after: "T")
            put(Int(time) / 60 % 60, 2, after: ":")
            put(Int(time) % 60, 2, after: ":")
            if fraction % 1_000 != 0 {
                put(Int(fraction), 9, after: ".")
            } else if fraction % 1_000_000 != 0 {
                put(Int(fraction) / 1_000, 6, after: ".")
            } else if fraction != 0 {
                put(Int(fraction) / 1_000_000, 3, after: ".")
            }
            bytes[count] = UInt8(ascii: "Z")
            return count + 1
        }
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

extension Int64 {
    /// The quotient rounded down, and the remainder, which is not negative.
    package func dividedFlooring(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
