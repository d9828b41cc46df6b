/// Fills one column of a chunk, straight from the bytes of its fields.
struct ColumnBuilder {
    /// The storage for the kind of values.
    private enum Storage {
        case numeric(UnsafeMutablePointer<Double>)
        case categorical(UnsafeMutablePointer<Int32>)
        case text
    }

    let schema: ColumnSchema
    /// The position of the field in a record of the file.
    let field: Int
    /// The position of a field that is joined to it, in a column of text.
    private let second: Int?
    /// Whether infinities are values, and not faults.
    var keepsInfinities = false
    private let storage: Storage
    /// Whether a plain number is read without a look at the notation.
    private let readsPlainNumbers: Bool
    private var texts: [String?] = []
    private var levels = LevelTable()
    private var levelTexts: [String] = []

    init(schema: ColumnSchema, field: Int, second: Int?, capacity: Int) {
        self.schema = schema
        self.second = second
        self.field = field
        readsPlainNumbers = schema.notation?.acceptsPlainNumbers ?? true
        storage =
            switch schema.kind {
            case .numeric: .numeric(.allocate(capacity: capacity))
            case .categorical: .categorical(.allocate(capacity: capacity))
            case .time, .ignored: .text
            }
    }

    func deallocate() {
        switch storage {
        case .numeric(let numbers): numbers.deallocate()
        case .categorical(let codes): codes.deallocate()
        case .text: break
        }
    }

    /// Sets the value of a row of the chunk to missing.
    mutating func setMissing(row: Int) {
        switch storage {
        case .numeric(let numbers): numbers[row] = .nan
        case .categorical(let codes): codes[row] = -1
        case .text: texts.append(nil)
        }
    }

    /// Forgets the value of a row and of those behind it, which were read in part.
    mutating func rollBack(to row: Int) {
        if texts.count > row { texts.removeLast(texts.count - row) }
    }

    /// Reads the value of a row of the chunk from the current record.
    @inline(__always)
    mutating func set(
        row: Int,
        from rows: RowReader,
        _ records: RecordReader,
        _ missing: MissingTokens
    ) throws(DatasetError) {
        if case .numeric(let numbers) = storage, !missing.includesNumbers, readsPlainNumbers {
            let range = records.fields[field]
            let bytes = UnsafePointer(records.bytes)
            if case .number(let value) = FloatParser.parse(bytes + range.start, bytes + range.end) {
                numbers[row] = value
                return
            }
        }
        try setSlowly(row: row, from: rows, records, missing)
    }

    @inline(never)
    private mutating func setSlowly(
        row: Int,
        from rows: RowReader,
        _ records: RecordReader,
        _ missing: MissingTokens
    ) throws(DatasetError) {
        let content = records.content(field)
        if missing.contains(trimmingBlanks(content)) {
            setMissing(row: row)
            return
        }
        switch storage {
        case .numeric(let numbers):
            let text = trimmingBlanks(content)
            switch schema.notation?.parse(text) ?? NumberNotation.parsePlain(text) {
            case .number(let value): numbers[row] = value
            case .invalid where isMissing(text): numbers[row] = .nan
            case .nan: numbers[row] = .nan
            case .infinite where keepsInfinities:
                numbers[row] = text.first == UInt8(ascii: "-") ? -.infinity : .infinity
            case .infinite:
                throw .infiniteNumber(
                    records.textForMessage(field),
                    at: rows.location(column: schema.name)
                )
            case .invalid:
                throw .strayText(
                    records.textForMessage(field),
                    among: schema.notation,
                    at: rows.location(column: schema.name)
                )
            }
        case .categorical(let codes):
            codes[row] = try level(content, rows, records)
        case .text:
            guard let text = records.text(field) else { throw invalidText(rows) }
            guard let second else {
                texts.append(text)
                return
            }
            guard !missing.contains(trimmingBlanks(records.content(second))) else {
                texts.append(nil)
                return
            }
            guard let more = records.text(second) else { throw invalidText(rows) }
            texts.append(text + " " + more)
        }
    }

    /// Whether a text that is no number is known to stand for a missing one.
    private func isMissing(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        if MissingWords.contains(text) { return true }
        guard let texts = schema.notation?.missingTexts, !texts.isEmpty else { return false }
        return texts.contains(String(decoding: text, as: UTF8.self))
    }

    private mutating func level(
        _ content: UnsafeBufferPointer<UInt8>,
        _ rows: RowReader,
        _ records: RecordReader
    ) throws(DatasetError) -> Int32 {
        let (number, isNew) =
            records.fields[field].style.isEscaped
            ? records.unescaped(field).withUnsafeBufferPointer { levels.insert($0) }
            : levels.insert(content)
        if isNew {
            guard let text = records.text(field) else {
                levels.removeLast()
                throw invalidText(rows)
            }
            levelTexts.append(text)
        }
        return Int32(number)
    }

    private func invalidText(_ rows: RowReader) -> DatasetError {
        .invalidUTF8(at: rows.location(column: schema.name))
    }

    /// The column of a finished chunk; the builder starts anew.
    ///
    /// - Parameter keepsLevels: Whether the next chunk's levels must begin with this one's. If not,
    ///   they do while they are few, which saves work, and start anew when they are many.
    mutating func finish(rowCount: Int, keepsLevels: Bool) -> Column {
        switch storage {
        case .numeric(let numbers):
            let values = Array(UnsafeBufferPointer(start: numbers, count: rowCount))
            return Column(name: schema.name, values: .numeric(values))
        case .categorical(let codes):
            let values = Array(UnsafeBufferPointer(start: codes, count: rowCount))
            defer {
                if !keepsLevels, levels.isLarge {
                    levels = LevelTable()
                    levelTexts = []
                }
            }
            return Column(
                name: schema.name,
                values: .categorical(codes: values, levels: levelTexts)
            )
        case .text:
            defer { texts = [] }
            return Column(name: schema.name, values: .text(texts))
        }
    }
}

extension DatasetError {
    /// The error for text that is in another encoding.
    static func invalidUTF8(at location: DataLocation) -> DatasetError {
        DatasetError(
            .invalidUTF8,
            "the text is not valid UTF-8; save the file as UTF-8, or give --encoding windows-1252 or latin1",
            at: location
        )
    }
}
