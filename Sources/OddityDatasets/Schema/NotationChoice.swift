/// How the numbers of a column are read, from what was seen of them and of the other columns.
enum NotationChoice {
    /// One reading is left; what it is, in words.
    case one(NumberNotation, String)
    /// Two readings are possible, or none is of all numbers; what stands in the way, with what settles it.
    case open(Obstacle)
    /// They are no numbers.
    case none
}

/// What stands in the way of reading a column as numbers.
struct Obstacle: Error {
    let text: String
    /// Whether the values are sound categories all the same.
    var mayBeText = false
}

/// What settles how numbers are written, where a column leaves it open.
struct NotationPreference {
    /// The decimal mark, by an option or by the other columns.
    var decimalMark: NumberNotation.DecimalMark?
    /// Whether an option says so.
    var isAsked = false
    /// What sets thousands apart, by an option.
    var groupMark: NumberNotation.GroupMark?

    /// By the options, or by the columns that leave one reading only, where all agree.
    init(_ options: ReadingOptions, _ profiles: [ColumnProfile]) {
        groupMark = options.thousandsMark
        decimalMark = options.preferredDecimalMark
        isAsked = decimalMark != nil
        guard !isAsked else { return }
        let certain = Set(profiles.compactMap(\.certainDecimalMark))
        if certain.count == 1 { decimalMark = certain.first }
    }
}

extension ColumnProfile {
    /// Whether the numbers can be read with a decimal mark.
    func mayBeWritten(with mark: NumberNotation.DecimalMark) -> Bool {
        switch mark {
        case .point: notation.pointIsPossible
        case .comma: notation.commaIsPossible && everyPointGroups
        }
    }

    /// The decimal mark, where the column leaves no other and has one.
    var certainDecimalMark: NumberNotation.DecimalMark? {
        guard numbers.count + notation.count > others.strayCount, !isTimestamps,
            !(notation.count > 0 && notation.isEveryAddress), !notation.hasManyAffixes
        else { return nil }
        switch (mayBeWritten(with: .point), mayBeWritten(with: .comma)) {
        case (true, false): return .point
        case (false, true): return .comma
        default: return nil
        }
    }

    /// The numbers, plain and other, read with a decimal mark.
    func summary(_ mark: NumberNotation.DecimalMark) -> NumberSummary {
        switch mark {
        case .point: numbers.merged(with: notation.point)
        case .comma: (groupedNumbers ?? numbers).merged(with: notation.comma)
        }
    }

    /// How the numbers are read.
    ///
    /// - Parameter takesAllAffixes: Whether numbers with and without a unit are one, because the caller says that
    ///   these are numbers.
    func notationChoice(
        _ preference: NotationPreference,
        column: String,
        takesAllAffixes: Bool
    ) -> NotationChoice {
        if notation.count == 0 { return plainChoice(preference) }
        guard !notation.isEveryAddress, !notation.hasManyAffixes else { return .none }
        if notation.hasLettersForUnits, !takesAllAffixes { return .none }
        let affixes: [String]
        switch affixChoice(column, takesAllAffixes) {
        case .success(let found): affixes = found
        case .failure(let problem): return .open(problem)
        }
        switch decimalChoice(preference) {
        case .success(let mark):
            let read = NumberNotation(decimalMark: mark, affixes: affixes)
            return .one(read, description(of: read))
        case .failure(let problem): return .open(problem)
        }
    }

    /// Plain numbers are read as such, unless their points set thousands apart as in the other columns.
    private func plainChoice(_ preference: NotationPreference) -> NotationChoice {
        guard groupedNumbers != nil, everyPointGroups, preference.decimalMark == .comma else {
            return .one(NumberNotation(), "")
        }
        return .one(
            NumberNotation(decimalMark: .comma),
            "thousands points, "
                + (preference.isAsked ? "as asked" : "as the other columns have decimal commas")
        )
    }

    private func affixChoice(_ column: String, _ takesAll: Bool) -> Result<[String], Obstacle> {
        guard let affix = notation.affixes.first else { return .success([""]) }
        let hasBareNumber = notation.hasBareNumber || numbers.hasNonzero
        let isMoney = notation.affixes.allSatisfy { Currency.isKnown($0) }
        if takesAll { return .success(notation.affixes + [""]) }
        guard notation.affixes.count == 1 else {
            let listed = notation.affixes.prefix(4).map(quoted).joined(separator: ", ")
            return .failure(
                Obstacle(
                    text: "numbers with different units: \(listed); write them in one",
                    mayBeText: true
                )
            )
        }
        if hasBareNumber, !isMoney {
            return .failure(
                Obstacle(
                    text:
                        "numbers with \(quoted(affix)) and without; write them alike, or give --numeric"
                        + " \(quoted(column)) if they are of one unit",
                    mayBeText: true
                )
            )
        }
        let isBareAllowed = hasBareNumber || isMoney || notation.hasBareZero || numbers.count > 0
        return .success(isBareAllowed ? [affix, ""] : [affix])
    }

