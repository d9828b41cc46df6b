/// A field that looks like a number in some notation, taken apart.
///
/// `($ 1,234.50)` is negative, has the affix `$` and the digits and marks `1,234.50`. Which mark is the decimal one is
/// left open: see ``isWritten(with:)``.
struct NumberParts {
    /// Longer texts are no numbers.
    static let lengthLimit = 80

    /// A mark between digits.
    enum Mark: UInt8 { case point, comma, blank, apostrophe }

    /// What stands before or behind the number, without blanks.
    let affix: UnsafeBufferPointer<UInt8>
    let isNegative: Bool
    /// Digits, marks, and an exponent.
    private let body: UnsafeBufferPointer<UInt8>
    /// The digits before the first mark.
    private let leadCount: Int
    private let startsWithZero: Bool
    private let markCount: Int
    private let lastMark: Mark?
    /// The marks before the last, where they are one.
    private let otherMark: Mark?
    private let hasMixedMarks: Bool
    /// The digits behind the last mark.
    private let tailCount: Int
    /// Whether all groups between two marks have three digits, or two as in India.
    private let hasSoundGroups: Bool
    private let hasExponent: Bool

    /// Nil for what is no number in any notation.
    init?(_ field: UnsafeBufferPointer<UInt8>) {
        let text = Self.trimmed(field)
        guard text.count > 0, text.count <= Self.lengthLimit,
            let start = Self.firstDigit(in: text)
        else { return nil }
        let end = Self.bodyEnd(in: text, from: start)
        body = UnsafeBufferPointer(rebasing: text[start..<end])

        // Around the number: brackets and signs, and one affix.
        var sign = Sign()
        var head = Self.trimmed(UnsafeBufferPointer(rebasing: text[..<start]))
        var tail = Self.trimmed(UnsafeBufferPointer(rebasing: text[end...]))
        head = sign.takenFromStart(of: head)
        head = sign.takenFromEnd(of: head)
        tail = sign.takenFromTail(tail)
        guard sign.isSound, head.isEmpty || tail.isEmpty else { return nil }
        guard head.isEmpty || Currency.isKnown(head) else { return nil }
        guard tail.isEmpty || Self.mayBeUnit(tail) else { return nil }
        affix = head.isEmpty ? tail : head
        isNegative = sign.isNegative

        var scan = BodyScan()
        guard scan.read(body) else { return nil }
        leadCount = scan.leadCount
        startsWithZero = body[0] == UInt8(ascii: "0")
        markCount = scan.markCount
        lastMark = scan.lastMark
        otherMark = scan.otherMark
        hasMixedMarks = scan.hasMixedMarks
        tailCount = scan.digitCount
        hasSoundGroups = scan.hasSoundGroups
        hasExponent = scan.hasExponent
    }

    /// Whether it is a number with one decimal mark or the other.
    var isNumber: Bool { isWritten(with: .point) || isWritten(with: .comma) }

    /// Whether it looks like an internet address, as `192.168.100.101` does.
    var isAddress: Bool {
        guard markCount == 3, lastMark == .point, otherMark == .point else { return false }
        return body.split(separator: UInt8(ascii: ".")).allSatisfy {
            (Int(String(decoding: $0, as: UTF8.self)) ?? 256) < 256
        }
    }

    /// Whether there is a mark that may be a decimal one.
    var hasMark: Bool { markCount > 0 && (lastMark == .point || lastMark == .comma) }

    /// Whether that mark, or one before it, is a comma.
    var hasCommaMark: Bool { lastMark == .comma || otherMark == .comma }

    /// Whether it is a whole number of at most three digits.
    var isShortWhole: Bool { markCount == 0 && leadCount <= 3 && !hasExponent }

    /// Whether the digits and marks are a number with the given decimal mark.
    func isWritten(with decimal: NumberNotation.DecimalMark) -> Bool {
        guard let lastMark else { return leadCount > 0 }
        let mark: Mark = decimal == .point ? .point : .comma
        guard !hasMixedMarks, otherMark != mark else { return false }
        let hasDecimals = lastMark == mark
        if hasDecimals {
            guard markCount > 1 else { return leadCount > 0 || tailCount > 0 }
            return isGrouped && !hasExponent
        }
        // The last mark sets thousands apart too, so it is the same as the others.
        guard otherMark == nil || otherMark == lastMark, tailCount == 3 else { return false }
        return isGrouped && !hasExponent
    }

    /// What sets thousands apart with the given decimal mark.
    func groupMark(_ decimal: NumberNotation.DecimalMark) -> NumberNotation.GroupMark? {
        let mark: Mark = decimal == .point ? .point : .comma
        let found = lastMark == mark ? otherMark : lastMark
        return switch found {
        case .comma: .comma
        case .point: .point
        case .blank: .blank
        case .apostrophe: .apostrophe
        case nil: nil
        }
    }

