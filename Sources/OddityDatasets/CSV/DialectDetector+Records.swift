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

    /// Whether the text stands for a missing value.
    func isMissing(_ tokens: MissingTokens) -> Bool {
        tokens.contains(text)
    }
}

extension DialectDetector {
    /// The first records, without blank lines; an incomplete last one only if it is the only one.
    func splitIntoRecords(delimiter: UInt8, limit: Int) -> [[SampleField]] {
        var records: [[SampleField]] = []
        var fields: [SampleField] = []
        var position = 0
        while position < sample.count, records.count < limit {
            let (field, next) = readField(at: position, delimiter: delimiter)
            fields.append(field)
            position = next
            let isEnd = position >= sample.count
            if isEnd || sample[position] != delimiter {
                let isComplete = !isEnd || isWhole || records.isEmpty
                let isBlank = fields.count == 1 && fields[0].isEmpty && !fields[0].isQuoted
                if isComplete, !isBlank { records.append(fields) }
                fields.removeAll(keepingCapacity: true)
                position = skipLineEnd(position)
            } else {
                position += 1
                if position == sample.count {
                    fields.append(SampleField(text: "", isQuoted: false))
                    if isWhole || records.isEmpty { records.append(fields) }
                }
            }
        }
        return records
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
            if sample[position] == quote {
                guard position + 1 < sample.count, sample[position + 1] == quote else { break }
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
            if byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
                break
            }
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