    private func decimalChoice(
        _ preference: NotationPreference
    ) -> Result<NumberNotation.DecimalMark, Obstacle> {
        var isPoint = mayBeWritten(with: .point)
        var isComma = mayBeWritten(with: .comma)
        if preference.groupMark == .some(.none) {
            if !notation.pointGroups.isEmpty, isComma { isPoint = false }
            if !notation.commaGroups.isEmpty, isPoint { isComma = false }
        }
        if preference.isAsked, isPoint != isComma,
            let asked = preference.decimalMark, asked != (isPoint ? .point : .comma)
        {
            return .failure(Obstacle(text: contradiction(of: asked)))
        }
        switch (isPoint, isComma) {
        case (true, false): return .success(.point)
        case (false, true): return .success(.comma)
        case (false, false):
            let texts = [notation.firstOnlyComma, notation.firstOnlyPoint ?? firstPoint]
                .compactMap { $0 }.map(quoted)
            return .failure(
                Obstacle(
                    text: "decimal commas and decimal points in one column"
                        + (texts.count == 2 ? ", as in \(texts[0]) and \(texts[1])" : "")
                        + "; write all numbers alike"
                )
            )
        case (true, true):
            // Without a comma all is as in plain numbers; but money has rarely three decimals.
            let isMoney = notation.affixes.contains { Currency.isKnown($0) }
            guard notation.hasComma || (isMoney && notation.firstMarked != nil) else {
                let isWhole = notation.firstMarked == nil && groupedNumbers == nil
                return .success(isWhole ? .point : preference.decimalMark ?? .point)
            }
            if let mark = preference.decimalMark { return .success(mark) }
            // Who drops zeros behind the decimal mark writes no "22,830", and who keeps them no "984".
            let hasShortPlain = numbers.minimum < 1_000 && numbers.maximum > -1_000
            if notation.hasShortWhole || hasShortPlain, notation.groupEndsInZero,
                groupedNumbers == nil
            {
                return .success(.point)
            }
            return .failure(Obstacle(text: twoReadings))
        }
    }

    /// That an option asks for a decimal mark that the numbers cannot have.
    private func contradiction(of asked: NumberNotation.DecimalMark) -> String {
        let text =
            (asked == .point ? notation.firstOnlyComma : notation.firstOnlyPoint)
            ?? notation.firstText ?? ""
        let (mark, other) = asked == .point ? ("points", ",") : ("commas", ".")
        return
            "\(quoted(text)) is no number with decimal \(mark), as the options ask; give --decimal \"\(other)\", or correct it"
    }

    /// The two numbers that a text may mean, and what says which.
    private var twoReadings: String {
        let text = notation.firstMarked ?? notation.firstText ?? ""
        var copy = text
        func value(_ mark: NumberNotation.DecimalMark) -> String {
            copy.withUTF8 { NumberParts($0)?.shown(mark) } ?? ""
        }
        return
            "\(quoted(text)) may be \(value(.point)) (--decimal .) or \(value(.comma)) (--decimal ,); say which"
    }

    /// What is particular about a notation, for a person.
    private func description(of read: NumberNotation) -> String {
        let groups = read.decimalMark == .point ? notation.pointGroups : notation.commaGroups
        var parts: [String] = []
        if read.decimalMark == .comma, notation.firstOnlyComma != nil || notation.hasComma {
            parts.append("decimal commas")
        }
        if let group = groups.sorted(by: { $0.rawValue < $1.rawValue }).first {
            parts.append("thousands \(group.plural)")
        }
        let affixes = read.affixes.filter { !$0.isEmpty }
        if !affixes.isEmpty { parts.append(affixes.map(quoted).joined(separator: ", ")) }
        let text = notation.firstMarked ?? notation.firstText ?? ""
        let what = parts.isEmpty ? "numbers" : "numbers with \(parts.joined(separator: " and "))"
        return "\(what), as in \(quoted(text))"
    }
}

extension NumberNotation.GroupMark {
    /// The mark in words.
    fileprivate var plural: String {
        switch self {
        case .comma: "commas"
        case .point: "points"
        case .blank: "blanks"
        case .apostrophe: "apostrophes"
        case .none: ""
        }
    }
}
