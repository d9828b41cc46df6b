/// A column that lies in the memory of another program: numbers, or texts of UTF-8 end to end.
///
/// The memory is only read, and has to stay as it is for as long as the column is in use.
package struct MemoryColumn {
    /// Where the values are.
    package enum Values {
        /// Numbers of 64 bits, each so many bytes behind the one before.
        case float64(UnsafeRawPointer, stride: Int)
        /// Numbers of 32 bits, each so many bytes behind the one before.
        case float32(UnsafeRawPointer, stride: Int)
        /// Whole numbers, each so many bytes behind the one before.
        case int64(UnsafeRawPointer, stride: Int)
        /// Texts, each from its offset to the next one; there is an offset more than rows.
        case text(UnsafePointer<UInt8>, TextOffsets)
    }

    /// Where texts begin, counted in bytes.
    package enum TextOffsets {
        /// In 32 bits.
        case narrow(UnsafePointer<Int32>)
        /// In 64 bits.
        case wide(UnsafePointer<Int64>)

        subscript(index: Int) -> Int {
            switch self {
            case .narrow(let offsets): Int(offsets[index])
            case .wide(let offsets): Int(offsets[index])
            }
        }
    }

    /// The column's name.
    let name: String
    let values: Values
    /// Bit `row % 8` of byte `row / 8` is 1 where a row has a value; nil where all have one.
    private let validity: UnsafePointer<UInt8>?

    /// A column of so many rows.
    ///
    /// - Parameter textSize: The bytes that all texts take.
    /// - Throws: ``DatasetError`` for offsets of texts that lead out of them.
    package init(
        name: String,
        values: Values,
        validity: UnsafePointer<UInt8>?,
        rowCount: Int,
        textSize: Int = 0
    ) throws {
        if case .text(_, let offsets) = values {
            var previous = 0
            for row in 0..<(rowCount == 0 ? 0 : rowCount + 1) {
                let offset = offsets[row]
                guard offset >= previous, offset <= textSize else {
                    throw DatasetError(
                        .unequalColumns,
                        "column \(quoted(name)): offset \(row) of its texts is \(offset); offsets must not fall, and end"
                            + " within the \(textSize) bytes of the texts"
                    )
                }
                previous = offset
            }
        }
        self.name = name
        self.values = values
        self.validity = validity
    }

    /// Whether it holds texts.
    var isText: Bool { if case .text = values { true } else { false } }

    func isMissing(_ row: Int) -> Bool {
        guard let validity else { return false }
        return validity[row >> 3] >> (row & 7) & 1 == 0
    }

    /// The bytes of a text; nil where it is missing or no text.
    func bytes(at row: Int) -> UnsafeBufferPointer<UInt8>? {
        guard case .text(let bytes, let offsets) = values, !isMissing(row) else { return nil }
        let start = offsets[row]
        return UnsafeBufferPointer(start: bytes + start, count: offsets[row + 1] - start)
    }

    /// The numbers of some rows, NaN where missing; of texts all are.
    func numbers(in rows: Range<Int>) -> [Double] {
        var numbers: [Double]
        switch values {
        case .float64(let base, let stride):
            numbers = rows.map { base.loadUnaligned(fromByteOffset: $0 * stride, as: Double.self) }
        case .float32(let base, let stride):
            numbers = rows.map {
                Double(base.loadUnaligned(fromByteOffset: $0 * stride, as: Float.self))
            }
        case .int64(let base, let stride):
            numbers = rows.map {
                Double(base.loadUnaligned(fromByteOffset: $0 * stride, as: Int64.self))
            }
        case .text: return [Double](repeating: .nan, count: rows.count)
        }
        guard validity != nil else { return numbers }
        for row in rows where isMissing(row) { numbers[row - rows.lowerBound] = .nan }
        return numbers
    }

    /// The numbers of some rows as texts, whole ones without a point; nil where missing.
    func numberTexts(in rows: Range<Int>) -> [String?] {
        if case .int64(let base, let stride) = values {
            return rows.map { row in
                guard !isMissing(row) else { return nil }
                let number = base.loadUnaligned(fromByteOffset: row * stride, as: Int64.self)
                return "\(number)"
            }
        }
        return numbers(in: rows).map { number in
            number.isNaN ? nil : Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        }
    }
}
