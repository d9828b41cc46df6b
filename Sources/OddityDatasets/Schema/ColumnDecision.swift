/// Decides what a column is used as, from what was seen in it.
///
/// In this order:
/// 1. Nothing in it: ignored.
/// 2. All values are lengths of time: numeric, in seconds, where some can be nothing else, or by a name such as `duration`
///    (times of day under another name are times); those that never fall, under a name such as `elapsed`: ignored.
/// 3. All values are numbers:
///    - times and identifiers, see ``role``: ignored;
///    - integers of which one exceeds 2^53: ignored, an identifier;
///    - integers of one width of which one starts with 0 (`0042`), and whole numbers under a name such as `code` or
///      `id`: judged as text is;
///    - anything else: numeric.
/// 4. All values are numbers in one notation, such as decimal commas or with a currency: numeric.
/// 5. All values look like dates or times: ignored.
/// 6. Numbers, and a few texts that are none (less than 5 % of 20 values or more; or less than a quarter, of at most 5
///    different texts among many different numbers): numeric, with these texts as missing values.
/// 7. Text of at most 50 levels, each seen twice on average (or fewer than 20 rows), or of at most
///    1,000 levels that are at most 5 % of the values: categorical. Anything else: ignored.
///
/// Integers of one width with leading zeros are codes beside other texts too. Where half of the values are numbers and the
/// column is none, that is a concern.
///
/// Words such as `n.a.`, `-` or `#DIV/0!` count as missing values among numbers and times (``MissingWords``).
struct ColumnDecision {
    /// Fewer rows say too little to call a column row numbers, or a text a slip.
    static let fewRows = 20
    static let categoryLimit = 50
    /// How often a number that names groups of rows is seen on average.
    static let groupSize = 10
    /// More different texts among numbers are categories rather than slips.
    private static let slipLimit = 5

    let name: String
    let profile: ColumnProfile
    let file: String
    let preference: NotationPreference

    /// What the column is used as, and why.
    func decide() throws(DatasetError) -> ColumnSchema {
        let others = profile.others
        let values = profile.presentCount - others.wordCount
        guard values > 0 else { return withoutValues }
        if profile.durations.count > 0, let durations = try decideDurations() { return durations }
        if profile.isTimestamps { return times }
        let numbers = profile.numbers.count + profile.infiniteCount + profile.notation.count
        if profile.hasPaddedCodes, !profile.isIntegral, others.wordCount == 0 {
            return judgeText("codes with leading zeros")
        }
        guard others.strayCount == 0 || isMostlyNumbers(numbers, beside: others) else {
            return judgeText("text")
        }
        if profile.notation.count == 0, profile.infiniteCount == 0, let (role, reason) = role {
            return column(.ignored, reason, role: role)
        }
        if profile.hasPaddedCodes, others.count == 0 {
            return judgeText("codes with leading zeros")
        }
        if others.count == 0, isNamedByNumbers {
            return judgeText("codes by the column's name")
        }
        switch profile.notationChoice(preference, column: name, takesAllAffixes: false) {
        case .one(let notation, let text): return try numeric(notation, text)
        case .open(let obstacle):
            let asText = judgeText("text")
            if obstacle.mayBeText, asText.kind == .categorical { return asText }
            return column(.ignored, obstacle.text, concern: obstacle.text)
        case .none: return judgeText("text")
        }
    }

    /// Of a column whose values are numbers already, of which no notation is open, what it is used as if not as numbers;
    /// nil for measurements.
    func decideNumbers() -> ColumnSchema? {
        if let (role, reason) = role { return column(.ignored, reason, role: role) }
        return isNamedByNumbers ? judgeText("codes by the column's name") : nil
    }

    /// A column that the caller declared numeric.
    func declaredNumeric() throws(DatasetError) -> ColumnSchema {
        if profile.durations.count > 0, profile.durations.others.first == nil, takesNumbers {
            return try durations(isAsked: true)
        }
        if let first = profile.others.first {
            throw .notANumber(first.text, at: location(of: first))
        }
        switch profile.notationChoice(preference, column: name, takesAllAffixes: true) {
        case .one(let notation, let text): return try numeric(notation, text, isAsked: true)
        case .open(let obstacle):
            throw DatasetError(
                .notANumber,
                obstacle.text,
                at: DataLocation(file: file, column: name)
            )
        case .none:
            throw .notANumber(
                profile.notation.firstText ?? "",
                at: DataLocation(file: file, column: name)
            )
        }
    }

    func column(
        _ kind: ColumnKind,
        _ reason: String,
        notation: NumberNotation? = nil,
        concern: String? = nil,
        role: ColumnRole? = nil
    ) -> ColumnSchema {
        ColumnSchema(
            name: name,
            kind: kind,
            reason: reason,
            notation: notation,
            concern: concern,
            role: role
        )
    }

