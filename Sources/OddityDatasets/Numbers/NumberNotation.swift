/// How a column writes its numbers, where that is not plainly `-1234.5`.
///
/// Whatever the notation, these are understood: thousands set apart by the other mark than the decimal one, by blanks
/// or by apostrophes; a sign before or behind the number, also the minus of Unicode; brackets for a negative number.
public struct NumberNotation: Codable, Hashable, Sendable {
    /// What stands before the decimals.
    public enum DecimalMark: String, Codable, CaseIterable, Sendable {
        /// `1.5`
        case point = "."
        /// `1,5`
        case comma = ","

        /// The mark that may set thousands apart in its place.
        var other: DecimalMark { self == .point ? .comma : .point }

        var byte: UInt8 { self == .point ? UInt8(ascii: ".") : UInt8(ascii: ",") }
    }

    /// What sets thousands apart.
    public enum GroupMark: String, Codable, CaseIterable, Sendable {
        /// `1,000`
        case comma
        /// `1.000`
        case point
        /// `1 000`, whatever the blank
        case blank
        /// `1'000`
        case apostrophe
        /// Nothing does.
        case none
    }

    /// What two groups of digits are in lengths of time.
    public enum DurationForm: String, Codable, CaseIterable, Sendable {
        /// `1:30` is an hour and a half.
        case hours = "h:mm"
        /// `1:30` is a minute and a half.
        case minutes = "m:ss"
    }

    /// What stands before the decimals.
    public var decimalMark: DecimalMark
    /// What may stand before or behind a number and is dropped: a currency, a percent sign, a unit; the empty text
    /// where a number may stand alone.
    public var affixes: [String]
    /// Texts that were found among the numbers and count as missing values.
    public var missingTexts: [String]
    /// How lengths of time are written, which are read in seconds; nil where the numbers are plain ones.
    public var durations: DurationForm?

    /// Creates a notation; by default that of plain numbers.
    public init(
        decimalMark: DecimalMark = .point,
        affixes: [String] = [""],
        missingTexts: [String] = [],
        durations: DurationForm? = nil
    ) {
        self.decimalMark = decimalMark
        self.affixes = affixes
        self.missingTexts = missingTexts
        self.durations = durations
    }

    /// Whether a plain number is read as such.
    var acceptsPlainNumbers: Bool { decimalMark == .point && affixes.contains("") }

    /// Reads a whole field as a number.
    ///
    /// - Complexity: O(n) in the number of bytes; nothing is allocated but for a number with an affix.
    func parse(_ text: UnsafeBufferPointer<UInt8>) -> ParsedNumber {
        if let durations, let duration = DurationText(text) {
            return .number(duration.seconds(durations))
        }
        guard let parts = NumberParts(text) else {
            let word = FloatParser.parse(text)
            return word == .nan || word == .infinite ? word : .invalid
        }
        let isKnown =
            parts.affix.isEmpty
            ? affixes.contains("") : affixes.contains(String(decoding: parts.affix, as: UTF8.self))
        guard isKnown, parts.isWritten(with: decimalMark) else { return .invalid }
        return parts.value(decimalMark)
    }

    /// Reads a whole field of a column whose numbers were all plain, also where it is written otherwise and leaves no
    /// doubt: `1,234.5`, `1 234`, `(5)`.
    static func parsePlain(_ text: UnsafeBufferPointer<UInt8>) -> ParsedNumber {
        let plain = FloatParser.parse(text)
        guard plain == .invalid, let parts = NumberParts(text), parts.affix.isEmpty,
            parts.isWritten(with: .point), !parts.hasMark || !parts.isWritten(with: .comma)
        else { return plain }
        return parts.value(.point)
    }
}
