internal import OddityDatasets

/// Finds out from the values of a column how its times are written.
struct TimestampDetector {
    /// A value, and the row it is the first of its kind in.
    private struct Seen {
        var text: String
        var row: Int
    }

    let location: DataLocation
    private var isNumeric: Bool?
    private var smallest = Double.infinity
    private var largest = 0.0
    private var isYearFirst: Bool?
    private var hasOffset: Bool?
    private var hasDots = false
    private var dayFirst: Seen?
    private var monthFirst: Seen?
    private var ambiguous: Seen?

    /// - Parameter location: The file and the column.
    init(location: DataLocation) {
        self.location = location
    }

    /// Looks at one value.
    ///
    /// - Parameter row: The row, counted from 1.
    mutating func add(_ text: String, row: Int) throws(SeriesError) {
        if isNumeric != false, case .number(let number) = FloatParser.parse(text) {
            isNumeric = true
            add(number)
            return
        }
        var copy = text
        let parts = copy.withUTF8 { TimestampPattern.parts(of: $0) }
        guard isNumeric != true, let parts, parts.hasDate, parts.zone != .invalid else {
            throw .invalidTime(text, at: place(row))
        }
        isNumeric = false
        try check(parts, Seen(text: text, row: row))
        guard !parts.isYearFirst else { return }
        if parts.separator == UInt8(ascii: ".") { hasDots = true }
        let (first, second, _) = parts.groups
        if first > 12, dayFirst == nil { dayFirst = Seen(text: text, row: row) }
        if second > 12, monthFirst == nil { monthFirst = Seen(text: text, row: row) }
        if first <= 12, second <= 12, first != second, ambiguous == nil {
            ambiguous = Seen(text: text, row: row)
        }
    }

    /// Looks at one number.
    mutating func add(_ number: Double) {
        isNumeric = true
        if number != 0 { smallest = min(smallest, abs(number)) }
        largest = max(largest, abs(number))
    }

    /// The format of all values; nil without a value.
    func format() throws(SeriesError) -> TimestampFormat? {
        guard let isNumeric else { return nil }
        guard !isNumeric else {
            guard let shape = TimestampFormat.unit(smallest: smallest, largest: largest) else {
                throw SeriesError(
                    .mixedTimes,
                    "the numbers from \(smallest) to \(largest) are not of one unit since 1970;"
                        + " write all in one unit",
                    at: location
                )
            }
            return TimestampFormat(shape: shape)
        }
        let hasOffset = hasOffset ?? false
        if isYearFirst == true {
            return TimestampFormat(shape: .yearMonthDay, hasOffset: hasOffset)
        }
        if let dayFirst, let monthFirst {
            throw SeriesError(
                .mixedTimes,
                "\(quoted(dayFirst.text)) can only begin with the day and \(quoted(monthFirst.text))"
                    + " (row \(monthFirst.row)) only with the month; write all times alike",
                at: place(dayFirst.row)
            )
        }
        if let ambiguous, dayFirst == nil, monthFirst == nil, !hasDots {
            throw SeriesError(
                .ambiguousTime,
                "\(quoted(ambiguous.text)) may begin with the day or with the month, and no other"
                    + " row tells which; write the year first (2024-01-31), or name the format"
                    + " (\(TimestampFormat(shape: .dayMonthYear)) or"
                    + " \(TimestampFormat(shape: .monthDayYear)))",
                at: place(ambiguous.row)
            )
        }
        // Where day and month are equal in all rows, both readings are.
        let shape: TimestampFormat.Shape = monthFirst == nil ? .dayMonthYear : .monthDayYear
        return TimestampFormat(shape: shape, hasOffset: hasOffset)
    }

    private mutating func check(_ parts: TimestampParts, _ seen: Seen) throws(SeriesError) {
        let isWithOffset = parts.zone != .none
        if let hasOffset, hasOffset != isWithOffset {
            throw SeriesError(
                .mixedTimes,
                "\(quoted(seen.text)) has \(isWithOffset ? "an" : "no") offset from UTC and the"
                    + " times before have \(isWithOffset ? "none" : "one"), so they cannot be"
                    + " compared; write all times alike",
                at: place(seen.row)
            )
        }
        if let isYearFirst, isYearFirst != parts.isYearFirst {
            throw SeriesError(
                .mixedTimes,
                "\(quoted(seen.text)) has the year \(isYearFirst ? "last" : "first") and the times"
                    + " before \(isYearFirst ? "first" : "last"); write all times alike",
                at: place(seen.row)
            )
        }
        hasOffset = isWithOffset
        isYearFirst = parts.isYearFirst
    }

    private func place(_ row: Int) -> DataLocation {
        var location = location
        location.row = row
        return location
    }
}
