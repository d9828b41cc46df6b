extension RecordReader {
    /// More bytes than this do not close a table.
    private static let restSize = 32 << 10

    /// The records behind the current one, which is read anew; nil where they are more than a few, or not all there.
    ///
    /// What is still to come from a stream is not waited for: it may be more.
    ///
    /// - Parameters:
    ///   - limit: The most records.
    ///   - isWanted: What all of them must be.
    func rest(
        limit: Int,
        where isWanted: ([SampleField]) -> Bool
    ) throws(DatasetError) -> [[SampleField]]? {
        guard isAtEnd || !source.isStream else { return nil }
        if !isAtEnd, pending.count < Self.restSize {
            let length = position - recordStart
            unread()
            repeat { try fill() } while !isAtEnd && pending.count < Self.restSize + length
            guard try next() else { return nil }
        }
        guard isAtEnd, pending.count <= Self.restSize else { return nil }
        let detector = DialectDetector(
            sample: pending,
            isWhole: true,
            missing: MissingTokens([]),
            comment: comment,
            escapesWithBackslash: escapesWithBackslash
        )
        for count in [1, limit + 1] {
            let records = detector.splitIntoRecords(delimiter: delimiter, limit: count)
            guard records.allSatisfy(isWanted) else { return nil }
            if records.count < count { return records }
        }
        return nil
    }

    /// Passes over all that was read.
    func skipRest() {
        position = end
    }

    /// The fields of the current record as the sample has them.
    var sampleFields: [SampleField] {
        (0..<fieldCount).map { index in
            SampleField(
                text: fields[index].style.isEscaped
                    ? String(decoding: unescaped(index), as: UTF8.self) : textForMessage(index),
                isQuoted: fields[index].style != .plain
            )
        }
    }

    /// Where the last lines begin that are held back, among the bytes that were read; blank lines do not count.
    ///
    /// Where more bytes may come, a line that has no end yet is held back besides.
    static func startOfLastLines(
        _ count: Int,
        of text: UnsafeBufferPointer<UInt8>,
        isWhole: Bool
    ) -> Int {
        func isEnd(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        }
        var cursor = text.count
        if !isWhole { while cursor > 0, !isEnd(text[cursor - 1]) { cursor -= 1 } }
        var found = 0
        var isFilled = false
        while cursor > 0 {
            let byte = text[cursor - 1]
            if isEnd(byte), isFilled {
                found += 1
                if found == count { break }
                isFilled = false
            } else if byte > UInt8(ascii: " ") {
                isFilled = true
            }
            cursor -= 1
        }
        return cursor
    }
}
