/// What the numbers of a column are, where they are no units since 1970.
private struct NumberEvidence {
    private var dates = CompactDateEvidence()
    private var smallest = Double.infinity
    private var largest = -Double.infinity
    private var previous: Double?
    private var isWhole = true
    private var isGrowing = true

    mutating func add(_ number: Double, _ text: UnsafeBufferPointer<UInt8>) {
        dates.add(text)
        smallest = min(smallest, number)
        largest = max(largest, number)
        isWhole = isWhole && number == number.rounded()
        isGrowing = isGrowing && previous.map { $0 <= number } ?? true
        previous = number
    }

    /// Digits that are all dates; days from 1954 to 2064 that Excel counts, with fractions or under a name such as
    /// `date`; years.
    func shape(named name: String) -> TimestampFormat.Shape? {
        if let form = dates.form { return TimestampFormat.Shape(form) }
        let lowered = name.lowercased()
        let isDate = ["date", "day", "datum", "tag", "fecha", "data", "dt"].contains {
            lowered.contains($0)
        }
        if smallest >= 20_000, largest <= 60_000, isDate || (!isWhole && isGrowing) {
            return .excelDays
        }
        let isYear = ["year", "jahr", "yr", "ann", "año", "ano"].contains { lowered.contains($0) }
        guard isWhole, smallest >= 1_678, largest <= 2_200, isGrowing, isYear || isDate else {
            return nil
        }
        return .year
    }
}

/// Finds out from the values of a column how its times are written.
struct TimestampDetector {
    /// A value, and the row it is the first of its kind in.
    private struct Seen {
        var text: String
        var row: Int
    }

    let location: DataLocation
    let allowsTimesOfDay: Bool
    private var isNumeric: Bool?
    private var hasDate: Bool?
    private var smallest = Double.infinity
    private var largest = 0.0
    private var numbers = NumberEvidence()
    private var isYearFirst: Bool?
    private var hasOffset: Bool?
    private var hasDots = false
    private var dayFirst: Seen?
    private var monthFirst: Seen?
    private var ambiguous: Seen?

    /// - Parameters:
    ///   - location: The file and the column.
    ///   - allowsTimesOfDay: Whether times without a date will do.
    init(location: DataLocation, allowsTimesOfDay: Bool = false) {
        self.location = location
        self.allowsTimesOfDay = allowsTimesOfDay
    }

    /// Looks at one value.
    ///
    /// - Parameter row: The row, counted from 1.
    mutating func add(_ text: String, row: Int) throws(TimeError) {
        if isNumeric != false, case .number(let number) = FloatParser.parse(text) {
            isNumeric = true
            var digits = text
            digits.withUTF8 { numbers.add(number, $0) }
            addRange(number)
            return
        }
        var copy = text
        let parts = copy.withUTF8 { TimestampPattern.parts(of: $0) }
        guard isNumeric != true, let parts, parts.zone != .invalid else {
            throw .invalidTime(text, at: place(row))
        }
        guard parts.hasYear else {
            throw TimeError(
                .invalidTime,
                "\(quoted(text)) has no year; write times as 2024-01-31 13:05:09",
                at: place(row)
            )
        }
        guard parts.hasDate || allowsTimesOfDay else {
            throw TimeError(
                .invalidTime,
                "\(quoted(text)) is a time of day without a date; write times as 2024-01-31 13:05:09",
                at: place(row)
            )
        }
        isNumeric = false
        try check(parts, Seen(text: text, row: row))
        guard parts.hasDate, !parts.isYearFirst else { return }
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
        var text = Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        text.withUTF8 { numbers.add(number, $0) }
        addRange(number)
    }

    private mutating func addRange(_ number: Double) {
        if number != 0 { smallest = min(smallest, abs(number)) }
        largest = max(largest, abs(number))
    }

    /// The format of all values; nil without a value.
    func format() throws(TimeError) -> TimestampFormat? {
        guard let isNumeric else { return nil }
        guard !isNumeric else {
            if let shape = numbers.shape(named: location.column ?? "") {
                return TimestampFormat(shape: shape)
            }
            guard let shape = TimestampFormat.unit(smallest: smallest, largest: largest) else {
                throw TimeError(
                    .mixedTimes,
                    "the numbers from \(smallest) to \(largest) are not of one unit since 1970;"
                        + " write all in one unit",
                    at: location
                )
            }
            return TimestampFormat(shape: shape)
        }
        let hasOffset = hasOffset ?? false
        if hasDate == false { return TimestampFormat(shape: .timeOfDay, hasOffset: hasOffset) }
        if isYearFirst == true {
            return TimestampFormat(shape: .yearMonthDay, hasOffset: hasOffset)
        }
        if let dayFirst, let monthFirst {
            throw TimeError(
                .mixedTimes,
                "\(quoted(dayFirst.text)) can only begin with the day and \(quoted(monthFirst.text))"
                    + " (row \(monthFirst.row)) only with the month; write all times alike",
                at: place(dayFirst.row)
            )
        }
        if let ambiguous, dayFirst == nil, monthFirst == nil, !hasDots {
            throw TimeError(
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

    private mutating func check(_ parts: TimestampParts, _ seen: Seen) throws(TimeError) {
        let isWithOffset = parts.zone != .none
        if let hasOffset, hasOffset != isWithOffset {
            throw TimeError(
                .mixedTimes,
                "\(quoted(seen.text)) has \(isWithOffset ? "an" : "no") offset from UTC and the"
                    + " times before have \(isWithOffset ? "none" : "one"), so they cannot be"
                    + " compared; write all times alike",
                at: place(seen.row)
            )
        }
        if let hasDate, hasDate != parts.hasDate {
            throw TimeError(
                .mixedTimes,
                "\(quoted(seen.text)) has \(hasDate ? "no" : "a") date and the times before have"
                    + " \(hasDate ? "one" : "none"); write all times alike",
                at: place(seen.row)
            )
        }
        hasDate = parts.hasDate
        if parts.hasDate, let isYearFirst, isYearFirst != parts.isYearFirst {
            throw TimeError(
                .mixedTimes,
                "\(quoted(seen.text)) has the year \(isYearFirst ? "last" : "first") and the times"
                    + " before \(isYearFirst ? "first" : "last"); write all times alike",
                at: place(seen.row)
            )
        }
        hasOffset = isWithOffset
        if parts.hasDate { isYearFirst = parts.isYearFirst }
    }

    private func place(_ row: Int) -> DataLocation {
        var location = location
        location.row = row
        return location
    }
}
