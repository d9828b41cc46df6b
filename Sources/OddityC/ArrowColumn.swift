internal import COddityInterface
internal import OddityDatasets
internal import OddityPlatform

/// A column of a record batch of Arrow, between two of its rows.
struct ArrowColumn {
    private let name: String
    private let format: String
    private let array: ArrowArray
    /// The type of the values that indices stand for.
    private let dictionary: ArrowSchema?
    /// Where the first row is in the buffers.
    private let start: Int
    private let rowCount: Int

    /// - Throws: ``InvalidArgument`` for a column that is shorter than the batch.
    init(_ schema: ArrowSchema, _ array: ArrowArray, firstRow: Int, rowCount: Int) throws {
        name = schema.name.map { String(cString: $0) } ?? ""
        format = schema.format.map { String(cString: $0) } ?? ""
        self.array = array
        dictionary = schema.dictionary?.pointee
        start = Int(array.offset) + firstRow
        self.rowCount = rowCount
        guard array.offset >= 0, array.length >= firstRow + rowCount else {
            throw invalid("it has fewer rows than the batch")
        }
    }

    /// The column for the library; what cannot be used where it is, is converted.
    func described(in memory: ArrowMemory) throws -> oddity_column {
        var column = oddity_column()
        column.name = UnsafePointer(memory.copy(Array(name.utf8CString)))
        guard dictionary == nil, let view = try view() else {
            try fill(&column, in: memory)
            return column
        }
        column.type = view.type
        column.values = view.values
        column.offsets = view.offsets
        column.text_size = view.textSize
        column.validity = validity(in: memory)
        return column
    }

    private func invalid(_ flaw: String) -> InvalidArgument {
        InvalidArgument("column \(quoted(name)): \(flaw)")
    }

    /// A buffer of the array.
    private func buffer(_ index: Int) throws -> UnsafeRawPointer {
        guard index < array.n_buffers, let buffer = array.buffers?[index] else {
            throw invalid("its buffer \(index) is NULL")
        }
        return buffer
    }

    // MARK: Values that are used where they are

    private struct View {
        var type: Int32
        var values: UnsafeRawPointer?
        var offsets: UnsafeRawPointer?
        var textSize = 0
    }

    /// Nil for a type whose values have to be converted.
    private func view() throws -> View? {
        func numbers(_ type: Int, _ size: Int) throws -> View {
            View(type: Int32(type), values: try buffer(1) + start * size)
        }
        func texts<Offset: FixedWidthInteger>(_ type: Int, _: Offset.Type) throws -> View {
            let size = MemoryLayout<Offset>.size
            let offsets = try buffer(1) + start * size
            let end = offsets.loadUnaligned(fromByteOffset: rowCount * size, as: Offset.self)
            let bytes = array.n_buffers > 2 ? array.buffers?[2] : nil
            return View(
                type: Int32(type),
                values: bytes ?? offsets,
                offsets: offsets,
                textSize: Int(clamping: max(0, end))
            )
        }
        guard rowCount > 0 else { return nil }
        return switch format {
        case "g": try numbers(ODDITY_FLOAT64, 8)
        case "f": try numbers(ODDITY_FLOAT32, 4)
        case "l": try numbers(ODDITY_INT64, 8)
        case "u": try texts(ODDITY_UTF8, Int32.self)
        case "U": try texts(ODDITY_LARGE_UTF8, Int64.self)
        default: nil
        }
    }

    /// The bits of the rows that have a value; nil where all have one.
    private func validity(in memory: ArrowMemory) -> UnsafePointer<UInt8>? {
        guard array.null_count != 0, let bits = array.buffers?[0] else { return nil }
        let bytes = bits.assumingMemoryBound(to: UInt8.self)
        guard start % 8 != 0 else { return bytes + start / 8 }
        let shifted = memory.allocate(UInt8.self, count: (rowCount + 7) / 8)
        for row in 0..<rowCount where !isMissing(row) { shifted[row / 8] |= 1 << (row % 8) }
        return UnsafePointer(shifted)
    }

