extension ColumnDecision {
    /// That the values of a column of text are likely numbers, in a form that is not read.
    var unreadNumbers: String? {
        let letters: Set = ["k", "K", "M", "B", "G", "T"]
        let areMagnitudes =
            profile.notation.hasLettersForUnits
            && profile.notation.affixes.allSatisfy(letters.contains)
        let words = NameWords(name)
        guard profile.presentCount >= Self.fewRows, let example = profile.examples.first,
            !words.nameIdentifiers, !words.nameCodes,
            areMagnitudes || profile.examples.allSatisfy(UnreadNumber.matches)
        else { return nil }
        return
            "\(quoted(example)) may be a number in a form that is not read; write plain numbers, or give"
            + " --categorical \(quoted(name)) if the column is text"
    }
}

/// Texts that are likely numbers, in a form that no column of numbers has.
enum UnreadNumber {
    private static let marks: Set<Character> = [
        "=", "\"", "'", "~", "≈", "<", ">", "≤", "≥", "_",
    ]

    /// Whether a text is a hexadecimal number, one that is marked as about, above or below, as spreadsheets keep texts
    /// (`="12.5"`), with digits of another script, or an amount of money in thousands or millions (`€1.5M`).
    static func matches(_ text: String) -> Bool {
        if 3...18 ~= text.count, text.lowercased().hasPrefix("0x") {
            return text.dropFirst(2).allSatisfy(\.isHexDigit)
        }
        var plain = String(
            text.compactMap { $0.isASCII ? $0 : asciiDigit($0) }.filter { !marks.contains($0) }
        )
        if let last = plain.last, "kKMB".contains(last), plain.first?.isNumber == false {
            plain.removeLast()
        }
        guard plain != text else { return false }
        return plain.withUTF8 { bytes in
            guard let parts = NumberParts(bytes) else { return false }
            return parts.isNumber && (parts.affix.isEmpty || Currency.isKnown(parts.affix))
        }
    }

    /// A character as ASCII writes it, where it is a digit or a point of another script.
    private static func asciiDigit(_ character: Character) -> Character {
        if let digit = character.wholeNumberValue, 0...9 ~= digit {
            return Character("\(digit)")
        }
        return character == "٫" || character == "．" ? "." : character
    }
}
