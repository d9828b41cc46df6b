internal import COddityInterface
internal import OddityDatasets
internal import OddityPlatform

/// A column of a record batch of Arrow, between two of its rows.
struct ArrowColumn {
    let name: String
    let format: String
    let array: ArrowArray
    /// The type of the values that indices stand for.
    let dictionary: ArrowSchema?
    /// Where the first row is in the buffers.
    let start: Int
    let rowCount: Int

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
        column.flags = dictionary == nil ? 0 : Int32(ODDITY_CATEGORIES)
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

    func invalid(_ flaw: String) -> InvalidArgument {
        InvalidArgument("column \(quoted(name)): \(flaw)")
    }

    /// A buffer of the array.
    func buffer(_ index: Int) throws -> UnsafeRawPointer {
        guard index < array.n_buffers, let buffer = array.buffers?[index] else {
            throw invalid("its buffer \(index) is NULL")
        }
        return buffer
    }

    /// Values that are used where they are.
    struct View {
        var type: Int32
        var values: UnsafeRawPointer?
        var offsets: UnsafeRawPointer?
        var textSize = 0
    }

    /// Nil for a type whose values have to be converted.
    func view() throws -> View? {
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

    func isMissing(_ row: Int) -> Bool {
        guard array.null_count != 0, let bits = array.buffers?[0] else { return false }
        return !Self.bit(start + row, of: bits)
    }

    static func bit(_ index: Int, of bits: UnsafeRawPointer) -> Bool {
        bits.load(fromByteOffset: index / 8, as: UInt8.self) >> (index % 8) & 1 == 1
    }
}
