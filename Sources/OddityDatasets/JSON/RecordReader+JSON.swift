import OddityPlatform

extension RecordReader {
    /// Reads the JSON object of the next line that is not blank; false if more bytes are needed.
    ///
    /// The fields are those of ``keys``, empty where the object lacks them or has `null`. Only flat
    /// objects are read. Beyond the JSON of RFC 8259, `NaN` and `Infinity` are numbers. A line that cannot be
    /// read is passed over when its error is thrown.
    func scanObject() throws(DatasetError) -> Bool {
        guard let keys else { return false }
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

    private func error(_ problem: JSONObjectScanner.Problem) -> DatasetError {
        let location = DataLocation(file: source.path, line: recordLine)
        switch problem {
        case .syntax(let expected, let byte):
            return DatasetError(
                .invalidJSON,
                "this is no JSON object on one line: expected \(expected) at byte \(byte + 1); correct"
                    + " the line",
                at: location
            )
        case .nested(let key):
            return DatasetError(
                .nestedValue,
                "the value of \(quoted(key)) is an object or an array; write its parts as values of"
                    + " their own",
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
