extension TableReader {
    /// Reads the first block and passes over the byte-order mark.
    static func start(_ records: RecordReader) throws(DatasetError) {
        try records.fill()
        let start = records.pending
        if start.starts(with: [0xEF, 0xBB, 0xBF]) {
            records.skip(3)
        } else if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
            || start.starts(with: [0, 0, 0xFE, 0xFF])
        {
            throw DatasetError(
                .unsupportedEncoding,
                "the text is UTF-16 or UTF-32; save the file as UTF-8",
                at: DataLocation(file: records.source.path)
            )
        }
    }

    /// Reads past blank lines to the first record; the record stays the reader's current one.
    static func readFirstRecord(_ records: RecordReader) throws(DatasetError) -> [String] {
        repeat {
            guard try records.next() else {
                throw DatasetError(
                    .emptyFile,
                    "the file is empty; give one with a header and rows",
                    at: DataLocation(file: records.source.path)
                )
            }
        } while records.isBlankLine
        var fields: [String] = []
        for index in 0..<records.fieldCount {
            fields.append(records.text(index) ?? "\u{FFFD}")
        }
        return fields
    }

    /// A delimiter that could not be told from the rest of the syntax is refused.
    static func check(_ delimiter: UInt8, _ path: String) throws(DatasetError) {
        let reserved: [UInt8] = [0, UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
        guard !reserved.contains(delimiter), delimiter < 0x80, delimiter != UInt8(ascii: " ")
        else {
            throw DatasetError(
                .conflictingOptions,
                "a space, a quote, a line end or a byte beyond ASCII cannot be the delimiter;"
                    + " name another",
                at: DataLocation(file: path)
            )
        }
    }

    /// The columns' names: the first record, or `column1`, `column2`, … where there is no name.
    static func names(
        _ firstRecord: [String],
        _ dialect: CSVDialect,
        _ path: String
    ) throws(DatasetError) -> [String] {
        var positions: [String: Int] = [:]
        var names: [String] = []
        for (index, field) in firstRecord.enumerated() {
            let isNamed = dialect.hasHeader && !field.isEmpty
            let name = isNamed ? field : "column\(index + 1)"
            if isNamed, field.unicodeScalars.contains("\u{FFFD}") {
                throw DatasetError(
                    .invalidUTF8,
                    "the name of column \(index + 1) is not valid UTF-8; save the file as UTF-8",
                    at: DataLocation(file: path, line: 1)
                )
            }
            if let other = positions[name] {
                throw DatasetError(
                    .duplicateColumn,
                    "columns \(other + 1) and \(index + 1) are both named \(quoted(name));"
                        + " rename one of them",
                    at: DataLocation(file: path, line: 1)
                )
            }
            positions[name] = index
            names.append(name)
        }
        return names
    }
}
