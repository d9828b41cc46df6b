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

    /// Numbers of other types, and durations, as numbers, NaN where missing; nil for other types.
    private func numbers() throws -> [Double]? {
        guard dictionary == nil else { return nil }
        let isEmpty = rowCount == 0 && ["g", "f"].contains(format)
        if format == "n" || isEmpty { return [Double](repeating: .nan, count: rowCount) }
        if format.hasPrefix("tD"), let unit = format.last.flatMap({ Self.secondsPerUnit[$0] }) {
            return try integers("l")?.map { $0.map { Double($0) * unit } ?? .nan }
        }
        if format.hasPrefix("d:") { return try decimals() }
        switch format {
        case "e": return try values(UInt16.self).map { $0.map(Self.halfFloat) ?? .nan }
        case "L": return try values(UInt64.self).map { $0.map { Double($0) } ?? .nan }
        default: return try integers(format)?.map { $0.map { Double($0) } ?? .nan }
        }
    }

    /// Decimals: whole numbers of up to 128 bits, and how many of their digits stand behind the point.
    private func decimals() throws -> [Double]? {
        let numbers = format.dropFirst(2).split(separator: ",").map { Int($0) }
        guard numbers.count >= 2, let scale = numbers[1] else { return nil }
        func read<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type) throws -> [Double] {
            // A text with an exponent is read to the nearest number.
            try values(Value.self).map { $0.flatMap { Double("\($0)e\(-scale)") } ?? .nan }
        }
        return switch numbers.count == 3 ? numbers[2] : 128 {
        case 32: try read(Int32.self)
        case 64: try read(Int64.self)
        case 128: try read(Int128.self)
        default: nil
        }
    }

    private static func halfFloat(_ bits: UInt16) -> Double {
        let fraction = Double(bits & 0x3FF) / 1_024
        let exponent = Int(bits >> 10 & 0x1F)
        let magnitude: Double =
            switch exponent {
            case 0: fraction / 16_384
            case 31: fraction == 0 ? .infinity : .nan
            default: (1 + fraction) * Double(sign: .plus, exponent: exponent - 15, significand: 1)
            }
        return bits >> 15 == 0 ? magnitude : -magnitude
    }

    private static let secondsPerUnit: [Character: Double] = [
        "s": 1, "m": 1e-3, "u": 1e-6, "n": 1e-9,
    ]

    /// The whole numbers of a type, nil where missing; nil for a type of others.
    func integers(_ format: String) throws -> [Int64?]? {
        func read<Value: FixedWidthInteger & BitwiseCopyable>(_: Value.Type) throws -> [Int64?] {
            try values(Value.self).map { $0.map { Int64(clamping: $0) } }
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

    /// The values as they lie in their buffer, nil where missing.
    private func values<Value: BitwiseCopyable>(_: Value.Type) throws -> [Value?] {
        guard rowCount > 0 else { return [] }
        let size = MemoryLayout<Value>.size
        let values = try buffer(1) + start * size
        return (0..<rowCount).map { row in
            isMissing(row) ? nil : values.loadUnaligned(fromByteOffset: row * size, as: Value.self)
        }
    }
}