    /// Whether the last digit is 0.
    var endsInZero: Bool { body.last == UInt8(ascii: "0") }

    /// The number, if it is written with the given decimal mark.
    func value(_ decimal: NumberNotation.DecimalMark) -> ParsedNumber {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: body.count + 1) { plain in
            var count = 0
            if isNegative {
                plain[0] = UInt8(ascii: "-")
                count = 1
            }
            for byte in body {
                switch byte {
                case decimal.byte: plain[count] = UInt8(ascii: ".")
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "e"), UInt8(ascii: "E"),
                    UInt8(ascii: "-"), UInt8(ascii: "+"):
                    plain[count] = byte
                default: continue
                }
                count += 1
            }
            return FloatParser.parse(UnsafeBufferPointer(rebasing: plain[..<count]))
        }
    }

    private var isGrouped: Bool { 1...3 ~= leadCount && !startsWithZero && hasSoundGroups }
}

extension NumberParts {
    /// The bytes without blanks of any kind at either end.
    static func trimmed(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        var rest = text[...]
        while let length = blankLength(at: rest.startIndex, in: rest) {
            rest = rest.dropFirst(length)
        }
        trimming: while let last = rest.last {
            switch last {
            case UInt8(ascii: " "), UInt8(ascii: "\t"): rest.removeLast()
            case 0xA0 where rest.dropLast().last == 0xC2: rest.removeLast(2)
            case 0xAF, 0x89, 0x87:
                let start = rest.endIndex - 3
                guard start >= rest.startIndex, blankLength(at: start, in: rest) == 3 else {
                    break trimming
                }
                rest.removeLast(3)
            default: break trimming
            }
        }
        return UnsafeBufferPointer(rebasing: rest)
    }

    /// The number of bytes of the blank at a position: a space, a tab, or one of those that do not break lines.
    static func blankLength(
        at position: Int,
        in text: Slice<UnsafeBufferPointer<UInt8>>
    ) -> Int? {
        guard position < text.endIndex else { return nil }
        switch text[position] {
        case UInt8(ascii: " "), UInt8(ascii: "\t"): return 1
        case 0xC2: return position + 1 < text.endIndex && text[position + 1] == 0xA0 ? 2 : nil
        case 0xE2:
            guard position + 2 < text.endIndex, text[position + 1] == 0x80 else { return nil }
            return [0xAF, 0x89, 0x87].contains(text[position + 2]) ? 3 : nil
        default: return nil
        }
    }

    /// The number of bytes of the apostrophe at a position.
    static func apostropheLength(
        at position: Int,
        in text: Slice<UnsafeBufferPointer<UInt8>>
    ) -> Int? {
        if text[position] == UInt8(ascii: "'") { return 1 }
        guard text[position] == 0xE2, position + 2 < text.endIndex, text[position + 1] == 0x80,
            text[position + 2] == 0x99
        else { return nil }
        return 3
    }

    /// Whether a text may be a unit: short, and beginning with a letter or a sign such as `%`, `°` or `€`.
    private static func mayBeUnit(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let isSign = text[0] == UInt8(ascii: "%") || text[0] == UInt8(ascii: "$")
        guard text.count <= 24, text[0] >= 0x80 || 0x61...0x7A ~= text[0] | 0x20 || isSign else {
            return false
        }
        return !text.contains { $0 < 0x20 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ":") }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

    /// The first digit, or the mark right before it.
    private static func firstDigit(in text: UnsafeBufferPointer<UInt8>) -> Int? {
        guard let digit = text.firstIndex(where: isDigit) else { return nil }
        guard digit > 0,
            text[digit - 1] == UInt8(ascii: ".") || text[digit - 1] == UInt8(ascii: ",")
        else { return digit }
        // The point of an abbreviation (`Rs.5`) is none of the number.
        if digit > 1, text[digit - 2] | 0x20 >= UInt8(ascii: "a") { return digit }
        return digit - 1
    }

    /// Where digits, marks and an exponent end.
    private static func bodyEnd(in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
        let slice = text[...]
        var end = start
        var position = start
        while position < text.count {
            let byte = text[position]
            if isDigit(byte) {
                position += 1
                end = position
            } else if byte == UInt8(ascii: ".") || byte == UInt8(ascii: ",") {
                position += 1
            } else if let length = blankLength(at: position, in: slice)
                ?? apostropheLength(at: position, in: slice)
            {
                position += length
            } else {
                break
            }
        }
        // `1,5e-3`: an exponent directly behind the digits, and nothing behind it.
        if end < text.count, text[end] | 0x20 == UInt8(ascii: "e") {
            var last = end + 1
            if last < text.count, text[last] == UInt8(ascii: "-") || text[last] == UInt8(ascii: "+")
            {
                last += 1
            }
            let first = last
            while last < text.count, isDigit(text[last]) { last += 1 }
            if last > first, last == text.count || !(0x61...0x7A ~= text[last] | 0x20) {
                return last
            }
        }
        return end
    }
}

