/// The type of an array's numbers.
struct ArrayElement: Equatable, Sendable {
    enum Kind: Equatable, Sendable {
        case boolean
        case unsigned
        case signed
        case float
    }

    var kind: Kind
    /// Bytes of one number.
    var byteCount: Int
    var isBigEndian: Bool

    /// The number that is white.
    ///
    /// Integers of more than 16 bits hold 0 to 255 as a rule, so their own largest value would make all
    /// black.
    var fullScale: Float {
        switch (kind, byteCount) {
        case (.boolean, _), (.float, _): 1
        case (.unsigned, 2): 65_535
        case (.signed, 1): 127
        case (.signed, 2): 32_767
        default: 255
        }
    }

    /// The numbers from bytes as they lie in a file.
    func numbers(_ bytes: UnsafeRawBufferPointer) -> [Float] {
        switch (kind, byteCount) {
        case (.boolean, _): integers(bytes, UInt8.self).map { $0 == 0 ? 0 : 1 }
        case (.unsigned, 1): integers(bytes, UInt8.self)
        case (.unsigned, 2): integers(bytes, UInt16.self)
        case (.unsigned, 4): integers(bytes, UInt32.self)
        case (.unsigned, _): integers(bytes, UInt64.self)
        case (.signed, 1): integers(bytes, Int8.self)
        case (.signed, 2): integers(bytes, Int16.self)
        case (.signed, 4): integers(bytes, Int32.self)
        case (.signed, _): integers(bytes, Int64.self)
        case (.float, 4): floats(bytes, UInt32.self) { Float(bitPattern: $0) }
        case (.float, _): floats(bytes, UInt64.self) { Float(Double(bitPattern: $0)) }
        }
    }

    @inline(__always)
    private func integers<Number: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer,
        _: Number.Type
    ) -> [Float] {
        floats(bytes, Number.self) { Float($0) }
    }

    @inline(__always)
    private func floats<Bits: FixedWidthInteger>(
        _ bytes: UnsafeRawBufferPointer,
        _: Bits.Type,
        _ value: (Bits) -> Float
    ) -> [Float] {
        let count = bytes.count / MemoryLayout<Bits>.size
        return [Float](unsafeUninitializedCapacity: count) { target, filled in
            for i in 0..<count {
                let stored = bytes.loadUnaligned(
                    fromByteOffset: i * MemoryLayout<Bits>.size,
                    as: Bits.self
                )
                target[i] = value(
                    isBigEndian ? Bits(bigEndian: stored) : Bits(littleEndian: stored)
                )
            }
            filled = count
        }
    }
}
