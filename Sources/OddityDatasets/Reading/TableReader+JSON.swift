extension TableReader {
    /// How text is written: as the options say, else as it begins.
    ///
    /// - Throws: ``DatasetError`` for an array of JSON that holds no objects, and options that contradict one another.
    static func format(
        of records: RecordReader,
        _ options: ReadingOptions
    ) throws(DatasetError) -> TableFormat {
        if options.format == .jsonLines || options.format == .jsonArray, options.speaksOfLines {
            throw DatasetError(
                .conflictingOptions,
                "options such as --delimiter and --header are for delimited text, and JSON was asked for",
                at: DataLocation(file: records.source.path)
            )
        }
        let marks = records.pending.lazy.filter {
            $0 != UInt8(ascii: " ") && !(9...13).contains($0)
        }
        switch options.format {
        case .jsonArray where marks.first != UInt8(ascii: "["):
            throw DatasetError(
                .invalidJSON,
                "this is no JSON array, which was asked for; name another format, or none",
                at: DataLocation(file: records.source.path)
            )
        case .jsonArray: try refuseOtherArray(marks, records)
        case .some(let format): return format
        case nil where options.speaksOfLines: return .delimited
        case nil: try refuseOtherArray(marks, records)
        }
        if marks.prefix(2).elementsEqual("[{".utf8) || options.format != nil { return .jsonArray }
        return marks.first == UInt8(ascii: "{") ? .jsonLines : .delimited
    }

    /// Refuses an array of JSON that holds no objects, and so no names for columns.
    private static func refuseOtherArray(
        _ marks: some Sequence<UInt8>,
        _ records: RecordReader
    ) throws(DatasetError) {
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
    ///
    /// - Parameter isNamed: whether the caller names the format, so that this must be JSON.
    static func readFirstKeys(
        _ records: RecordReader,
        isNamed: Bool
    ) throws(DatasetError) -> [String] {
        let keys = JSONKeys([], collectsUnknown: true)
        records.keys = keys
        do {
            _ = try records.next()
        } catch let error where error.code == .invalidJSON && !isNamed {
            throw DatasetError(
                error.code,
                error.message + "; --input-format delimited if it is no JSON",
                at: error.location
            )
        }
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