    func numeric(
        _ notation: NumberNotation,
        _ text: String,
        isAsked: Bool = false
    ) throws(DatasetError) -> ColumnSchema {
        try refuseInfinity()
        var notation = notation
        let others = profile.others(notation)
        notation.missingTexts = others.texts
        var reason = text.isEmpty ? "all values are numbers" : text
        if isAsked { reason = text.isEmpty ? "as asked" : "as asked: \(text)" }
        if !others.firstWords.isEmpty {
            reason =
                (text.isEmpty && !isAsked ? "numbers" : reason)
                + ", with \(others.firstWords.map(quoted).joined(separator: ", ")) for missing values"
        }
        var concern: String?
        if let first = others.first {
            let shown = others.texts.prefix(3).map(quoted).joined(separator: ", ")
            let more = others.texts.count > 3 ? ", …" : ""
            concern =
                "\(others.strayCount) of \(profile.presentCount) values are no numbers and count as missing:"
                + " \(shown)\(more), the first in \(first.place(in: file)); correct them, or give --categorical"
                + " \(quoted(name)) if the column is text"
            reason =
                text.isEmpty
                ? "numbers but for \(shown)\(more)" : "\(text), but for \(shown)\(more)"
        }
        if concern == nil, !isAsked { concern = profile.fills?.concern(column: name) }
        let isPlain = profile.notation.count == 0 && notation == NumberNotation()
        return column(.numeric, reason, notation: isPlain ? nil : notation, concern: concern)
    }

    /// Whether the texts that are no numbers are slips in a column of numbers.
    func isMostlyNumbers(_ numbers: Int, beside others: OtherTexts) -> Bool {
        let stray = others.strayCount
        guard numbers + stray >= Self.fewRows, !others.hasMany else { return false }
        if numbers > 19 * stray { return true }
        guard numbers >= 3 * stray, others.texts.count <= Self.slipLimit else { return false }
        let distinct = profile.distinctCount - others.texts.count - others.distinctWordCount
        return distinct >= Self.fewRows
    }

    /// A column without a value that says something; a `*` beside empty cells marks rows.
    private var withoutValues: ColumnSchema {
        let isMark = profile.others.firstWords == ["*"] && profile.missingCount > 0
        return isMark ? judgeText("marks") : column(.ignored, ColumnSchema.emptyReason)
    }

    /// A column of dates, times, or both.
    private var times: ColumnSchema {
        if profile.hasDatesWithoutYear {
            return column(.ignored, "times without a year", role: .undatedTime)
        }
        guard profile.hasDates else {
            let mayBeLengths = profile.durations.others.strayCount == 0
            let option = "; --numeric \(quoted(name)) reads them as lengths of time"
            return column(
                .ignored,
                "times of day" + (mayBeLengths ? option : ""),
                role: .timeOfDay
            )
        }
        return column(.ignored, "dates or times", role: .time)
    }

    /// What a column of text is used as.
    private func judgeText(_ what: String) -> ColumnSchema {
        var column = judgeLevels(what)
        column.concern =
            lostNumbers(column.kind) ?? (column.kind == .ignored ? unreadNumbers : nil)
            ?? unknownTime
        return column
    }

    /// That half of the values are numbers, and the column is none; levels that are few are that all the same.
    private func lostNumbers(_ kind: ColumnKind) -> String? {
        let words = NameWords(name)
        let numbers =
            profile.numbers.count + (profile.notation.isOneUnit ? profile.notation.count : 0)
        let areFew =
            profile.distinctCount <= Self.fewRows
            && profile.distinctCount * 2 <= profile.presentCount
        guard numbers * 2 >= profile.presentCount, let first = profile.others.first,
            kind == .ignored || !areFew,
            !words.nameIdentifiers, !words.nameCodes
        else { return nil }
        let isFew = profile.others.texts.count <= Self.slipLimit
        let remedy =
            isFew
            ? "give --missing \(quoted(first.text)) to read it as missing"
            : "write all as numbers if they are"
        return
            "\(numbers) of \(profile.presentCount) values are numbers, and \(quoted(first.text)) in"
            + " \(first.place(in: file)) is the first that is none; \(remedy), or give --categorical \(quoted(name))"
            + " if the column is text"
    }

    /// That a column by its name holds times, and they are in a form that nobody knows.
    private var unknownTime: String? {
        guard NameWords(name).nameDates, let text = profile.examples.first,
            text.first?.isNumber == true, profile.distinctCount > 2,
            text.allSatisfy({ $0.isNumber || " /.:-,T+Z".contains($0) }),
            text.count(where: \.isNumber) > 2,
            profile.examples.allSatisfy({ !TimestampPattern.matches($0) })
        else { return nil }
        return
            "by its name it holds times, and \(quoted(text)) is in no form that is understood; write it as 2024-01-31"
            + " 13:05:09, or give --categorical \(quoted(name)) if it is text"
    }

    private func judgeLevels(_ what: String) -> ColumnSchema {
        let present = profile.presentCount
        let levels = profile.distinctCount
        guard !profile.hasManyLevels else {
            return column(.ignored, "\(what) of more than \(levels) levels")
        }
        let isFew =
            levels <= Self.categoryLimit && (levels * 2 <= present || present < Self.fewRows)
        if isFew || levels * 20 <= present {
            return column(.categorical, "\(what) of \(levels) level\(levels == 1 ? "" : "s")")
        }
        if levels == present { return column(.ignored, "\(what), different in every row") }
        return column(.ignored, "\(what) of \(levels) levels in \(present) values, too many")
    }

    private func location(of seen: ColumnProfile.Sighting) -> DataLocation {
        var location = seen.location
        location.column = name
        return location
    }

    private func refuseInfinity() throws(DatasetError) {
        guard let seen = profile.firstInfinite else { return }
        throw .infiniteNumber(seen.text, at: location(of: seen))
    }
}
