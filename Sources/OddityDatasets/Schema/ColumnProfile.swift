/// Gathers what a column's values look like, one value at a time and in bounded memory.
struct ColumnProfile {
    /// A value worth quoting in an error.
    struct Sighting {
        let text: String
        let location: DataLocation

        init(_ text: UnsafeBufferPointer<UInt8>, line: Int, row: Int, of origin: Origin) {
            self.text = String(decoding: text.prefix(400), as: UTF8.self)
            location = DataLocation(
                file: origin.file,
                line: origin.hasLines ? line : nil,
                row: row
            )
        }

        /// Where it is, for a sentence about a path; one of several files is named.
        func place(in path: String) -> String {
            let place = location.line.map { "line \($0)" } ?? "row \(location.row ?? 0)"
            return location.file == path ? place : "\(place) of \(location.file)"
        }
    }

    /// The file that values come from, and whether it has lines.
    struct Origin {
        var file = ""
        var hasLines = true
    }

    /// Where the values that are added come from.
    var origin = Origin()
    private(set) var presentCount = 0
    private(set) var missingCount: Int
    private(set) var infiniteCount = 0
    /// The plain numbers.
    private(set) var numbers = NumberSummary()
    /// The plain numbers, if their points set thousands apart; nil where that changes none.
    private(set) var groupedNumbers: NumberSummary?
    /// Whether each point in a plain number stands before three digits, as one that sets thousands apart.
    private(set) var everyPointGroups = true
    /// The first plain number with a point that does not.
    private(set) var firstPoint: String?
    /// Plain numbers that may stand for missing values; nil where there is none.
    private(set) var fills: FillEvidence?
    /// Numbers that are not plain.
    private(set) var notation = NotationEvidence()
    /// The values that are no numbers in any notation.
    private(set) var others = OtherTexts()
    /// The values that are lengths of time; some of them may be numbers with a unit too.
    private(set) var durations = DurationEvidence()

    /// The first infinity.
    private(set) var firstInfinite: Sighting?
    /// The first value that is not UTF-8.
    private(set) var firstInvalid: Sighting?

    /// Whether all values are digits with an optional sign.
    private(set) var isIntegral = true
    /// Whether an integer exceeds 2^53, beyond which doubles skip some.
    private(set) var exceedsExactIntegers = false
    /// Whether all plain numbers are digits of one width, of which some start with 0, as in `0042`.
    var hasPaddedCodes: Bool { hasLeadingZeros && hasFixedWidth && notation.count == 0 }
    /// Whether the plain numbers are all whole and have the same number of bytes.
    private var hasFixedWidth = true
    /// Whether a plain number of several digits starts with 0.
    private var hasLeadingZeros = false
    /// Whether every value is the one before plus 1.
    private(set) var isConsecutive = true
    /// Whether every value is greater than the one before.
    private(set) var isIncreasing = true
    /// Whether no number is less than the one before.
    private(set) var isNonDecreasing = true
    /// What dates the integers may be.
    private(set) var dates = CompactDateEvidence()
    /// Whether all values look like dates or times.
    private(set) var isTimestamps = true
    /// Whether one of them has a date, and one a date without a year.
    private(set) var hasDates = false
    private(set) var hasDatesWithoutYear = false
    /// The first value, where it is a number.
    private(set) var firstNumber: Double?

    private var previous = 0.0
    private var lastNumber = 0.0
    private var width = 0
    private var levels = LevelTable()
    /// Whether there are more different values than are told apart.
    private(set) var hasManyLevels = false

    /// The number of different values counted.
    var distinctCount: Int {
        hasManyLevels ? ColumnStatistics.distinctLimit : levels.count
    }

    private(set) var examples: [String] = []

    /// - Parameter missingCount: The number of rows that had no such column.
    init(missingCount: Int = 0) {
        self.missingCount = missingCount
    }

    mutating func addMissing(_ count: Int = 1) {
        missingCount += count
    }

    /// Takes in a value's bytes, without outer blanks.
    mutating func add(_ text: UnsafeBufferPointer<UInt8>, line: Int, row: Int) {
        let parsed = FloatParser.parse(text)
        if parsed == .nan {
            addMissing()
            return
        }
        presentCount += 1
        if !hasManyLevels { addLevel(text) }
        switch parsed {
        case .number(let value): add(value, text)
        case .nan, .invalid:
            isIntegral = false
            if MissingWords.contains(text) {
                others.addWord(text)
                durations.others.addWord(text)
                return
            }
            addText(text, line: line, row: row)
            if firstInvalid == nil, !isUTF8(text) {
                firstInvalid = Sighting(text, line: line, row: row, of: origin)
            }
        case .infinite:
            isIntegral = false
            infiniteCount += 1
            if firstInfinite == nil {
                firstInfinite = Sighting(text, line: line, row: row, of: origin)
            }
        }
        if isTimestamps { addTime(text) }
    }

