extension RecordReader {
    /// The bytes of a field as they stand, without outer blanks unless they were quoted.
    ///
    /// Doubled quotes are still doubled: see ``text(_:)``.
    @inline(__always)
    func content(_ index: Int) -> UnsafeBufferPointer<UInt8> {
        let field = fields[index]
        let raw = UnsafeBufferPointer(start: bytes + field.start, count: field.end - field.start)
        return field.style == .plain ? trimmingBlanks(raw) : raw
    }

    /// The text of a field, or nil if it is not UTF-8.
    func text(_ index: Int) -> String? {
        let content = content(index)
        guard fields[index].style.isEscaped else {
            return String(validating: content, as: UTF8.self)
        }
        return String(validating: unescaped(index), as: UTF8.self)
    }

    /// The bytes of an escaped field as they are meant.
    func unescaped(_ index: Int) -> [UInt8] {
        let content = content(index)
        return switch fields[index].style {
        case .escapedJSON: JSONText.unescaped(content)
        case .escapedBackslash: withoutBackslashes(content)
        default: undoubled(content)
        }
    }

    /// The bytes without the backslashes before quotes and backslashes.
    private func withoutBackslashes(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let backslash = UInt8(ascii: "\\")
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var index = 0
        while index < content.count {
            if content[index] == backslash, index + 1 < content.count,
                content[index + 1] == backslash || content[index + 1] == UInt8(ascii: "\"")
            {
                index += 1
            }
            result.append(content[index])
            index += 1
        }
        return result
    }

    /// The bytes with every doubled quote made single.
    func undoubled(_ content: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let quote = UInt8(ascii: "\"")
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var index = 0
        while index < content.count {
            result.append(content[index])
            index += content[index] == quote ? 2 : 1
        }
        return result
    }

    /// The text of a field for a message, whatever its bytes.
    func textForMessage(_ index: Int) -> String {
        String(decoding: content(index), as: UTF8.self)
    }

    /// Whether there is nothing in any field.
    var isEmptyRecord: Bool {
        for index in 0..<fieldCount where fields[index].style != .plain || !content(index).isEmpty {
            return false
        }
        return true
    }

    /// Whether the record is a line that only separates others; see ``RuledLine``.
    func isRule(minimum: Int) -> Bool {
        guard keys == nil, source.hasLines, fieldCount > 0 else { return false }
        let line = UnsafeBufferPointer(
            start: bytes + recordStart,
            count: max(0, position - recordStart)
        )
        return RuledLine.isRule(line, delimiter: delimiter, minimum: minimum)
    }

    /// Whether the record is a line with nothing on it.
    var isBlankLine: Bool {
        keys == nil && fieldCount == 1 && fields[0].style == .plain && content(0).isEmpty
    }
}
