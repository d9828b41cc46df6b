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
    private(set) var mergesBlanks = false
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

    private(set) var fieldCapacity = 64
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
    let stops: UnsafeMutablePointer<Bool>
    var separators = SeparatorIndex()

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

    func growFields() {
        let larger = UnsafeMutablePointer<FieldRange>.allocate(capacity: fieldCapacity * 2)
        larger.moveInitialize(from: fields, count: fieldCapacity)
        fields.deallocate()
        fields = larger
        fieldCapacity *= 2
    }
}
