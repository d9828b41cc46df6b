extension ColumnDecision {
    /// What a column of lengths of time is used as; nil where it is none.
    func decideDurations() throws(DatasetError) -> ColumnSchema? {
        let evidence = profile.durations
        let stray = evidence.others.strayCount
        guard takesNumbers, !(profile.isTimestamps && profile.hasDates),
            stray == 0 || isMostlyNumbers(evidence.count, beside: evidence.others)
        else { return nil }
        let words = NameWords(name)
        let isMostlyCertain = evidence.certainCount * 20 >= evidence.count
        guard evidence.certainCount > 0 && isMostlyCertain || isNamed(words) else { return nil }
        let grows = evidence.isNonDecreasing && evidence.hours.minimum < evidence.hours.maximum
        if grows, stray == 0, words.nameTimes, evidence.count >= Self.fewRows {
            return column(
                .ignored,
                "a time, by its name and as it never falls",
                role: .undatedTime
            )
        }
        return try durations(isAsked: false)
    }

    /// Lengths of time as numbers.
    func durations(isAsked: Bool) throws(DatasetError) -> ColumnSchema {
        let notation = NumberNotation(
            affixes: profile.numbers.count > 0 ? [""] : [],
            durations: profile.durations.form
        )
        return try numeric(notation, profile.durations.description, isAsked: isAsked)
    }

    /// Whether plain numbers, where there are some beside lengths of time, can only be seconds: zeros, or `59.8` beside
    /// `1:02.3`.
    var takesNumbers: Bool {
        profile.infiniteCount == 0
            && (!profile.numbers.hasNonzero || profile.durations.takesSeconds)
    }

    /// Whether what a clock may show is a length of time by the column's name; a number with a unit, such as `5 m`, is
    /// one of any kind.
    private func isNamed(_ words: NameWords) -> Bool {
        words.nameDurations && profile.notation.count == 0
    }
}

extension ColumnProfile {
    /// The values that are none of the numbers of a notation.
    func others(_ notation: NumberNotation?) -> OtherTexts {
        notation?.durations == nil ? others : durations.others
    }

    /// The numbers as a notation reads them.
    func summary(_ notation: NumberNotation?) -> NumberSummary {
        guard let form = notation?.durations else {
            return summary(notation?.decimalMark ?? .point)
        }
        return numbers.merged(with: durations.summary(form))
    }
}
