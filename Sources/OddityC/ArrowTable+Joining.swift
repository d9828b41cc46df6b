internal import COddityInterface
internal import OddityDatasets
internal import OddityPlatform

extension ArrowTable {
    /// The rows of tables of the same columns, one after the other, copied.
    ///
    /// - Precondition: There is a table.
    /// - Throws: ``InvalidArgument`` where columns differ, or offsets of texts fall.
    convenience init(joining tables: [ArrowTable]) throws {
        let memory = ArrowMemory()
        let rowCount = tables.reduce(0) { $0 + $1.rowCount }
        // What is copied lies in the memory of the tables.
        let columns = try withExtendedLifetime(tables) {
            let parts = tables.map { ($0.columns, $0.rowCount) }
            return try parts[0].0.indices.map { index in
                try Self.joined(
                    try parts.map { columns, rowCount in
                        guard columns.count == parts[0].0.count else {
                            throw InvalidArgument(
                                "the batches of the stream differ in their columns"
                            )
                        }
                        return (columns[index], rowCount)
                    },
                    rowCount: rowCount,
                    in: memory
                )
            }
        }
        self.init(columns, rowCount: rowCount, in: memory)
    }

    private static func joined(
        _ parts: [(column: oddity_column, rowCount: Int)],
        rowCount: Int,
        in memory: ArrowMemory
    ) throws -> oddity_column {
        // A column without rows is described as one of numbers, whatever its type.
        let filled = parts.filter { $0.rowCount > 0 }
        var result = (filled.first ?? parts[0]).column
        let name = String(cString: result.name)
        result.name = memory.copy(Array(name.utf8CString))
        guard filled.allSatisfy({ $0.column.type == filled[0].column.type }) else {
            throw InvalidArgument("the batches of the stream differ in the type of \(quoted(name))")
        }
        switch Int(result.type) {
        case ODDITY_UTF8: try joinTexts(filled, of: Int32.self, name, into: &result, in: memory)
        case ODDITY_LARGE_UTF8:
            try joinTexts(filled, of: Int64.self, name, into: &result, in: memory)
        default:
            let size = Int(result.type) == ODDITY_FLOAT32 ? 4 : 8
            let values = memory.allocate(UInt8.self, count: rowCount * size)
            var end = 0
            for (column, rowCount) in filled {
                guard let source = column.values else { continue }
                memcpy(values + end, source, rowCount * size)
                end += rowCount * size
            }
            result.values = UnsafeRawPointer(values)
        }
        result.validity = joinedValidity(filled, rowCount: rowCount, in: memory)
        return result
    }

    private static func joinTexts<Offset: FixedWidthInteger>(
        _ parts: [(column: oddity_column, rowCount: Int)],
        of _: Offset.Type,
        _ name: String,
        into result: inout oddity_column,
        in memory: ArrowMemory
    ) throws {
        var offsets: [Int64] = [0]
        var bytes: [UInt8] = []
        for (column, rowCount) in parts {
            guard let source = column.offsets?.assumingMemoryBound(to: Offset.self),
                let values = column.values
            else { continue }
            let (first, end) = (Int64(source[0]), Int64(source[rowCount]))
            guard 0...max(0, end) ~= first, end <= Int64(column.text_size) else {
                throw InvalidArgument("column \(quoted(name)): the offsets of its texts fall")
            }
            let start = Int64(bytes.count)
            for row in 1...rowCount { offsets.append(start + Int64(source[row]) - first) }
            bytes += UnsafeRawBufferPointer(start: values + Int(first), count: Int(end - first))
        }
        result.type = Int32(ODDITY_LARGE_UTF8)
        result.text_size = bytes.count
        result.values = UnsafeRawPointer(memory.copy(bytes))
        result.offsets = UnsafeRawPointer(memory.copy(offsets))
    }

    private static func joinedValidity(
        _ parts: [(column: oddity_column, rowCount: Int)],
        rowCount: Int,
        in memory: ArrowMemory
    ) -> UnsafePointer<UInt8>? {
        guard parts.contains(where: { $0.column.validity != nil }) else { return nil }
        let bits = memory.allocate(UInt8.self, count: (rowCount + 7) / 8)
        var row = 0
        for (column, count) in parts {
            for place in 0..<count {
                let isThere = column.validity.map { $0[place / 8] >> (place % 8) & 1 == 1 } ?? true
                if isThere { bits[row / 8] |= 1 << (row % 8) }
                row += 1
            }
        }
        return UnsafePointer(bits)
    }
}