    private func isMissing(_ row: Int) -> Bool {
        guard array.null_count != 0, let bits = array.buffers?[0] else { return false }
        return !Self.bit(start + row, of: bits)
    }

    private static func bit(_ index: Int, of bits: UnsafeRawPointer) -> Bool {
        bits.load(fromByteOffset: index / 8, as: UInt8.self) >> (index % 8) & 1 == 1
    }
}

// MARK: - Values that are converted

extension ArrowColumn {
    private func fill(_ column: inout oddity_column, in memory: ArrowMemory) throws {
        if let numbers = try numbers() {
            column.type = Int32(ODDITY_FLOAT64)
            column.values = UnsafeRawPointer(memory.copy(numbers))
            return
        }
        guard let texts = try texts() else {
            throw invalid(
                "its type in Arrow, \"\(format)\", cannot be used; cast it to numbers or texts"
            )
        }
        var bytes: [UInt8] = []
        var offsets: [Int64] = [0]
        var validity = [UInt8](repeating: 0, count: (rowCount + 7) / 8)
        for (row, text) in texts.enumerated() {
            if let text {
                bytes += text
                validity[row / 8] |= 1 << (row % 8)
            }
            offsets.append(Int64(bytes.count))
        }
        column.type = Int32(ODDITY_LARGE_UTF8)
        column.text_size = bytes.count
        column.values = UnsafeRawPointer(memory.copy(bytes))
        column.offsets = UnsafeRawPointer(memory.copy(offsets))
        column.validity = memory.copy(validity)
    }

    /// Integers and durations as numbers, NaN where missing; nil for other types.
    private func numbers() throws -> [Double]? {
        guard dictionary == nil else { return nil }
        let isEmpty = rowCount == 0 && ["g", "f"].contains(format)
        if format == "n" || isEmpty { return [Double](repeating: .nan, count: rowCount) }
        if format.hasPrefix("tD"), let unit = format.last.flatMap({ Self.secondsPerUnit[$0] }) {
            return try integers("l")?.map { $0.map { Double($0) * unit } ?? .nan }
        }
        return try integers(format)?.map { $0.map { Double($0) } ?? .nan }
    }

    private static let secondsPerUnit: [Character: Double] = [
        "s": 1, "m": 1e-3, "u": 1e-6, "n": 1e-9,
    ]

    /// The whole numbers of a type, nil where missing; nil for a type of others.
    private func integers(_ format: String) throws -> [Int64?]? {
        func read<Value: FixedWidthInteger>(_: Value.Type) throws -> [Int64?] {
            guard rowCount > 0 else { return [] }
            let values = try buffer(1) + start * MemoryLayout<Value>.size
            return (0..<rowCount).map { row in
                guard !isMissing(row) else { return nil }
                let offset = row * MemoryLayout<Value>.size
                return Int64(clamping: values.loadUnaligned(fromByteOffset: offset, as: Value.self))
            }
        }
        return switch format {
        case "c": try read(Int8.self)
        case "C": try read(UInt8.self)
        case "s": try read(Int16.self)
        case "S": try read(UInt16.self)
        case "i": try read(Int32.self)
        case "I": try read(UInt32.self)
        case "l": try read(Int64.self)
        case "L": try read(UInt64.self)
        default: nil
        }
    }

    /// The values as texts, nil where missing; nil for a type that has none.
    private func texts() throws -> [[UInt8]?]? {
        if let dictionary { return try levels(dictionary) }
        switch format {
        case "b":
            guard rowCount > 0 else { return [] }
            let bits = try buffer(1)
            return (0..<rowCount).map { row in
                guard !isMissing(row) else { return nil }
                return Array((Self.bit(start + row, of: bits) ? "True" : "False").utf8)
            }
        case "u", "U": return try plainTexts()
        case "vu": return try viewedTexts()
        case "tdD": return try times("i", nanoseconds: 86_400_000_000_000)
        case "tdm": return try times("l", nanoseconds: 1_000_000)
        default:
            guard format.hasPrefix("ts"), format.count >= 4 else { return nil }
            let units: [Character: Int64] = [
                "s": 1_000_000_000, "m": 1_000_000, "u": 1_000, "n": 1,
            ]
            guard let unit = units[format[format.index(format.startIndex, offsetBy: 2)]] else {
                return nil
            }
            return try times("l", nanoseconds: unit, isLocal: format.hasSuffix(":"))
        }
    }

