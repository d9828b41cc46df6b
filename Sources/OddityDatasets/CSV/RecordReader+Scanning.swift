extension RecordReader {
    /// Splits one record from the buffer; false if more bytes are needed to see its end.
    func scanRecord() throws(DatasetError) -> Bool {
        scanPlainRecord() ? true : try scanAnyRecord()
    }

    /// Splits one record that has neither quotes nor zero bytes and whose end is there; false for any other,
    /// which ``scanAnyRecord()`` looks at.
    private func scanPlainRecord() -> Bool {
        guard !mergesBlanks else { return false }
        let bytes = self.bytes
        let end = self.end
        let delimiter = self.delimiter
        var fields = self.fields
        var capacity = fieldCapacity
        var count = 0
        var start = position
        separators.move(to: start)
        let positions = separators.positions
        var next = separators.next
        var last = separators.count

        while true {
            if next == last {
                guard separators.extend(over: bytes, to: end, delimiter: delimiter) else {
                    return false
                }
                next = 0
                last = separators.count
            }
            var stop = Int(positions[next])
            next += 1
            if count == capacity {
                growFields()
                fields = self.fields
                capacity = fieldCapacity
            }
            fields[count] = FieldRange(start: start, end: stop, style: .plain)
            count += 1
            let byte = bytes[stop]
            if byte == delimiter {
                start = stop + 1
                continue
            }
            if byte == UInt8(ascii: "\r"), stop + 1 < end, bytes[stop + 1] == UInt8(ascii: "\n") {
                stop += 1
            } else if byte != UInt8(ascii: "\n") {
                return false
            }
            separators.move(to: stop + 1, next: next)
            recordStart = position
            recordLine = nextLine
            position = stop + 1
            nextLine += 1
            fieldCount = count
            return true
        }
    }

    /// Splits one record from the buffer byte by byte; false if more bytes are needed to see its end.
    private func scanAnyRecord() throws(DatasetError) -> Bool {
        let bytes = self.bytes
        let stops = self.stops
        let end = self.end
        let delimiter = self.delimiter
        var fields = self.fields
        var capacity = fieldCapacity
        var count = 0
        var cursor = position
        var line = nextLine
        if mergesBlanks { cursor = skipBlanks(from: cursor) }

        while true {
            if count == capacity {
                growFields()
                fields = self.fields
                capacity = fieldCapacity
            }
            var field = FieldRange(start: cursor, end: cursor, style: .plain)
            if bytes[cursor] <= UInt8(ascii: "\"") {
                let opening = skipBlanks(from: cursor)
                if bytes[opening] == UInt8(ascii: "\"") {
                    guard let close = try scanQuoted(from: opening, line: &line, field: &field)
                    else { return false }
                    cursor = close
                }
            }
            while !stops[Int(bytes[cursor])] { cursor += 1 }
            if field.style == .plain { field.end = cursor }
            fields[count] = field
            count += 1

            var byte = bytes[cursor]
            if mergesBlanks, byte == delimiter || byte == CSVDialect.tab {
                cursor = skipBlanks(from: cursor)
                byte = bytes[cursor]
                // Blanks before the end of a line set no field apart.
                guard byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { continue }
            }
            if byte == delimiter {
                cursor += 1
                continue
            }
            if byte == 0 { throw zeroByte(line: line) }
            if cursor == end, !isAtEnd { return false }
            if byte == UInt8(ascii: "\r") {
                if cursor + 1 == end, !isAtEnd { return false }
                if cursor + 1 < end, bytes[cursor + 1] == UInt8(ascii: "\n") { cursor += 1 }
            }
            recordStart = position
            recordLine = nextLine
            position = min(cursor + 1, end)
            nextLine = line + 1
            fieldCount = count
            return true
        }
    }

    private func skipBlanks(from start: Int) -> Int {
        var cursor = start
        while bytes[cursor] == UInt8(ascii: " ")
            || (bytes[cursor] == UInt8(ascii: "\t") && delimiter != CSVDialect.tab)
        {
            cursor += 1
        }
        return cursor
    }

    /// Reads a quoted field; the position of the delimiter or line end after it, or nil if more
    /// bytes are needed.
    private func scanQuoted(
        from opening: Int,
        line: inout Int,
        field: inout FieldRange
    ) throws(DatasetError) -> Int? {
        let bytes = self.bytes
        let firstLine = line
        field = FieldRange(start: opening + 1, end: opening + 1, style: .quoted)
        var cursor = opening + 1
        while true {
            guard cursor < end else {
                guard isAtEnd else { return nil }
                throw unterminatedQuote(line: firstLine)
            }
            let byte = bytes[cursor]
            cursor += 1
            guard byte <= UInt8(ascii: "\"") else {
                guard byte == UInt8(ascii: "\\"), escapesWithBackslash else { continue }
                if cursor >= end, !isAtEnd { return nil }
                let escaped = bytes[cursor]
                if cursor < end, escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\") {
                    field.style = .escapedBackslash
                    cursor += 1
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""):
                if cursor == end, !isAtEnd { return nil }
                if cursor < end, bytes[cursor] == UInt8(ascii: "\""), !escapesWithBackslash {
                    field.style = .escaped
                    cursor += 1
                    continue
                }
                field.end = cursor - 1
                // A blank that sets fields apart is no blank after a quote.
                if !mergesBlanks { cursor = skipBlanks(from: cursor) }
                if cursor >= end, !isAtEnd { return nil }
                guard stops[Int(bytes[cursor])] else {
                    throw textAfterQuote(
                        line: line,
                        isBackslash: bytes[field.end - 1] == UInt8(ascii: "\\")
                    )
                }
                return cursor
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: "\r"):
                if cursor == end, !isAtEnd { return nil }
                if bytes[cursor] != UInt8(ascii: "\n") { line += 1 }
            case 0: throw zeroByte(line: line)
            default: break
            }
        }
    }

    private func zeroByte(line: Int) -> DatasetError {
        DatasetError(
            .zeroByte,
            "a zero byte: this is not a text file, or it is UTF-16 without a mark (--encoding utf-16le)",
            at: source.location(line: line)
        )
    }

    private func unterminatedQuote(line: Int) -> DatasetError {
        DatasetError(
            .unterminatedQuote,
            "the quote opened here is never closed; close or double it",
            at: source.location(line: line)
        )
    }

    private func textAfterQuote(line: Int, isBackslash: Bool) -> DatasetError {
        DatasetError(
            .textAfterQuote,
            isBackslash
                ? "a backslash before a quote: give --quote-escape backslash if it is meant to stand for the quote"
                : "text follows a closing quote; double the quotes inside a quoted field",
            at: source.location(line: line)
        )
    }
}
