extension RowDecoder {
    /// Where a decoder stands in its bytes, to go on from there with another one.
    public struct Position: Codable, Equatable, Sendable {
        /// The names of the columns; nil for JSON.
        fileprivate var names: [String]?
        fileprivate var delimiter: UInt8
        /// The physical line of the next byte, counted from 1.
        public fileprivate(set) var line: Int
        /// Blank lines of a single column, which count once a row follows.
        fileprivate var blankCount: Int
        /// Whether the rest of a bad row is still to be passed over.
        fileprivate var isDiscarding: Bool

        /// Whether a decoder can have come here after so many bytes.
        public func isPossible(afterByteCount count: Int) -> Bool {
            // Every line has a byte at least, and blank lines are lines.
            guard count >= 0, line >= 1, line - 1 <= count, 0..<line ~= blankCount else {
                return false
            }
            guard let names else { return true }
            let reserved = [0, UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\"")]
            return !names.isEmpty && !reserved.contains(delimiter)
        }
    }

    /// The bytes that were taken and are part of no row yet; a decoder that goes on needs them again.
    public var pendingByteCount: Int { rows.records.pending.count + source.pushedCount }

    /// Where the first of the pending bytes stands; nil before the header is complete.
    public var position: Position? {
        guard hasHeader else { return resumedPosition }
        let records = rows.records
        return Position(
            names: header?.names,
            delimiter: records.delimiter,
            line: records.nextLine,
            blankCount: rows.blankCount,
            isDiscarding: records.isDiscarding
        )
    }

    /// Goes on where another decoder of the same schema and format stood.
    ///
    /// The bytes to feed begin with the other's pending ones.
    ///
    /// - Precondition: Nothing was fed yet.
    public func resume(at position: Position) {
        resumedPosition = position
        skipStart(header: position.names.map { ($0, position.delimiter) })
        let records = rows.records
        records.delimiter = position.delimiter
        records.nextLine = position.line
        records.isDiscarding = position.isDiscarding
        resumedBlankCount = position.blankCount
    }
}
