/// A field of the sample.
struct SampleField {
    /// The text between the delimiters, without its quotes and outer blanks.
    let text: String
    let isQuoted: Bool

    /// Whether nothing is there.
    var isEmpty: Bool { text.isEmpty }

    /// Whether the text is a finite number.
    var isNumber: Bool {
        if case .number = FloatParser.parse(text) { return true }
        return false
    }

    /// Whether the text is a number in some notation.
    var looksNumeric: Bool {
        var copy = text
        return copy.withUTF8 { NumberParts($0)?.isNumber } ?? false
    }

    /// Whether the text is a word that stands for a missing value among numbers.
    var isWordForMissing: Bool {
        var copy = text
        return copy.withUTF8 { MissingWords.contains($0) }
    }

    /// Whether the text stands for a missing value.
    func isMissing(_ tokens: MissingTokens) -> Bool {
        tokens.contains(text)
    }
}

extension DialectDetector {
    /// The fields of the first records, see ``records(delimiter:limit:)``.
    func splitIntoRecords(delimiter: UInt8, limit: Int) -> [[SampleField]] {
        records(delimiter: delimiter, limit: limit).map(\.fields)
    }

    /// The first records and where they start, without blank lines, rules and comments; an incomplete last one only if it is
    /// the only one.
    func records(delimiter: UInt8, limit: Int) -> [(fields: [SampleField], start: Int)] {
        var records: [(fields: [SampleField], start: Int)] = []
        var fields: [SampleField] = []
        var position = 0
        var start = 0
        while position < sample.count, records.count < limit {
            if fields.isEmpty {
                if !comment.isEmpty, sample[position...].starts(with: comment) {
                    position = skipLineEnd(findLineEnd(from: position))
                    continue
                }
                if isRule(from: position, delimiter: delimiter) {
                    position = skipLineEnd(findLineEnd(from: position))
                    continue
                }
                start = position
                if delimiter == CSVDialect.blank { position = skipBlanks(position) }
            }
            let (field, next) = readField(at: position, delimiter: delimiter)
            fields.append(field)
            position = delimiter == CSVDialect.blank ? skipBlanks(next) : next
            let isEnd = position >= sample.count
            let isDelimiter =
                !isEnd
                && (delimiter == CSVDialect.blank ? position > next : sample[position] == delimiter)
            if isEnd || !isDelimiter || isLineEnd(sample[position]) {
                let isComplete = !isEnd || isWhole || records.isEmpty
                let isBlank = fields.count == 1 && fields[0].isEmpty && !fields[0].isQuoted
                if isComplete, !isBlank { records.append((fields, start)) }
                fields.removeAll(keepingCapacity: true)
                position = skipLineEnd(position)
            } else if delimiter != CSVDialect.blank {
                position += 1
                if position == sample.count {
                    fields.append(SampleField(text: "", isQuoted: false))
                    if isWhole || records.isEmpty { records.append((fields, start)) }
                }
            }
        }
        return records
    }

    private func isRule(from start: Int, delimiter: UInt8) -> Bool {
        let first = skipBlanks(start)
        guard first < sample.count, RuledLine.mayBegin(with: sample[first]) else { return false }
        let line = UnsafeBufferPointer(rebasing: sample[first..<findLineEnd(from: first)])
        return RuledLine.isRule(line, delimiter: delimiter)
    }

    private func isLineEnd(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
    }

    private func skipBlanks(_ start: Int) -> Int {
        var position = start
        while position < sample.count, FloatParser.isBlank(sample[position]) { position += 1 }
        return position
    }

    private func findLineEnd(from start: Int) -> Int {
        var position = start
        while position < sample.count, !isLineEnd(sample[position]) { position += 1 }
        return position
    }

    /// The field that starts at a position, and the position of the delimiter or line end after it.
    private func readField(at start: Int, delimiter: UInt8) -> (SampleField, Int) {
        var position = start
        while position < sample.count, sample[position] == UInt8(ascii: " ") { position += 1 }
        let quote = UInt8(ascii: "\"")
        guard position < sample.count, sample[position] == quote else {
            let end = findFieldEnd(from: position, delimiter: delimiter)
            return (SampleField(text: text(position..<end), isQuoted: false), end)
        }
        position += 1
        let content = position
        while position < sample.count {
            if escapesWithBackslash, sample[position] == UInt8(ascii: "\\") {
                position += 1
            } else if sample[position] == quote {
                guard !escapesWithBackslash, position + 1 < sample.count,
                    sample[position + 1] == quote
                else { break }
                position += 1
            }
            position += 1
        }
        let end = min(position, sample.count)
        let field = SampleField(text: text(content..<end), isQuoted: true)
        return (field, findFieldEnd(from: min(end + 1, sample.count), delimiter: delimiter))
    }

    private func findFieldEnd(from start: Int, delimiter: UInt8) -> Int {
        var position = start
        while position < sample.count {
            let byte = sample[position]
            if byte == delimiter || isLineEnd(byte) { break }
            if delimiter == CSVDialect.blank, byte == CSVDialect.tab { break }
            position += 1
        }
        return position
    }

    private func skipLineEnd(_ position: Int) -> Int {
        guard position + 1 < sample.count, sample[position] == UInt8(ascii: "\r"),
            sample[position + 1] == UInt8(ascii: "\n")
        else { return position + 1 }
        return position + 2
    }

    private func text(_ range: Range<Int>) -> String {
        let trimmed = trimmingBlanks(UnsafeBufferPointer(rebasing: sample[range]))
        return String(decoding: trimmed, as: UTF8.self)
    }
}
