internal import COddityInterface

extension ArrowColumn {
    /// Puts converted values into a column.
    func fill(_ column: inout oddity_column, in memory: ArrowMemory) throws {
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
    func integers(_ format: String) throws -> [Int64?]? {
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
}
