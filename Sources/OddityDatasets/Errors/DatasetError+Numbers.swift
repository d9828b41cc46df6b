extension DatasetError {
    /// The error for text in a numeric column.
    static func notANumber(_ text: String, at location: DataLocation) -> DatasetError {
        let column = location.column ?? ""
        return DatasetError(
            .notANumber,
            "\(quoted(text)) is not a number; correct it, add --missing \(quoted(text)) to read it"
                + " as missing, or --categorical \(quoted(column)) to read the column as text",
            at: location
        )
    }

    /// The error for what is no number as those that were learned of are written.
    static func strayText(
        _ text: String,
        among notation: NumberNotation?,
        at location: DataLocation
    ) -> DatasetError {
        let problem =
            (notation ?? NumberNotation()).obstacle(to: text)
            ?? "\(quoted(text)) is not a number; correct it, or add --missing \(quoted(text)) to read it as missing"
        return DatasetError(.notANumber, problem, at: location)
    }

    /// The error for a number that is too large.
    static func infiniteNumber(_ text: String, at location: DataLocation) -> DatasetError {
        DatasetError(
            .infiniteNumber,
            "\(quoted(text)) is infinite or too large for a number; correct it, or add --missing"
                + " \(quoted(text)) to read it as missing",
            at: location
        )
    }
}

extension NumberNotation {
    /// What keeps a number that is written otherwise from being read, with what settles it; nil for other texts.
    fileprivate func obstacle(to text: String) -> String? {
        var copy = text
        return copy.withUTF8 { bytes in
            guard durations == nil, let parts = NumberParts(bytes), parts.isNumber else {
                return nil
            }
            let affix = String(decoding: parts.affix, as: UTF8.self)
            if !affixes.contains(affix) {
                let known = affixes.first { !$0.isEmpty }
                return affix.isEmpty
                    ? "\(quoted(text)) lacks the \(quoted(known ?? "")) that all numbers of the column had in training; add it"
                    : "\(quoted(text)) has \(quoted(affix)) beside its number, unlike those of the training; write it as they were"
            }
            guard parts.isWritten(with: decimalMark) else {
                let (found, before) =
                    decimalMark == .point ? ("comma", "points") : ("point", "commas")
                return
                    "\(quoted(text)) has a decimal \(found), and the column had decimal \(before) in training;"
                    + " give --decimal \(found) if all its numbers are written so now, or correct it"
            }
            return
                "\(quoted(text)) may be \(parts.shown(.point)) (--decimal point) or \(parts.shown(.comma))"
                + " (--decimal comma); say which"
        }
    }
}

extension NumberParts {
    /// The number in digits, read with a decimal mark.
    func shown(_ mark: NumberNotation.DecimalMark) -> String {
        guard case .number(let number) = value(mark) else { return "" }
        return Int64(exactly: number).map { "\($0)" } ?? "\(number)"
    }
}