    private mutating func addTime(_ text: UnsafeBufferPointer<UInt8>) {
        guard let parts = TimestampPattern.parts(of: text) else {
            isTimestamps = false
            return
        }
        hasDates = hasDates || parts.hasDate
        hasDatesWithoutYear = hasDatesWithoutYear || !parts.hasYear
    }

    private mutating func addText(_ text: UnsafeBufferPointer<UInt8>, line: Int, row: Int) {
        if durations.others.mayBeNumbers(beside: durations.count), let duration = DurationText(text)
        {
            durations.add(duration)
        } else {
            durations.others.add(text, line: line, row: row, of: origin)
        }
        if others.mayBeNumbers(beside: notation.count), let parts = NumberParts(text),
            parts.isNumber
        {
            notation.add(parts, text)
        } else {
            others.add(text, line: line, row: row, of: origin)
        }
    }

    /// Follows what the number would be if points set thousands apart.
    private mutating func addGrouped(_ value: Double, _ text: UnsafeBufferPointer<UInt8>) {
        let point = UInt8(ascii: ".")
        let start = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") ? 1 : 0
        let isGroup =
            5 + start...7 + start ~= text.count && text[text.count - 4] == point
            && text[start] != UInt8(ascii: "0")
            && text.suffix(3).allSatisfy { $0 &- UInt8(ascii: "0") <= 9 }
        if isGroup {
            var grouped = groupedNumbers ?? numbers
            grouped.add((value * 1_000).rounded())
            groupedNumbers = grouped
        } else if text.contains(point) {
            everyPointGroups = false
            firstPoint = String(decoding: text, as: UTF8.self)
        } else {
            groupedNumbers?.add(value)
        }
    }

    private mutating func add(_ value: Double, _ text: UnsafeBufferPointer<UInt8>) {
        isIntegral = isIntegral && isDigits(text)
        if !isIntegral, everyPointGroups { addGrouped(value, text) }
        if numbers.count > 0, value < lastNumber { isNonDecreasing = false }
        lastNumber = value
        if FillEvidence.mayFill(text) {
            if fills == nil { fills = FillEvidence(beside: numbers) }
            fills?.addFill(value, text)
        } else {
            fills?.add(value)
        }
        numbers.add(value)
        if numbers.count == 1 { width = text.count }
        hasFixedWidth = hasFixedWidth && text.count == width && isDigits(text)
        if text.count > 1, text[0] == UInt8(ascii: "0") { hasLeadingZeros = true }
        guard isIntegral else { return }
        dates.add(text)
        if value.magnitude >= 0x1p53, !exceedsExactIntegers {
            let digits =
                text.first == UInt8(ascii: "-") || text.first == UInt8(ascii: "+")
                ? text.dropFirst() : text[...]
            let integer = UInt64(String(decoding: digits, as: UTF8.self))
            exceedsExactIntegers = integer.map { $0 > 1 << 53 } ?? true
        }
        if firstNumber == nil {
            firstNumber = value
        } else {
            isConsecutive = isConsecutive && value == previous + 1
            isIncreasing = isIncreasing && value > previous
        }
        previous = value
    }

    private mutating func addLevel(_ text: UnsafeBufferPointer<UInt8>) {
        guard text.count <= 1_024 else {
            giveUpLevels()
            return
        }
        guard levels.insert(text).isNew else { return }
        if examples.count < 3 { examples.append(String(decoding: text, as: UTF8.self)) }
        if levels.count > ColumnStatistics.distinctLimit { giveUpLevels() }
    }

    private mutating func giveUpLevels() {
        hasManyLevels = true
        levels = LevelTable()
    }

    private func isUTF8(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        text.allSatisfy { $0 < 0x80 } || String(validating: text, as: UTF8.self) != nil
    }

    private func isDigits(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = 0
        if text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") { start = 1 }
        for index in start..<text.count where text[index] &- UInt8(ascii: "0") > 9 { return false }
        return true
    }
}
