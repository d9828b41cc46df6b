extension TableReader {
    /// Whether the first byte that is no blank begins a JSON object.
    static func beginsWithObject(_ records: RecordReader) -> Bool {
        records.pending.first { $0 != UInt8(ascii: " ") && !(9...13).contains($0) }
            == UInt8(ascii: "{")
    }

    /// Whether the first bytes that are no blanks begin an array of JSON objects.
    static func beginsWithArray(_ records: RecordReader) -> Bool {
        let marks = records.pending.lazy.filter {
            $0 != UInt8(ascii: " ") && !(9...13).contains($0)
        }
        return marks.prefix(2).elementsEqual("[{".utf8)
    }

    /// Whether they begin another array of JSON, which has no names for columns.
    static func refuseOtherArray(_ records: RecordReader) throws(DatasetError) {
        let marks = records.pending.lazy.filter {
            $0 != UInt8(ascii: " ") && !(9...13).contains($0)
        }
        if marks.elementsEqual("[]".utf8) {
            throw DatasetError(
                .noRows,
                "the JSON array is empty; give one of objects",
                at: DataLocation(file: records.source.path)
            )
        }
        guard marks.prefix(2).elementsEqual("[[".utf8) else { return }
        throw DatasetError(
            .invalidJSON,
            "a JSON array of arrays has no names for columns; write objects, or one row a line: jq -r '.[] | @csv'",
            at: DataLocation(file: records.source.path)
        )
    }

    /// The keys of the first object, which is left to be read.
    static func readFirstKeys(_ records: RecordReader) throws(DatasetError) -> [String] {
        let keys = JSONKeys([], collectsUnknown: true)
        records.keys = keys
        _ = try records.next()
        records.unread()
        return try keys.allNames(at: DataLocation(file: records.source.path, line: 1))
    }

    /// Reads the whole file for the keys of its objects, in the order in which they first appear.
    func allKeys() throws(DatasetError) -> [String] {
        try beginRows()
        let records = rows.records
        let keys = JSONKeys(columnNames, collectsUnknown: true)
        records.keys = keys
        while !keys.isOverLimit, try records.next() {}
        let names = try keys.allNames(at: DataLocation(file: path, line: records.recordLine))
        guard !names.isEmpty else { throw noRows() }
        return names
    }
}
