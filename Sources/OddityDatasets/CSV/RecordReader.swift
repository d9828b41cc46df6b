import OddityPlatform

/// Where a field lies in the reader's buffer.
struct FieldRange {
    var start: Int
    var end: Int
    var style: FieldStyle
}

/// How a field was written.
enum FieldStyle: UInt8 {
    /// Without quotes.
    case plain
    /// In quotes, with nothing to undo inside.
    case quoted
    /// In quotes, with doubled quotes inside.
    case escaped
    /// In quotes, with backslashes before quotes inside.
    case escapedBackslash
    /// In quotes, with the escapes of JSON inside.
    case escapedJSON

    /// Whether the bytes differ from the text.
    var isEscaped: Bool { self == .escaped || self == .escapedBackslash || self == .escapedJSON }
}

/// Splits bytes into records and fields, without copying them.
///
/// Lines end with LF, CR LF or a lone CR; a quoted field may hold line ends, delimiters and doubled
/// quotes. Blanks before an opening quote and after a closing one are dropped. A quote inside an
/// unquoted field is an ordinary byte.
final class RecordReader {
    /// A longer record is taken for an unclosed quote rather than read into memory.
    static let recordLimit = 64 << 20
    static let blockSize = 512 << 10
    /// A longer record is searched for its end only after it has grown by a quarter, so that one that
    /// arrives in small pieces is not gone over for each of them.
    private static let eagerLimit = 256 << 10

    let source: ByteStream
    /// The byte between fields; a blank stands for any number of blanks and tabs.
    var delimiter: UInt8 = CSVDialect.comma {
        didSet {
            mergesBlanks = delimiter == CSVDialect.blank
            classify()
        }
    }
    private var mergesBlanks = false
    /// What lines begin with that are no records.
    var comment: [UInt8] = []
    /// The number of such lines that were passed over.
    private(set) var commentCount = 0
    /// Whether a backslash stands before quotes in quoted fields, rather than another quote.
    var escapesWithBackslash = false

    /// The fields of the current record.
    private(set) var fields: UnsafeMutablePointer<FieldRange>
    /// The keys that are read, where records are JSON objects; a field for each.
    var keys: JSONKeys? {
        didSet { while fieldCapacity < keys?.count ?? 0 { growFields() } }
    }
    /// Whether the objects are the elements of one array.
    var isArray = false
    /// Whether the array's opening and its closing bracket were read.
    var hasBegunArray = false
    var hasEndedArray = false
    /// The most bytes of a record.
    var recordLimit = RecordReader.recordLimit
    var fieldCount = 0
    /// The buffer that the fields point into, good until the next record is read.
    private(set) var bytes: UnsafeMutablePointer<UInt8>
    /// The physical line on which the current record starts.
    var recordLine = 1

    private var fieldCapacity = 64
    private var capacity: Int
    var recordStart = 0
    var position = 0
    /// Where the bytes end that may be split.
    private(set) var end = 0
    /// The number of lines at the end of the file that are no records: they are held back.
    var heldLineCount = 0
    /// Where the bytes end that were read.
    private var filled = 0
    /// The first byte that is held back, in place of which a line end stands.
    private var heldByte: UInt8 = 0
    var nextLine = 1
    /// Whether what is left of a line is passed over.
    var isDiscarding = false
    private(set) var isAtEnd = false
    /// Nonzero for the bytes that may end a field.
    private let stops: UnsafeMutablePointer<Bool>
    private var separators = SeparatorIndex()

    init(source: ByteStream, blockSize: Int = RecordReader.blockSize) {
        self.source = source
        capacity = blockSize
        // One byte more than is read, for a line end that stops every scan.
        bytes = .allocate(capacity: capacity + 1)
        fields = .allocate(capacity: fieldCapacity)
        stops = .allocate(capacity: 256)
        classify()
    }

    deinit {
        bytes.deallocate()
        fields.deallocate()
        stops.deallocate()
    }

