/// Turns records into data rows: skips blank lines, counts rows, refuses ragged ones.
///
/// In a file of several columns a blank line is skipped, and so is a row of delimiters only. In a file of one column
/// a blank line is a missing value, except at the end of the file. A last row of totals is no row either.
final class RowReader {
    /// What was read.
    enum Step {
        /// A record of the right number of fields.
        case row
        /// A blank line that stands for one missing value.
        case blank
        /// No whole record has arrived, and none was to be waited for.
        case notYet
        case end
    }

    let records: RecordReader
    var columnCount: Int
    /// The number of data rows read so far.
    private(set) var rowCount = 0
    var blankCount = 0
    /// Whether rows may have one empty field more than there are columns.
    var dropsTrailingField = false
    /// The number of rows with nothing in them that were passed over.
    private(set) var emptyCount = 0
    /// The number of lines of dashes and the like that were passed over.
    private(set) var ruleCount = 0
    /// Whether the last row was one of totals.
    private(set) var hasTotals = false
    /// Whether a row that begins as one of totals is a row like others, as where one was seen in the middle.
    var keepsTotals = false
    /// What tells lines below the rows from rows; nil where there are none.
    var closing: TableClosing? {
        didSet { (hasClosing, hasMarks) = (closing != nil, closing?.hasMarkedRows == false) }
    }
    private var hasClosing = false
    /// Whether no row begins as comments do, so that one that does may be none.
    private var hasMarks = false
    /// The number of lines below the rows that were passed over.
    private(set) var footerCount = 0
    private var isHolding = false

    init(records: RecordReader, columnCount: Int) {
        self.records = records
        self.columnCount = columnCount
    }

    /// Starts counting anew, at the first data row.
    func restart(columnCount: Int) {
        self.columnCount = columnCount
        rowCount = 0
        blankCount = 0
        emptyCount = 0
        ruleCount = 0
        hasTotals = false
        footerCount = 0
        isHolding = false
    }

    /// Moves to the next data row.
    ///
    /// - Parameter waiting: Whether to wait for a row that is still on its way.
    func next(waiting: Bool = true) throws(DatasetError) -> Step {
        if isHolding {
            if blankCount > 0 {
                blankCount -= 1
                rowCount += 1
                return .blank
            }
            isHolding = false
            rowCount += 1
            return .row
        }
        while try records.next(waiting: waiting) {
            if records.fieldCount == 1, records.isBlankLine {
                if columnCount == 1 { blankCount += 1 }
                continue
            }
            if records.fieldCount != columnCount {
                guard dropsTrailingField, records.fieldCount == columnCount + 1,
                    records.content(columnCount).isEmpty
                else {
                    if isRule() { continue }
                    if try isFooter() { continue }
                    throw raggedRow()
                }
            }
            if records.keys == nil,
                RuledLine.mayBegin(with: records.bytes[records.fields[0].start]), isRule()
            {
                continue
            }
            if columnCount > 1, records.keys == nil {
                let first = records.fields[0]
                if first.end == first.start || records.bytes[first.start] <= UInt8(ascii: " "),
                    records.isEmptyRecord
                {
                    emptyCount += 1
                    continue
                }
                let mark = records.bytes[first.start]
                if TotalWords.mayBegin(with: mark), !keepsTotals, try isTotals() { continue }
                if hasClosing,
                    hasMarks && OpeningDetector.mayBeginComment(with: mark)
                        || records.fields[1].start == records.fields[1].end,
                    try isFooter()
                {
                    continue
                }
            }
            if blankCount > 0 {
                isHolding = true
                return try next(waiting: waiting)
            }
            rowCount += 1
            return .row
        }
        return records.isAtEnd ? .end : .notYet
    }

    /// Whether the current record holds totals: it begins with a word such as `Total`, and no row follows.
    private func isTotals() throws(DatasetError) -> Bool {
        guard rowCount > 0, TotalWords.contains(records.content(0)) else { return false }
        guard try endsRows() else {
            keepsTotals = true
            return false
        }
        hasTotals = true
        return true
    }

    /// Whether the current record is below the rows: it is like none, and no row follows.
    private func isFooter() throws(DatasetError) -> Bool {
        guard rowCount > 0, let closing, records.keys == nil else { return false }
        if records.fieldCount == columnCount, !mayBeFooter { return false }
        guard closing.isFooter(records.sampleFields), try endsRows() else { return false }
        footerCount += 1
        return true
    }

    /// Whether a record of as many fields as a row begins as a comment, or has a single field that is filled.
    private var mayBeFooter: Bool {
        let first = records.content(0)
        if hasMarks, let mark = first.first, OpeningDetector.mayBeginComment(with: mark),
            mark != UInt8(ascii: "/") || first.dropFirst().first == mark
        {
            return true
        }
        var filledCount = 0
        for index in 0..<columnCount where !records.content(index).isEmpty {
            filledCount += 1
            if filledCount > 1 { return false }
        }
        return true
    }

    /// Passes over what is behind the current record where no row is there, and says whether that is so.
    private func endsRows() throws(DatasetError) -> Bool {
        let rest = try records.rest(limit: TableClosing.limit) { fields in
            closing?.isFooter(fields) ?? fields.allSatisfy(\.isEmpty)
                || TableClosing.isTotal(fields)
        }
        guard let rest else { return false }
        let empty = rest.count { $0.allSatisfy(\.isEmpty) }
        let totals = rest.count(where: TableClosing.isTotal)
        emptyCount += empty
        footerCount += rest.count - empty - totals
        if totals > 0 { hasTotals = true }
        records.skipRest()
        return true
    }

    /// Counts a line that only separates rows, where the current record is one.
    private func isRule() -> Bool {
        // In a single column a few dashes may be a value.
        guard records.isRule(minimum: columnCount == 1 ? 5 : 3) else { return false }
        ruleCount += 1
        return true
    }

    /// Counts a row that could not be split into its fields.
    func countBadRow() {
        rowCount += 1
    }

    /// The place of a value of the current row.
    func location(column: String? = nil) -> DataLocation {
        records.source.location(line: records.recordLine, row: rowCount, column: column)
    }

    private func raggedRow() -> DatasetError {
        let found = records.fieldCount
        let between = records.delimiter == CSVDialect.blank ? " between blanks" : ""
        let text = records.textForMessage(0)
        let mark = OpeningDetector.comments.first { text.hasPrefix($0) }
        let remedy =
            mark.map { "leave out lines that begin so with --comment \(quoted($0))" }
            ?? "fix the line, or name the delimiter if it was guessed wrongly"
        return DatasetError(
            .raggedRow,
            "expected \(columnCount) field\(columnCount == 1 ? "" : "s")\(between), found \(found);"
                + " \(remedy)",
            at: records.source.location(line: records.recordLine, row: rowCount + 1)
        )
    }
}