/// The signs and brackets around a number.
private struct Sign {
    var isNegative = false
    private var signCount = 0
    private var isOpen = false
    private var isClosed = false

    var isSound: Bool { signCount <= 1 && isOpen == isClosed }

    private static let minus: [[UInt8]] = [
        [UInt8(ascii: "-")], [0xE2, 0x88, 0x92], [0xE2, 0x80, 0x93], [0xEF, 0xBC, 0x8D],
    ]

    private mutating func count(isNegative: Bool) {
        signCount += 1
        if isNegative { self.isNegative = true }
    }

    /// Takes a sign or an opening bracket off the start.
    mutating func takenFromStart(
        of text: UnsafeBufferPointer<UInt8>
    ) -> UnsafeBufferPointer<UInt8> {
        guard let first = text.first else { return text }
        if first == UInt8(ascii: "(") || first == UInt8(ascii: "+") {
            if first == UInt8(ascii: "(") { isOpen = true }
            count(isNegative: first == UInt8(ascii: "("))
            return NumberParts.trimmed(UnsafeBufferPointer(rebasing: text[1...]))
        }
        for bytes in Self.minus where text.starts(with: bytes) {
            count(isNegative: true)
            return NumberParts.trimmed(UnsafeBufferPointer(rebasing: text[bytes.count...]))
        }
        return text
    }

    /// Takes a sign or an opening bracket off the end, behind a currency.
    mutating func takenFromEnd(of text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        guard let last = text.last else { return text }
        if last == UInt8(ascii: "(") || last == UInt8(ascii: "+") {
            if last == UInt8(ascii: "(") { isOpen = true }
            count(isNegative: last == UInt8(ascii: "("))
            return NumberParts.trimmed(UnsafeBufferPointer(rebasing: text.dropLast()))
        }
        for bytes in Self.minus
        where text.count >= bytes.count && text.suffix(bytes.count).elementsEqual(bytes) {
            count(isNegative: true)
            return NumberParts.trimmed(UnsafeBufferPointer(rebasing: text.dropLast(bytes.count)))
        }
        return text
    }

    /// Takes a closing bracket, or a minus as accountants write it, off what stands behind a number.
    mutating func takenFromTail(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        if isOpen {
            if text.first == UInt8(ascii: ")") {
                isClosed = true
                return NumberParts.trimmed(UnsafeBufferPointer(rebasing: text[1...]))
            }
            if text.last == UInt8(ascii: ")") {
                isClosed = true
                return NumberParts.trimmed(UnsafeBufferPointer(rebasing: text.dropLast()))
            }
            return text
        }
        for bytes in Self.minus where text.elementsEqual(bytes) {
            count(isNegative: true)
            return UnsafeBufferPointer(rebasing: text[text.endIndex...])
        }
        return text
    }
}

/// The digits and marks of a number.
private struct BodyScan {
    var leadCount = 0
    var markCount = 0
    var lastMark: NumberParts.Mark?
    var otherMark: NumberParts.Mark?
    var hasMixedMarks = false
    var digitCount = 0
    var hasSoundGroups = true
    var hasExponent = false

    /// False for what no notation writes.
    mutating func read(_ body: UnsafeBufferPointer<UInt8>) -> Bool {
        let slice = body[...]
        var position = 0
        while position < body.count {
            let byte = body[position]
            if byte &- UInt8(ascii: "0") <= 9 {
                digitCount += 1
                position += 1
                continue
            }
            if byte | 0x20 == UInt8(ascii: "e") {
                hasExponent = true
                break
            }
            var length = 1
            let mark: NumberParts.Mark
            switch byte {
            case UInt8(ascii: "."): mark = .point
            case UInt8(ascii: ","): mark = .comma
            default:
                if let blank = NumberParts.blankLength(at: position, in: slice) {
                    (mark, length) = (.blank, blank)
                } else if let quote = NumberParts.apostropheLength(at: position, in: slice) {
                    (mark, length) = (.apostrophe, quote)
                } else {
                    return false
                }
            }
            end(mark)
            position += length
        }
        if markCount == 0 { leadCount = digitCount }
        // Blanks and apostrophes are no decimal marks, and two marks in a row are none at all.
        return true
    }

    private mutating func end(_ mark: NumberParts.Mark) {
        if markCount == 0 {
            leadCount = digitCount
        } else {
            if digitCount != 3 && !(digitCount == 2 && leadCount <= 2) { hasSoundGroups = false }
            if let otherMark, otherMark != lastMark { hasMixedMarks = true }
            otherMark = lastMark
        }
        lastMark = mark
        markCount += 1
        digitCount = 0
    }
}
