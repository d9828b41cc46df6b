/// What the fields of a column of the sample have in common.
struct SampleColumn {
    /// The narrowest kind that all values have.
    enum Kind {
        /// Nothing is there.
        case empty
        /// Numbers, in any notation, and words for missing ones; one in ten may be another text.
        case numbers
        /// The two words of one pair, such as `true` and `false`.
        case booleans
        /// Texts with a digit in each, as dates, times and codes have.
        case codes
        /// Any other texts.
        case words
    }

    let kind: Kind
    /// The number of values.
    let count: Int
    /// Whether all are numbers with decimals.
    let hasOnlyDecimals: Bool
    /// The most characters of a value.
    let longest: Int
    /// The values that are no numbers; where not most are numbers, with every run of digits made `0`.
    private let forms: Set<String>
    private let hasNumbers: Bool
    private let hasUnits: Bool
    private let hasQuotes: Bool

    /// - Parameter fields: The fields of a column; missing ones do not count.
    init(_ fields: [SampleField], missing: MissingTokens) {
        let values = fields.filter { !$0.isMissing(missing) }
        let isNumeric = values.map(\.looksNumeric)
        count = values.count
        longest = values.map(\.text.count).max() ?? 0
        hasNumbers = isNumeric.contains(true)
        hasUnits = values.contains(where: \.hasUnit)
        hasQuotes = values.contains(where: \.isQuoted)
        let others = zip(values, isNumeric).filter { !$1 }.map(\.0)
        if values.isEmpty {
            kind = .empty
        } else if others.count(where: { !$0.isWordForMissing }) * 10 <= values.count {
            kind = .numbers
        } else if Self.pairs.contains(where: { pair in values.allSatisfy { $0.isOne(of: pair) } }) {
            kind = .booleans
        } else {
            kind = values.allSatisfy(\.hasDigit) ? .codes : .words
        }
        hasOnlyDecimals = kind == .numbers && values.allSatisfy { $0.text.contains(".") }
        forms = Set(kind == .numbers ? others.map(\.text) : others.map(\.form))
    }

    private static let pairs: [Set<String>] = [
        ["true", "false"], ["yes", "no"], ["t", "f"], ["y", "n"], ["on", "off"],
    ]

    /// Whether a field may be a value like the others; nil where their kind says nothing of it.
    func fits(_ field: SampleField) -> Bool? {
        switch kind {
        case .empty, .words: return nil
        case .numbers: return field.looksNumeric || field.isWordForMissing
        case .booleans:
            return Self.pairs.contains { pair in
                field.isOne(of: pair) && forms.allSatisfy { pair.contains($0.lowercased()) }
            }
        case .codes:
            if forms.contains(field.form) { return true }
            return field.hasDigit && !(field.looksNumeric && !hasNumbers) ? nil : false
        }
    }

    /// What a first field says of its record.
    enum Evidence {
        /// It is of another kind than the values below: a name.
        case name
        /// It is a word above others that come again and again: likely a name.
        case rareWord
        /// It is of the kind of the values below.
        case value
        /// It is a word that is also among those below.
        case sameWord
        /// It is a whole number above numbers that all have decimals: it may be a name.
        case wholeNumber
        /// It is a number and so are the values, but only it is quoted: it may be a name.
        case quotedNumber
        case none
    }

    /// What the field above the column says.
    func evidence(of first: SampleField, missing: MissingTokens) -> Evidence {
        guard !first.isEmpty else { return .none }
        switch kind {
        case .empty: return first.looksNumeric ? .value : .none
        case .numbers:
            guard first.looksNumeric else {
                return first.isWordForMissing || forms.contains(first.text) ? .none : .name
            }
            if first.hasUnit, !hasUnits { return .name }
            if first.isQuoted, !hasQuotes { return .quotedNumber }
            return hasOnlyDecimals && Int(first.text) != nil ? .wholeNumber : .value
        case .booleans, .codes:
            return switch fits(first) {
            case true: .value
            case false where !first.isMissing(missing) && !first.isWordForMissing: .name
            default: .none
            }
        case .words:
            if forms.contains(first.form) { return .sameWord }
            if first.looksNumeric { return hasNumbers ? .value : count >= 5 ? .name : .none }
            return count >= 8 && forms.count * 4 <= count && !first.isMissing(missing)
                ? .rareWord : .none
        }
    }
}

extension SampleField {
    /// Whether the text is a number with a unit of letters, such as `1 week`.
    fileprivate var hasUnit: Bool {
        var copy = text
        return copy.withUTF8 { bytes in
            guard let parts = NumberParts(bytes), parts.isNumber, !Currency.isKnown(parts.affix)
            else { return false }
            return parts.affix.contains { 0x61...0x7A ~= $0 | 0x20 }
        }
    }

    /// The text with every run of digits made `0`: dates written alike have one form.
    fileprivate var form: String {
        var form = ""
        var wasDigit = false
        for scalar in text.unicodeScalars {
            let isDigit = "0"..."9" ~= scalar
            if !(isDigit && wasDigit) { form.unicodeScalars.append(isDigit ? "0" : scalar) }
            wasDigit = isDigit
        }
        return form
    }

    /// Whether a digit is in the text.
    fileprivate var hasDigit: Bool {
        text.utf8.contains { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }

    fileprivate func isOne(of words: Set<String>) -> Bool {
        text.utf8.count <= 5 && words.contains(text.lowercased())
    }
}
