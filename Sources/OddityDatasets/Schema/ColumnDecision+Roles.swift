extension ColumnDecision {
    /// The role of a column of plain numbers that are no measurements, and the reason; nil for others.
    ///
    /// By range, growth and name together, over ``fewRows`` values or more:
    /// - Dates as digits, where all are: eight digits and more by themselves, six with a name such as `date`.
    /// - Seconds, milli-, micro- or nanoseconds since 1970, from 1990 to 2060: that never fall, or under a name such
    ///   as `time`.
    /// - Days as Excel counts them, from 1954 to 2064, under such a name or one such as `date`.
    /// - Years that never fall, with decimals too, under a name such as `year` or `date`; other numbers that never fall
    ///   under one such as `time` or `week`.
    /// - Whole numbers: rising by exactly 1 in every row; growing under a name such as `order_no`; under one such as `id`
    ///   or `code` all that are no levels, as text is judged.
    var role: (ColumnRole, String)? {
        guard profile.presentCount >= Self.fewRows || profile.exceedsExactIntegers else {
            return nil
        }
        if let time = timeReason { return time }
        guard profile.isIntegral, let reason = identifierReason else { return nil }
        return (.identifier, reason)
    }

    private var timeReason: (ColumnRole, String)? {
        let name = NameWords(name)
        let numbers = profile.numbers
        let varies = numbers.maximum > numbers.minimum
        let grows = profile.isNonDecreasing && varies
        let example = profile.examples.first.map { ", as in \(quoted($0))" } ?? ""
        if profile.isIntegral, varies, let form = profile.dates.form {
            let isSure = form.width >= 8 || name.nameDates && profile.distinctCount >= 5
            if isSure { return (.time, "dates written \(form.rawValue)\(example)") }
        }
        if let unit = Self.epochUnit(numbers), grows || name.nameDates {
            return (
                .time, "\(unit) since 1970" + (grows ? ", growing" : ", by their range and name")
            )
        }
        // 1954 to 2064.
        if name.nameDates, numbers.minimum >= 20_000, numbers.maximum <= 60_000, varies {
            return (.time, "days as Excel counts them, by their range and name")
        }
        guard profile.missingCount == 0, grows else { return nil }
        if name.nameYears || name.nameDates, numbers.minimum >= 1_000, numbers.maximum <= 2_200 {
            return (.timeOrder, "years that never fall")
        }
        let isMany = profile.hasManyLevels || profile.distinctCount * 2 > profile.presentCount
        guard name.nameDates, isMany else { return nil }
        return (.timeOrder, "a time, by its name and as it never falls")
    }

    /// The unit of numbers that are all times from 1990 to 2060.
    private static func epochUnit(_ numbers: NumberSummary) -> String? {
        let units = [
            (1.0, "seconds"), (1e3, "milliseconds"), (1e6, "microseconds"), (1e9, "nanoseconds"),
        ]
        return units.first {
            numbers.minimum >= 0.63e9 * $0.0 && numbers.maximum <= 2.85e9 * $0.0
        }?.1
    }

    private var identifierReason: String? {
        if profile.exceedsExactIntegers {
            return "integers beyond 2^53: an identifier, which a number would round"
        }
        guard profile.presentCount >= Self.fewRows else { return nil }
        if profile.missingCount == 0, profile.isConsecutive, let first = profile.firstNumber {
            return "row numbers, counting up from \(profile.examples.first ?? "\(first)")"
        }
        let words = NameWords(name)
        if words.nameIdentifiers, isIdentifying { return "an identifier, by its name" }
        guard profile.missingCount == 0, profile.isIncreasing, words.nameCounters else {
            return nil
        }
        return "an identifier, by its name and its growing integers"
    }

    /// Whether whole numbers under a name that says so tell rows, and not groups of rows, apart.
    private var isIdentifying: Bool {
        guard profile.distinctCount > 2 else { return false }
        return profile.hasManyLevels || profile.distinctCount > Self.categoryLimit
            || profile.distinctCount * Self.groupSize > profile.presentCount
    }

    /// Whole numbers that are names, by the column's name: of groups of rows, or codes.
    var isNamedByNumbers: Bool {
        guard profile.isIntegral, profile.presentCount >= Self.fewRows,
            profile.distinctCount > 2
        else { return false }
        let words = NameWords(name)
        return words.nameIdentifiers || words.nameCodes
    }
}
