/// The numbers of a date and a time, as they stand in a text.
package struct TimestampParts {
    /// What follows a time.
    package enum Zone: Equatable, Sendable {
        case none
        /// Seconds east of Greenwich.
        case offset(Int)
        /// A sign with digits that are no hours and minutes.
        case invalid
    }

    /// Whether there is a date, in three groups of digits.
    package var hasDate = false
    /// Whether the year is the first group, and not the last.
    package var isYearFirst = false
    /// The byte between the groups: `-`, `/` or `.`.
    package var separator: UInt8 = 0
    /// The groups in the order of the text.
    package var groups: (Int, Int, Int) = (0, 0, 0)
    /// Whether the year has two digits only.
    package var hasShortYear = false
    /// Whether the year is there too; system logs leave it out.
    package var hasYear = true
    /// Whether there is a time.
    package var hasTime = false
    package var hour = 0
    package var minute = 0
    package var second = 0
    package var nanosecond = 0
    /// 0 for `AM`, 12 for `PM`; nil on the 24-hour clock.
    package var halfDay: Int?
    package var zone = Zone.none
}
