/// Finds out the delimiter and the header of delimited text from its first records.
///
/// **Delimiter.** Each known delimiter splits the first 100 records, minding quotes. The one that
/// gives every record the same number of fields, two or more, wins; of several such the one with
/// more numbers among its fields, then the one with more fields. A comma that only ever stands
/// between two digits yields to another consistent delimiter, for it is a decimal comma. Where none
/// is consistent, the one whose most frequent count covers the most records wins (at least 60 %),
/// so that the reader can name the ragged line. Otherwise the file has one column.
///
/// **Header.** A number in the first record means no header. Else, a column whose first field is
/// text and whose further fields are all numbers means a header, and so does, less surely, a first
/// record of text whose names are all different.
struct DialectDetector {
    /// How a header was decided.
    struct Header: Equatable {
        /// Whether the first record names the columns.
        var isPresent: Bool
        /// False where the text alone cannot tell: no column is of numbers.
        var isCertain: Bool
    }

    private static let recordLimit = 100

    /// The start of the file, without its byte-order mark.
    let sample: UnsafeBufferPointer<UInt8>
    /// Whether the sample is the whole file, so that its last record is complete.
    let isWhole: Bool
    /// What counts as missing.
    let missing: MissingTokens

    /// The delimiter of the sample.
    func delimiter() -> UInt8 {
        let candidates = CSVDialect.knownDelimiters.map { delimiter in
            Candidate(
                delimiter: delimiter,
                records: splitIntoRecords(delimiter: delimiter, limit: Self.recordLimit)
            )
        }
        var consistent = candidates.filter(\.isConsistent)
        if consistent.count > 1, let comma = consistent.first,
            comma.delimiter == CSVDialect.comma, hasOnlyDecimalCommas
        {
            consistent.removeFirst()
        }
        if let best = consistent.max(by: { $0.rank < $1.rank }) { return best.delimiter }
        let likeliest = candidates.max { $0.agreement < $1.agreement }
        guard let likeliest, likeliest.agreement >= 0.6 else { return CSVDialect.comma }
        return likeliest.delimiter
    }

    /// Whether the first record names the columns.
    func header(delimiter: UInt8) -> Header {
        let records = splitIntoRecords(delimiter: delimiter, limit: Self.recordLimit)
        guard let names = records.first else { return Header(isPresent: true, isCertain: false) }
        guard !names.contains(where: \.isNumber) else {
            return Header(isPresent: false, isCertain: true)
        }
        let words = names.filter { !$0.isMissing(missing) }.map(\.text)
        guard !words.isEmpty else { return Header(isPresent: false, isCertain: true) }
        for (index, name) in names.enumerated() where !name.isEmpty {
            let below = records.dropFirst().compactMap { record in
                index < record.count && !record[index].isMissing(missing) ? record[index] : nil
            }
            if !below.isEmpty, below.allSatisfy(\.isNumber) {
                return Header(isPresent: true, isCertain: true)
            }
        }
        let isUnique = Set(names.map(\.text)).count == names.count
        return Header(isPresent: isUnique && words.count == names.count, isCertain: false)
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
        /// The share of records with the most frequent field count, when that is two or more.
        let agreement: Double
        let numberShare: Double

        init(delimiter: UInt8, records: [[SampleField]]) {
            self.delimiter = delimiter
            var counts: [Int: Int] = [:]
            for record in records { counts[record.count, default: 0] += 1 }
            let common = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
            fieldCount = common?.key ?? 1
            isConsistent = counts.count == 1 && fieldCount > 1
            agreement =
                fieldCount > 1 ? Double(common?.value ?? 0) / Double(max(1, records.count)) : 0
            let fields = records.joined()
            numberShare = Double(fields.count(where: \.isNumber)) / Double(max(1, fields.count))
        }

        var rank: (Double, Int) { (numberShare, fieldCount) }
    }
}
