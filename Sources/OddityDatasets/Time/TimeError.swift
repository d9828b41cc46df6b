public import OddityFailures

/// What is wrong with times, where, and how to fix it.
public struct TimeError: Failure, Equatable {
    /// The kind of fault.
    public enum Code: String, Sendable, CaseIterable {
        /// The system knows no time zone of that name.
        case unknownTimeZone
        /// A text is no time.
        case invalidTime
        /// Nothing tells the day from the month.
        case ambiguousTime
        /// Times are written in several ways.
        case mixedTimes
    }

    /// The kind of fault.
    public let code: Code
    /// What is wrong and how to fix it, in one line without the location.
    public let message: String
    /// Where it is wrong.
    public let location: DataLocation?

    /// Creates an error.
    public init(_ code: Code, _ message: String, at location: DataLocation? = nil) {
        self.code = code
        self.message = message
        self.location = location
    }

    /// The caller for the name of a zone, else the data.
    public var blame: Blame { code == .unknownTimeZone ? .caller : .data }

    /// Whether it tells a place.
    public var namesItsFile: Bool { location != nil }

    /// The error for a text that is no time.
    package static func invalidTime(
        _ text: String,
        as format: TimestampFormat? = nil,
        at location: DataLocation
    ) -> TimeError {
        guard let format else {
            return TimeError(
                .invalidTime,
                "\(quoted(text)) is no time that is understood; write it as one of"
                    + " \(TimestampFormat.understood)",
                at: location
            )
        }
        let offset = format.hasOffset ? " with an offset from UTC" : ""
        return TimeError(
            .invalidTime,
            "\(quoted(text)) is no time of the form \(format)\(offset), which the other rows have;"
                + " correct it (understood are \(TimestampFormat.understood))",
            at: location
        )
    }
}

extension TimeError: CustomStringConvertible {
    /// One line: the location, what is wrong, and how to fix it.
    public var description: String {
        guard let location else { return message }
        return "\(location): \(message)"
    }
}
