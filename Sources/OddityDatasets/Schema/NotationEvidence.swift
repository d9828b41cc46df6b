/// What the numbers of a column that are not plain tell of how the column writes them.
struct NotationEvidence {
    /// More different affixes than these are no units but texts.
    private static let affixLimit = 8

    /// The number of texts that are numbers in some notation.
    private(set) var count = 0
    private(set) var point = NumberSummary()
    private(set) var comma = NumberSummary()
    private(set) var pointIsPossible = true
    private(set) var commaIsPossible = true
    /// The first text, the first with a mark that may be the decimal one, and the first that only one mark explains.
    private(set) var firstText: String?
    private(set) var firstMarked: String?
    private(set) var firstOnlyPoint: String?
    private(set) var firstOnlyComma: String?
    /// Whether all marks that may be decimal ones are points.
    private(set) var hasComma = false
    /// Whether a text that both marks explain ends in 0, and whether one is a whole number below 1,000.
    private(set) var groupEndsInZero = false
    private(set) var hasShortWhole = false
    /// What sets thousands apart, if the decimal mark is the point or the comma.
    private(set) var pointGroups: Set<NumberNotation.GroupMark> = []
    private(set) var commaGroups: Set<NumberNotation.GroupMark> = []
    private(set) var affixes: [String] = []
    private(set) var hasManyAffixes = false
    /// Numbers other than 0 without an affix.
    private(set) var hasBareNumber = false
    private(set) var hasBareZero = false
    /// Whether each text looks like an internet address.
    private(set) var isEveryAddress = true

    /// Whether all numbers have the same unit, or none.
    var isOneUnit: Bool { affixes.count <= 1 && !hasManyAffixes }

    /// Whether numbers end in different single letters, as codes such as `41A` and `41B` do.
    var hasLettersForUnits: Bool {
        affixes.count > 1
            && affixes.allSatisfy { affix in
                affix.utf8.count == 1 && affix.utf8.allSatisfy { 0x61...0x7A ~= $0 | 0x20 }
            }
    }

    mutating func add(_ parts: NumberParts, _ text: UnsafeBufferPointer<UInt8>) {
        count += 1
        if firstText == nil { firstText = String(decoding: text, as: UTF8.self) }
        let isPoint = parts.isWritten(with: .point)
        let isComma = parts.isWritten(with: .comma)
        pointIsPossible = pointIsPossible && isPoint
        commaIsPossible = commaIsPossible && isComma
        isEveryAddress = isEveryAddress && parts.isAddress
        if isPoint != isComma { note(text, isPoint: isPoint) }
        if isPoint, case .number(let value) = parts.value(.point) { point.add(value) }
        if isComma, case .number(let value) = parts.value(.comma) { comma.add(value) }
        if isPoint, let mark = parts.groupMark(.point) { pointGroups.insert(mark) }
        if isComma, let mark = parts.groupMark(.comma) { commaGroups.insert(mark) }
        if parts.hasMark {
            if firstMarked == nil { firstMarked = String(decoding: text, as: UTF8.self) }
            if parts.endsInZero { groupEndsInZero = true }
            hasComma = hasComma || parts.hasCommaMark
        } else if parts.isShortWhole {
            hasShortWhole = true
        }
        addAffix(parts, isZero: isPoint && parts.value(.point) == .number(0))
    }

    private mutating func note(_ text: UnsafeBufferPointer<UInt8>, isPoint: Bool) {
        if isPoint, firstOnlyPoint == nil { firstOnlyPoint = String(decoding: text, as: UTF8.self) }
        if !isPoint, firstOnlyComma == nil {
            firstOnlyComma = String(decoding: text, as: UTF8.self)
        }
    }

    private mutating func addAffix(_ parts: NumberParts, isZero: Bool) {
        guard !parts.affix.isEmpty else {
            if isZero { hasBareZero = true } else { hasBareNumber = true }
            return
        }
        guard !hasManyAffixes else { return }
        let affix = String(decoding: parts.affix, as: UTF8.self)
        guard !affixes.contains(affix) else { return }
        affixes.append(affix)
        hasManyAffixes = affixes.count > Self.affixLimit
    }
}
