internal import COddityInterface
internal import OddityDatasets

extension ArrowColumn {
    /// The values as texts, nil where missing; nil for a type that has none.
    func texts() throws -> [[UInt8]?]? {
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
        case "tts": return try timesOfDay("i", nanoseconds: 1_000_000_000)
        case "ttm": return try timesOfDay("i", nanoseconds: 1_000_000)
        case "ttu": return try timesOfDay("l", nanoseconds: 1_000)
        case "ttn": return try timesOfDay("l", nanoseconds: 1)
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

    /// Times of day, as the times of 1970-01-01 without their date.
    private func timesOfDay(_ format: String, nanoseconds: Int64) throws -> [[UInt8]?]? {
        try times(format, nanoseconds: nanoseconds)?.map { text in
            text.map { Array($0.drop { $0 != UInt8(ascii: "T") }.dropFirst()) }
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