    /// The bytes read and not yet split; read a first block with ``fill()`` before.
    var pending: UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: bytes + position, count: end - position)
    }

    /// The bytes read and not yet split, with those that are held back; only ``rewind()`` may follow.
    func allPending() -> UnsafeBufferPointer<UInt8> {
        if end < filled { bytes[end] = heldByte }
        return UnsafeBufferPointer(start: bytes + position, count: filled - position)
    }

    /// Passes over bytes at the start of the file.
    ///
    /// - Parameter lines: The number of line ends among them.
    func skip(_ count: Int, lines: Int = 0) {
        position += count
        nextLine += lines
    }

    /// Goes back to the first byte of the file.
    func rewind() throws(DatasetError) {
        try source.rewind()
        position = 0
        (end, filled) = (0, 0)
        nextLine = 1
        isAtEnd = false
        isDiscarding = false
        (hasBegunArray, hasEndedArray) = (false, false)
        commentCount = 0
    }

    /// Goes back to the start of the current record.
    func unread() {
        position = recordStart
        nextLine = recordLine
    }

    /// Reads bytes that are there behind those that are left, a block at the most.
    func fill() throws(DatasetError) {
        if end < filled { bytes[end] = heldByte }
        if position > 0 {
            memmove(bytes, bytes + position, filled - position)
            filled -= position
            position = 0
        }
        if filled == capacity { try grow() }
        let count = try source.read(into: bytes + filled, count: capacity - filled)
        isAtEnd = count == 0
        filled += count
        end = heldLineCount == 0 ? filled : startOfHeldLines()
        if end < filled { heldByte = bytes[end] }
        bytes[end] = UInt8(ascii: "\n")
        separators.reset()
    }

    /// Moves to the next record; false at the end of the file.
    ///
    /// - Parameter waiting: Whether to wait for a record that has not arrived yet in whole; false is
    ///   returned for it otherwise, and ``isAtEnd`` tells which it was.
    func next(waiting: Bool = true) throws(DatasetError) -> Bool {
        while true {
            if isDiscarding { discardLine() }
            if !comment.isEmpty, pending.starts(with: comment) {
                commentCount += 1
                discardLine()
                continue
            }
            if position < end, try keys == nil ? scanRecord() : scanObject() { return true }
            let left = end - position
            let wanted = left > Self.eagerLimit ? left + left / 4 : left + 1
            repeat {
                if isAtEnd || !(waiting || source.isReady()) { return false }
                try fill()
            } while end - position < wanted && !isAtEnd
        }
    }

    /// Passes over the rest of the line, where a record cannot be split, so that the next one can.
    func discardLine() {
        while position < end, bytes[position] != UInt8(ascii: "\n") { position += 1 }
        isDiscarding = position == end
        guard !isDiscarding else { return }
        position += 1
        nextLine += 1
    }

    private func startOfHeldLines() -> Int {
        position
            + Self.startOfLastLines(
                heldLineCount,
                of: UnsafeBufferPointer(start: bytes + position, count: filled - position),
                isWhole: isAtEnd
            )
    }

    private func classify() {
        stops.initialize(repeating: false, count: 256)
        for byte in [delimiter, UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0] {
            stops[Int(byte)] = true
        }
        if mergesBlanks { stops[Int(CSVDialect.tab)] = true }
        separators.reset()
    }

    private func grow() throws(DatasetError) {
        guard capacity < recordLimit else {
            throw DatasetError(
                .recordTooLong,
                "the record is longer than \(recordLimit >> 20) MB;"
                    + " look for a quote that is not closed",
                at: source.location(line: nextLine)
            )
        }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2 + 1)
        memcpy(larger, bytes, filled)
        bytes.deallocate()
        bytes = larger
        capacity *= 2
    }

    private func growFields() {
        let larger = UnsafeMutablePointer<FieldRange>.allocate(capacity: fieldCapacity * 2)
        larger.moveInitialize(from: fields, count: fieldCapacity)
        fields.deallocate()
        fields = larger
        fieldCapacity *= 2
    }
}

extension RecordReader {
    /// Splits one record from the buffer; false if more bytes are needed to see its end.
    private func scanRecord() throws(DatasetError) -> Bool {
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
