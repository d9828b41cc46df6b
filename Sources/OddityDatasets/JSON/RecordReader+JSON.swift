import OddityPlatform

extension RecordReader {
    /// Reads the JSON object of the next line that is not blank; false if more bytes are needed.
    ///
    /// The fields are those of ``keys``, empty where the object lacks them or has `null`. Only flat
    /// objects are read. Beyond the JSON of RFC 8259, `NaN` and `Infinity` are numbers. A line that cannot be
    /// read is passed over when its error is thrown.
    func scanObject() throws(DatasetError) -> Bool {
        guard let keys else { return false }
        if isArray { return try scanElement(keys) }
        while position < end {
            let start = position
            var lineEnd = end
            if let found = memchr(bytes + start, Int32(UInt8(ascii: "\n")), end - start) {
                lineEnd = start + (found - UnsafeMutableRawPointer(bytes + start))
            } else if !isAtEnd {
                return false
            }
            (recordStart, recordLine) = (start, nextLine)
            position = min(lineEnd + 1, end)
            nextLine += 1
            var scanner = JSONObjectScanner(
                bytes: bytes,
                position: start,
                end: lineEnd,
                fields: fields
            )
            if scanner.isBlank { continue }
            if let problem = scanner.read(keys) { throw error(problem) }
            fieldCount = keys.count
            return true
        }
        return false
    }

    /// Reads the next object of an array of objects, over as many lines as it has; false if more bytes are needed.
    private func scanElement(_ keys: JSONKeys) throws(DatasetError) -> Bool {
        var start = position
        var line = nextLine
        skipping: while start < end {
            switch bytes[start] {
            case UInt8(ascii: "\n"): line += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: ","): break
            case UInt8(ascii: "[") where !hasBegunArray: hasBegunArray = true
            case UInt8(ascii: "]"):
                // What follows the array is passed over.
                position = end
                hasEndedArray = true
                return false
            default: break skipping
            }
            start += 1
        }
        if hasEndedArray { start = end }
        (position, nextLine) = (start, line)
        guard start < end else { return false }
        guard bytes[start] == UInt8(ascii: "{") else {
            hasEndedArray = true
            recordLine = line
            throw error(.syntax("{", 0))
        }
        guard let objectEnd = objectEnd(from: start, line: &line) else {
            guard isAtEnd else { return false }
            position = end
            recordLine = nextLine
            throw error(.syntax("} before the end of the file", end - start))
        }
        (recordStart, recordLine) = (start, nextLine)
        (position, nextLine) = (objectEnd, line)
        var scanner = JSONObjectScanner(
            bytes: bytes,
            position: start,
            end: objectEnd,
            fields: fields
        )
        if let problem = scanner.read(keys) { throw error(problem) }
        fieldCount = keys.count
        return true
    }

    /// The place behind the closing brace of an object; nil where it has not come yet.
    private func objectEnd(from start: Int, line: inout Int) -> Int? {
        var depth = 0
        var isQuoted = false
        var cursor = start
        while cursor < end {
            let byte = bytes[cursor]
            cursor += 1
            if byte == UInt8(ascii: "\n") { line += 1 }
            if isQuoted {
                if byte == UInt8(ascii: "\\") { cursor += 1 }
                if byte == UInt8(ascii: "\"") { isQuoted = false }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isQuoted = true
            case UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "}"):
                depth -= 1
                if depth == 0 { return cursor }
            default: break
            }
        }
        return nil
    }

    private func error(_ problem: JSONObjectScanner.Problem) -> DatasetError {
        let location = DataLocation(file: source.path, line: recordLine)
        switch problem {
        case .syntax(let expected, let byte):
            return DatasetError(
                .invalidJSON,
                (isArray
                    ? "this is no array of flat JSON objects"
                    : "this is no JSON object on one line")
                    + ": expected \(expected) at byte \(byte + 1); correct the line"
                    + (isArray ? "" : ", or write one object a line: jq -c ."),
                at: location
            )
        case .nested(let key, let isArray):
            return DatasetError(
                .nestedValue,
                "the value of \(quoted(key)) is an object or an array; write its parts as values of"
                    + " their own"
                    + (isArray
                        ? ", or its elements a line each if they are the rows: jq -c '.[\(quoted(key))][]'"
                        : ""),
                at: location
            )
        case .repeated(let key):
            return DatasetError(
                .duplicateColumn,
                "the object has the key \(quoted(key)) twice; rename one of them",
                at: location
            )
        }
    }
}
