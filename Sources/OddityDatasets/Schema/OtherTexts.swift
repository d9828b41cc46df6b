/// The values of a column that are no numbers in any notation.
struct OtherTexts {
    /// More different texts than these are not named one by one.
    static let limit = 50

    /// The number of values.
    private(set) var count = 0
    /// The number of those that are words for a missing value.
    private(set) var wordCount = 0
    /// The different texts that are no such words, in the order of their first appearance.
    private(set) var texts: [String] = []
    private(set) var hasMany = false
    /// The first of the words for a missing value.
    private(set) var firstWords: [String] = []
    /// The first text that is no such word.
    private(set) var first: ColumnProfile.Sighting?
    private var known = LevelTable()
    private var words = LevelTable()

    /// The number of different words for a missing value.
    var distinctWordCount: Int { words.count }

    /// The number of values that are neither numbers nor missing.
    var strayCount: Int { count - wordCount }

    /// Whether it is worth looking for numbers among further texts.
    func mayBeNumbers(beside numberCount: Int) -> Bool {
        strayCount < 64 || strayCount < 8 * numberCount
    }

    /// Takes in a word for a missing value.
    mutating func addWord(_ text: UnsafeBufferPointer<UInt8>) {
        count += 1
        wordCount += 1
        guard words.insert(text).isNew, firstWords.count < 3 else { return }
        firstWords.append(String(decoding: text, as: UTF8.self))
    }

    /// Takes in another text.
    mutating func add(
        _ text: UnsafeBufferPointer<UInt8>,
        line: Int,
        row: Int,
        of origin: ColumnProfile.Origin
    ) {
        count += 1
        if first == nil { first = ColumnProfile.Sighting(text, line: line, row: row, of: origin) }
        guard !hasMany, known.insert(text).isNew else { return }
        if texts.count == Self.limit {
            hasMany = true
            known = LevelTable()
        } else {
            texts.append(String(decoding: text, as: UTF8.self))
        }
    }
}
