/// Finds out the delimiter and the header of delimited text from its first records.
///
/// **Delimiter.** Each known delimiter splits the first 100 records, minding quotes. The one that
/// gives every record the same number of fields, two or more, wins; of several such the one with
/// more numbers among its fields, then the one with more fields. A comma that only ever stands
/// between two digits yields to another delimiter, for it is a decimal comma. Where none
/// is consistent, the one whose most frequent count covers the most records wins (at least 60 %),
/// so that the reader can name the ragged line. Otherwise the file has one column.
///
/// Where no delimiter splits the records alike, and blanks do, most fields being numbers, fields stand between blanks.
///
/// **Header.** A column whose first field is text and whose further fields are all numbers speaks for a header, a number
/// in the first record against it (but for names that count up from 0 behind an empty one, as pandas writes), unless it has at least four numbers that count up by one and no further record does;
/// where both occur, the more frequent wins. Where neither does, a first record of text whose names are all different
/// is a header, less surely.
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
        let likeliest = candidates.max {
            ($0.agreement, $0.numberShare) < ($1.agreement, $1.numberShare)
        }
        guard let likeliest, likeliest.agreement >= 0.6 else { return CSVDialect.comma }
        return likeliest.delimiter
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

    /// Whether the first record names the columns.
    func header(delimiter: UInt8) -> Header {
        let records = splitIntoRecords(delimiter: delimiter, limit: Self.recordLimit)
        guard let names = records.first else { return Header(isPresent: true, isCertain: false) }
        let words = names.filter { !$0.isMissing(missing) }
        guard !words.isEmpty else { return Header(isPresent: false, isCertain: true) }
        // A table of pandas or R: the numbers of rows have no name, and the columns' names may count from 0.
        if names.count > 1, names[0].isEmpty, records.count > 1,
            records.dropFirst().allSatisfy({ $0.first?.isEmpty == false }),
            names.dropFirst().enumerated().allSatisfy({ $1.text == "\($0)" })
                || Set(names.map(\.text)).count == names.count && words.count == names.count - 1
                    && !names.contains(where: \.looksNumeric)
        {
            return Header(isPresent: true, isCertain: true)
        }
        // Names above columns of numbers.
        var named = 0
        for (index, name) in names.enumerated()
        where !name.isEmpty && !name.looksNumeric && !name.isWordForMissing {
            let below = records.dropFirst().compactMap { record in
                index < record.count && !record[index].isMissing(missing) ? record[index] : nil
            }
            if !below.isEmpty, below.allSatisfy({ $0.looksNumeric || $0.isWordForMissing }) {
                named += 1
            }
        }
        let numbers = names.count(where: \.looksNumeric)
        if numbers > 0 {
            let isHeader = named > numbers || isCountedUp(names, below: records.dropFirst())
            return Header(isPresent: isHeader, isCertain: true)
        }
        if named > 0 { return Header(isPresent: true, isCertain: true) }
        let isUnique = Set(names.map(\.text)).count == names.count
        return Header(isPresent: isUnique && words.count == names.count, isCertain: false)
    }

    /// Whether numbers in the first record count up by one, as years or places do, and those below do not.
    private func isCountedUp(
        _ names: [SampleField],
        below: ArraySlice<[SampleField]>
    ) -> Bool {
        func run(_ record: [SampleField]) -> Int {
            let values = record.map { Int($0.text) }
            return zip(values, values.dropFirst()).count { left, right in
                left.flatMap { left in right.map { $0 == left + 1 } } ?? false
            }
        }
        let numbers = names.count(where: \.looksNumeric)
        guard numbers >= 4, run(names) == numbers - 1 else { return false }
        return !below.isEmpty && below.allSatisfy { run($0) < numbers - 1 }
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
            let fields = records.joined()
            numberShare = Double(fields.count(where: \.looksNumeric)) / Double(max(1, fields.count))
        }

        var rank: (Double, Int) { (numberShare, fieldCount) }
    }
}
