/// The words that begin a row of totals.
enum TotalWords {
    private static let words: [[UInt8]] = [
        "total", "totals", "total:", "totals:", "grand total", "subtotal", "sum", "sum:", "sums",
        "summe", "summe:",
        "gesamt", "gesamtsumme", "insgesamt", "somme", "total général", "totale", "totaal", "razem",
        "suma",
        "итого", "всего", "合计", "总计",
        "average", "average:", "avg", "mean", "mean:", "mittelwert", "durchschnitt", "moyenne",
        "promedio", "std", "stdev", "std dev", "standard deviation",
    ].map { Array($0.utf8) }
    private static let longest = words.map(\.count).max() ?? 0

    private static let first: [Bool] = {
        var first = [Bool](repeating: false, count: 256)
        for word in words {
            first[Int(word[0])] = true
            if word[0] < 0x80 { first[Int(word[0] & 0xDF)] = true }
        }
        return first
    }()

    /// Whether a word may begin with a byte.
    @inline(__always)
    static func mayBegin(with byte: UInt8) -> Bool { first[Int(byte)] }

    /// Whether bytes without outer blanks are such a word, in any case.
    static func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard text.count <= longest else { return false }
        let lowered = String(decoding: text, as: UTF8.self).lowercased()
        return words.contains(Array(lowered.utf8))
    }
}
