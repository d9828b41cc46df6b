/// A day of the Gregorian calendar.
///
/// The formulas count years from March, so that the leap day is the last of a year, in eras of 400
/// years or 146,097 days.
package struct CivilDate: Equatable {
    package var year: Int
    package var month: Int
    package var day: Int

    /// The number of days before 1970-01-01 at which the era of the year 0 begins, on its March 1.
    private static let offset = 719_468
    private static let eraDays = 146_097

    package init(year: Int, month: Int, day: Int) {
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day that is so many days after 1970-01-01.
    package init(days: Int) {
        let count = days + Self.offset
        let era = (count >= 0 ? count : count - Self.eraDays + 1) / Self.eraDays
        let dayOfEra = count - era * Self.eraDays
        let yearOfEra =
            (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * shifted + 2) / 5 + 1
        month = shifted < 10 ? shifted + 3 : shifted - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The days since 1970-01-01; nil for a day that the calendar does not have.
    package var days: Int? {
        guard 1...12 ~= month, day >= 1, day <= Self.length(of: month, year) else { return nil }
        let year = month <= 2 ? year - 1 : year
        let era = (year >= 0 ? year : year - 399) / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.eraDays + dayOfEra - Self.offset
    }

    private static func length(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