    /// Times by ISO 8601; those that no time can be made of are missing.
    private func times(
        _ format: String,
        nanoseconds: Int64,
        isLocal: Bool = true
    ) throws -> [[UInt8]?]? {
        try integers(format)?.map { value in
            guard let value else { return nil }
            let (product, isBeyond) = value.multipliedReportingOverflow(by: nanoseconds)
            guard !isBeyond else { return nil }
            return Array(Instant(nanoseconds: product).text(isLocal: isLocal).utf8)
        }
    }

    private func plainTexts() throws -> [[UInt8]?] {
        guard let view = try view(), let values = view.values, let offsets = view.offsets else {
            return []
        }
        func offset(_ row: Int) -> Int {
            view.type == Int32(ODDITY_UTF8)
                ? Int(offsets.loadUnaligned(fromByteOffset: row * 4, as: Int32.self))
                : Int(offsets.loadUnaligned(fromByteOffset: row * 8, as: Int64.self))
        }
        return try (0..<rowCount).map { row in
            guard !isMissing(row) else { return nil }
            let (begin, end) = (offset(row), offset(row + 1))
            guard 0...end ~= begin, end <= view.textSize else {
                throw invalid("the offsets of its texts fall")
            }
            return Array(UnsafeRawBufferPointer(start: values + begin, count: end - begin))
        }
    }

    /// Texts whose places are told by 16 bytes each: short ones are there, others in buffers.
    private func viewedTexts() throws -> [[UInt8]?] {
        guard rowCount > 0 else { return [] }
        let views = try buffer(1) + start * 16
        // The last buffer tells how long the others are.
        let dataCount = Int(array.n_buffers) - 3
        return try (0..<rowCount).map { row in
            guard !isMissing(row) else { return nil }
            let view = views + row * 16
            let length = Int(view.loadUnaligned(as: Int32.self))
            guard length > 12 else {
                return Array(UnsafeRawBufferPointer(start: view + 4, count: max(0, length)))
            }
            let index = Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))
            let offset = Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
            guard 0..<dataCount ~= index, offset >= 0 else {
                throw invalid("a text lies outside of its buffers")
            }
            let sizes = try buffer(Int(array.n_buffers) - 1)
            let size = sizes.loadUnaligned(fromByteOffset: index * 8, as: Int64.self)
            guard Int64(offset + length) <= size else {
                throw invalid("a text lies outside of its buffers")
            }
            let data = try buffer(index + 2)
            return Array(UnsafeRawBufferPointer(start: data + offset, count: length))
        }
    }

    /// The values that indices stand for, as texts.
    private func levels(_ schema: ArrowSchema) throws -> [[UInt8]?]? {
        guard let values = array.dictionary?.pointee else {
            throw invalid("its dictionary is NULL")
        }
        let column = try ArrowColumn(schema, values, firstRow: 0, rowCount: Int(values.length))
        let texts: [[UInt8]?]
        if let found = try column.texts() {
            texts = found
        } else if let numbers = try column.integers(column.format) {
            texts = numbers.map { $0.map { Array("\($0)".utf8) } }
        } else {
            throw invalid("the type of its dictionary, \"\(column.format)\", cannot be used")
        }
        return try integers(format)?.map { index in
            guard let index else { return nil }
            guard 0..<Int64(texts.count) ~= index else {
                throw invalid("index \(index) is outside of its dictionary")
            }
            return texts[Int(index)]
        }
    }
}
