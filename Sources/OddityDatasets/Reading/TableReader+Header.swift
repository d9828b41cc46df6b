extension TableReader {
    /// The most bytes from which the delimiter and the header are found out.
    static let sampleSize = 256 << 10
    /// How long a stream that has brought a row is listened to for more of the sample.
    private static let sampleTime = Duration.milliseconds(250)

    /// Reads the first bytes and passes over the byte-order mark.
    static func start(_ records: RecordReader) throws(DatasetError) {
        while records.pending.count < 4, !records.isAtEnd { try records.fill() }
        let start = records.pending
        if start.starts(with: [0xEF, 0xBB, 0xBF]) {
            records.skip(3)
        } else if start.starts(with: [0xFF, 0xFE, 0, 0]) || start.starts(with: [0, 0, 0xFE, 0xFF]) {
            throw DatasetError(
                .unsupportedEncoding,
                "the text is UTF-32; save the file as UTF-8",
                at: DataLocation(file: records.source.path)
            )
        } else if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw DatasetError(
                .unsupportedEncoding,
                "the text is UTF-16, which is not read as it comes; send UTF-8: iconv -f utf-16 -t utf-8",
                at: DataLocation(file: records.source.path)
            )
        }
    }

    /// Refuses what is no table of text, by its first bytes.
    ///
    /// - Parameter isNamed: whether the caller names the format: then a column may be called `PAR1`.
    static func refuseForeign(_ records: RecordReader, isNamed: Bool) throws(DatasetError) {
        guard let format = ForeignFormat(records.pending) else { return }
        let isText = !records.pending.prefix(ForeignFormat.prefixSize).contains(0)
        if isNamed, isText { return }
        throw format.problem(records.source.path, isOtherAsked: isNamed)
    }

    /// Reads enough to find out the delimiter and the header.
    ///
    /// A stream may bring its rows one by one, over days; then the first ones have to do.
    static func readSample(_ records: RecordReader, lineCount: Int) throws(DatasetError) {
        var deadline: ContinuousClock.Instant?
        while records.pending.count < sampleSize, !records.isAtEnd {
            if records.source.isStream, countLines(records.pending) >= lineCount {
                let end = deadline ?? .now + sampleTime
                deadline = end
                guard records.source.isReady(within: end - .now) else { return }
            }
            try records.fill()
        }
    }

    /// The number of complete lines that are not empty.
    private static func countLines(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var count = 0
        var isEmpty = true
        for byte in bytes {
            let isEnd = byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
            if isEnd, !isEmpty { count += 1 }
            isEmpty = isEnd
        }
        return count
    }

    /// Reads past blank lines and rules to the first record; the record stays the reader's current one.
    static func readFirstRecord(_ records: RecordReader) throws(DatasetError) -> [String] {
        repeat {
            guard try records.next() else {
                throw DatasetError(
                    .emptyFile,
                    "the file is empty; give one with a header and rows",
                    at: DataLocation(file: records.source.path)
                )
            }
        } while records.isBlankLine || records.isRule(minimum: 3)
        var fields: [String] = []
        for index in 0..<records.fieldCount {
            fields.append(records.text(index) ?? "\u{FFFD}")
        }
        return fields
    }

    /// A delimiter that could not be told from the rest of the syntax is refused.
    static func check(_ delimiter: UInt8, _ path: String) throws(DatasetError) {
        let reserved: [UInt8] = [0, UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r")]
        guard !reserved.contains(delimiter), delimiter < 0x80 else {
            throw DatasetError(
                .conflictingOptions,
                "a quote, a line end or a byte beyond ASCII cannot be the delimiter;"
                    + " name another",
                at: DataLocation(file: path)
            )
        }
    }
}
