/// Decides what a column is used as, from what was seen in it.
///
/// In this order:
/// 1. Nothing in it: ignored.
/// 2. All values are numbers:
///    - integers of which one exceeds 2^53: ignored, an identifier;
///    - integers of one width of which one starts with 0 (`0042`): codes, judged as text is;
///    - 0, 1, 2 … or 1, 2, 3 … in file order, over 20 rows or more: ignored, row numbers;
///    - integers under a name such as `id`, `index` or `row`, all different, over 20 rows or more:
///      ignored, row numbers or identifiers;
///    - anything else: numeric.
/// 3. More than 95 % of the values are numbers, in 20 rows or more: an error, for the text is more
///    likely a slip than a category.
/// 4. All values look like dates or times, or the first text is a number with a decimal comma:
///    ignored.
/// 5. Text of at most 50 levels, each seen twice on average (or fewer than 20 rows), or of at most
///    1,000 levels that are at most 5 % of the values: categorical. Anything else: ignored.
struct ColumnDecision {
    /// Fewer rows say too little to call a column row numbers, or a text a slip.
    static let fewRows = 20
    static let categoryLimit = 50

    let name: String
    let profile: ColumnProfile
    let file: String

    /// The kind of the column and the reason for it.
    func decide() throws(DatasetError) -> (kind: ColumnKind, reason: String) {
        let present = profile.presentCount
        guard present > 0 else { return (.ignored, "no values") }
        let numbers = profile.numberCount + profile.infiniteCount
        if numbers == present {
            if let reason = profile.isIntegral ? identifierReason : nil {
                return (.ignored, reason)
            }
            if profile.isIntegral, profile.hasLeadingZeros, profile.hasFixedWidth {
                return judgeText("codes with leading zeros")
            }
            try refuseInfinity()
            return (.numeric, "all values are numbers")
        }
        if numbers * 20 > present * 19, present >= Self.fewRows { throw strayText }
        if profile.isTimestamps { return (.ignored, "dates or times") }
        if let text = profile.firstText?.text, hasDecimalComma(text) {
            return (.ignored, "decimal commas, as in \(quoted(text)); write points to use it")
        }
        return judgeText("text")
    }

    /// Checks a column that the caller declared numeric.
    func requireNumbers() throws(DatasetError) {
        if profile.firstText != nil { throw strayText }
        try refuseInfinity()
    }

    private var identifierReason: String? {
        if profile.exceedsExactIntegers {
            return "integers beyond 2^53: an identifier, which a number would round"
        }
        guard profile.presentCount >= Self.fewRows, profile.missingCount == 0 else { return nil }
        let first = profile.firstNumber
        if profile.isConsecutive, first == 0 || first == 1 {
            return "row numbers, counting up from \(first == 0 ? 0 : 1)"
        }
        let isDistinct =
            profile.isIncreasing || profile.hasManyLevels
            || profile.distinctCount == profile.presentCount
        guard isDistinct, Self.identifierNames.contains(normalizedName) else { return nil }
        return "an identifier, by its name and its distinct integers"
    }

    private static let identifierNames: Set<String> = [
        "id", "index", "idx", "row", "rowid", "rowindex", "rownumber", "rownum", "rowno", "uid",
        "recordid", "lineno", "linenumber",
    ]

    private var normalizedName: String {
        name.lowercased().filter { $0.isLetter || $0.isNumber }
    }

    /// Whether a comma in place of the point is all that keeps a text from being a number.
    private func hasDecimalComma(_ text: String) -> Bool {
        let pieces = text.split(separator: ",", omittingEmptySubsequences: false)
        guard pieces.count == 2, !pieces[0].isEmpty, !pieces[1].isEmpty,
            !text.contains("."), case .number = FloatParser.parse(pieces.joined(separator: "."))
        else { return false }
        return true
    }

    private func judgeText(_ what: String) -> (kind: ColumnKind, reason: String) {
        let present = profile.presentCount
        let levels = profile.distinctCount
        guard !profile.hasManyLevels else {
            return (.ignored, "\(what) of more than \(levels) levels")
        }
        let isFew =
            levels <= Self.categoryLimit && (levels * 2 <= present || present < Self.fewRows)
        if isFew || levels * 20 <= present {
            return (.categorical, "\(what) of \(levels) level\(levels == 1 ? "" : "s")")
        }
        if levels == present { return (.ignored, "\(what), different in every row") }
        return (.ignored, "\(what) of \(levels) levels in \(present) values, too many")
    }

    private var strayText: DatasetError {
        let text = profile.firstText?.text ?? ""
        let line = profile.firstText?.line
        let row = profile.firstText?.row
        let location = DataLocation(file: file, line: line, row: row, column: name)
        return .notANumber(text, at: location)
    }

    private func refuseInfinity() throws(DatasetError) {
        guard let seen = profile.firstInfinite else { return }
        throw .infiniteNumber(
            seen.text,
            at: DataLocation(file: file, line: seen.line, row: seen.row, column: name)
        )
    }
}

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
