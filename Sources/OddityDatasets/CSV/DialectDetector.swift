/// Finds out the delimiter and the header of delimited text from its first records.
///
/// **Delimiter.** Each known delimiter splits the first 100 records, minding quotes. The one that
/// gives every record the same number of fields, two or more, wins; of several such the one with
/// more numbers among its fields, then the one with more fields. A comma that only ever stands
/// between two digits yields to another delimiter, for it is a decimal comma. Where none
/// is consistent, the one whose most frequent count covers the most records wins (at least 60 %),
/// so that the reader can name the ragged line. Otherwise the file has one column.
///
/// Where no delimiter splits the records alike, and blanks do, most fields being numbers, fields stand between blanks;
/// so they do where blanks split nine of ten records alike, titles and footers aside, so that the reader can name the
/// others. Where nine of ten records have tabs, they are the delimiter, however many.
///
/// **Header.** See ``header(delimiter:)``.
struct DialectDetector {
    static let recordLimit = 100

    /// The start of the file, without its byte-order mark.
    let sample: UnsafeBufferPointer<UInt8>
    /// Whether the sample is the whole file, so that its last record is complete.
    let isWhole: Bool
    /// What counts as missing.
    let missing: MissingTokens
    /// What lines begin with that are no records.
    var comment: [UInt8] = []
    /// Whether a backslash stands before quotes in quoted fields.
    var escapesWithBackslash = false

    /// The delimiter of the sample.
    func delimiter() -> UInt8 {
        var candidates = CSVDialect.knownDelimiters.map { delimiter in
            Candidate(
                delimiter: delimiter,
                records: splitIntoRecords(delimiter: delimiter, limit: Self.recordLimit)
            )
        }
        if hasOnlyDecimalCommas {
            let others = candidates.dropFirst() + [blanks]
            if others.contains(where: \.isConsistent)
                || others.contains(where: { $0.agreement >= 0.6 })
            {
                candidates.removeFirst()
            }
        }
        let consistent = candidates.filter(\.isConsistent)
        if let best = consistent.max(by: { $0.rank < $1.rank }) { return best.delimiter }
        if blanks.isConsistent || blanks.lacksFirstName { return CSVDialect.blank }
        if blanks.core >= 0.9 { candidates.append(blanks) }
        let likeliest = candidates.max {
            ($0.agreement, $0.numberShare) < ($1.agreement, $1.numberShare)
        }
        if let likeliest, likeliest.agreement >= 0.6 { return likeliest.delimiter }
        // Text has commas, and seldom tabs.
        let tabs = candidates.first { $0.delimiter == CSVDialect.tab }
        return tabs.map { $0.splitShare >= 0.9 } == true ? CSVDialect.tab : CSVDialect.comma
    }

    /// Fields between blanks: only where most of them are numbers, for text has blanks too.
    private var blanks: Candidate {
        let records = splitIntoRecords(delimiter: CSVDialect.blank, limit: Self.recordLimit)
        let found = Candidate(delimiter: CSVDialect.blank, records: records)
        guard found.numberShare >= 0.5, records.count > 1 else {
            return Candidate(delimiter: CSVDialect.blank, records: [])
        }
        return found
    }

    /// Whether commas occur, and each outside quotes stands between two digits.
    private var hasOnlyDecimalCommas: Bool {
        var isQuoted = false
        for (index, byte) in sample.enumerated() {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            guard byte == CSVDialect.comma, !isQuoted else { continue }
            guard index > 0, index + 1 < sample.count,
                isDigit(sample[index - 1]), isDigit(sample[index + 1])
            else { return false }
        }
        return true
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") <= 9
    }
}

extension DialectDetector {
    /// One delimiter and what it makes of the sample.
    private struct Candidate {
        let delimiter: UInt8
        let fieldCount: Int
        let isConsistent: Bool
        /// Whether the first record has one field less than all others, as R writes tables.
        let lacksFirstName: Bool
        /// The share of records with the most frequent field count, when that is two or more.
        let agreement: Double
        /// The same of the records from the first such to the last, so that titles and footers do not count.
        let core: Double
        /// The share of records of two fields or more.
        let splitShare: Double
        let numberShare: Double

        init(delimiter: UInt8, records: [[SampleField]]) {
            self.delimiter = delimiter
            var counts: [Int: Int] = [:]
            for record in records { counts[record.count, default: 0] += 1 }
            let common = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
            fieldCount = common?.key ?? 1
            isConsistent = counts.count == 1 && fieldCount > 1
            lacksFirstName =
                records.count > 2 && counts.count == 2 && fieldCount > 2
                && counts[fieldCount - 1] == 1 && records[0].count == fieldCount - 1
            agreement =
                fieldCount > 1 ? Double(common?.value ?? 0) / Double(max(1, records.count)) : 0
            let width = fieldCount
            let first = records.firstIndex { $0.count == width } ?? 0
            let last = records.lastIndex { $0.count == width } ?? -1
            core =
                last - first >= 2 && width > 1
                ? Double(common?.value ?? 0) / Double(last - first + 1) : 0
            splitShare =
                Double(records.count(where: { $0.count > 1 })) / Double(max(1, records.count))
            let fields = records.joined()
            numberShare = Double(fields.count(where: \.looksNumeric)) / Double(max(1, fields.count))
        }

        var rank: (Double, Int) { (numberShare, fieldCount) }
    }
}
