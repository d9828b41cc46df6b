/// Tells the lines below the rows, such as notes and sources, from rows.
///
/// They are known only at the end of the file: see ``RecordReader/rest(limit:where:)``. What may be a row that lacks fields is
/// none of them, so that it stays the error it is.
struct TableClosing {
    /// The most lines below the rows.
    static let limit = 30

    /// What the first rows have in their columns.
    private let columns: [SampleColumn]
    private let missing: MissingTokens
    /// Whether rows begin as comments do.
    let hasMarkedRows: Bool

    /// - Parameters:
    ///   - rows: The first rows.
    ///   - columnCount: How many fields a row has.
    init(_ rows: [[SampleField]], columnCount: Int, missing: MissingTokens) {
        let rows = rows.filter { $0.count == columnCount && !Self.isSingle($0, columnCount) }
        let unmarked = rows.filter { !Self.isMarked($0) }
        hasMarkedRows = unmarked.count * 10 < rows.count * 9
        let judged = hasMarkedRows ? rows : unmarked
        columns = (0..<columnCount).map { index in
            SampleColumn(judged.map { $0[index] }, missing: missing)
        }
        self.missing = missing
    }

    /// Whether a record is no row if nothing but such records follow.
    func isFooter(_ fields: [SampleField]) -> Bool {
        let filled = fields.indices.filter { !fields[$0].isEmpty }
        guard !filled.isEmpty else { return true }
        if Self.isMarked(fields), !hasMarkedRows { return true }
        if columns.count > 1, Self.isCount(fields) { return true }
        let isSingle = Self.isSingle(fields, columns.count)
        guard fields.count != columns.count || isSingle else { return false }
        let fits = filled.compactMap { index in
            index < columns.count && !fields[index].isMissing(missing)
                ? columns[index].fits(fields[index]) : nil
        }
        let unlike = fits.count(where: { !$0 })
        if unlike * 2 != fits.count { return unlike * 2 > fits.count }
        // Columns of text tell nothing: a line of prose stands alone.
        guard fits.isEmpty, filled.count == 1, let first = columns.first else { return false }
        let text = fields[filled[0]].text
        let isProse = text.contains(" ") || text.contains(":")
        return isProse && (fields.count < columns.count || text.count > first.longest)
    }

    /// Whether a record is the number of rows, as databases print it: `(60 rows)`.
    private static func isCount(_ fields: [SampleField]) -> Bool {
        guard fields.count == 1, let text = fields.first?.text, text.hasPrefix("("),
            text.hasSuffix(")")
        else { return false }
        let words = text.dropFirst().dropLast().split(separator: " ")
        return words.count == 2 && words[0].allSatisfy(\.isNumber)
            && words[1].allSatisfy(\.isLetter)
    }

    /// Whether a record begins with a word such as `Total`.
    static func isTotal(_ fields: [SampleField]) -> Bool {
        guard var text = fields.first?.text else { return false }
        return text.withUTF8 { TotalWords.contains($0) }
    }

    /// Whether a record of three fields or more has a single one that is filled.
    private static func isSingle(_ fields: [SampleField], _ columnCount: Int) -> Bool {
        columnCount > 2 && fields.count == columnCount && fields.count(where: { !$0.isEmpty }) == 1
    }

    private static func isMarked(_ fields: [SampleField]) -> Bool {
        guard let first = fields.first, !first.isQuoted else { return false }
        return OpeningDetector.comments.contains { first.text.hasPrefix($0) }
    }
}
