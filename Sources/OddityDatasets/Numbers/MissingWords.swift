/// The words that stand for a missing value among numbers, beside those of ``MissingTokens``.
///
/// They are known in columns of numbers and of times only: in a column of text, `none` or `-` may be a category.
enum MissingWords {
    private static let words: [[UInt8]] =
        [
            // The errors of spreadsheets, in the languages that translate them.
            "#div/0!", "#n/a", "#n/v", "#nv", "#value!", "#ref!", "#num!", "#name?", "#null!",
            "#calc!", "#spill!",
            "#wert!", "#zahl!", "#bezug!", "#valeur!", "#nombre!", "#¡div/0!", "#¡valor!", "#error",
            "#error!",
            "#####",
            "-", "--", "---", "–", "—", ".", "..", "...", "…", "?", "??", "*",
            "na", "n/a", "n.a.", "n.a", "n/d", "n.d.", "nd", "k.a.", "k. a.", "s/d", "s.d.",
            "nan", "-nan", "nil", "null", "none", "(null)", "<null>", "<na>", "undefined", "void",
            "missing", "unknown", "empty", "blank", "not available", "not applicable",
            "not measured",
            "no data", "nodata", "no value",
        ].map { Array($0.utf8) }
    private static let longest = words.map(\.count).max() ?? 0
    private static let table: LevelTable = {
        var table = LevelTable()
        for word in words { _ = word.withUnsafeBufferPointer { table.insert($0) } }
        return table
    }()

    /// Whether bytes without outer blanks are such a word, in any case.
    static func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count <= longest else { return false }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longest) { lowered in
            for (index, byte) in text.enumerated() {
                lowered[index] = 0x41...0x5A ~= byte ? byte | 0x20 : byte
            }
            return table.number(of: UnsafeBufferPointer(rebasing: lowered[..<text.count])) != nil
        }
    }
}
