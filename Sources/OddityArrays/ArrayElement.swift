/// The type of an array's numbers.
package struct ArrayElement: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        case boolean
        case unsigned
        case signed
        case float
    }

    package var kind: Kind
    /// Bytes of one number.
    package var byteCount: Int
    package var isBigEndian: Bool

    /// A type of numbers, in the order of bytes of files that do not say otherwise.
    package init(kind: Kind, byteCount: Int, isBigEndian: Bool = false) {
        (self.kind, self.byteCount, self.isBigEndian) = (kind, byteCount, isBigEndian)
    }

    /// The numbers from bytes as they lie in a file.
    package func floats(_ bytes: UnsafeRawBufferPointer) -> [Float] {
        numbers(bytes)
    }

    /// The numbers from bytes as they lie in a file, in double precision.
    package func doubles(_ bytes: UnsafeRawBufferPointer) -> [Double] {
        numbers(bytes)
    }

    @inline(__always)
    private func numbers<Value: BinaryFloatingPoint>(_ bytes: UnsafeRawBufferPointer) -> [Value] {
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
        case (.float, 4): converted(bytes, UInt32.self) { Value(Float(bitPattern: $0)) }
        case (.float, _): converted(bytes, UInt64.self) { Value(Double(bitPattern: $0)) }
        }
    }

    @inline(__always)
    private func integers<Number: FixedWidthInteger, Value: BinaryFloatingPoint>(
        _ bytes: UnsafeRawBufferPointer,
        _: Number.Type
    ) -> [Value] {
        converted(bytes, Number.self) { Value($0) }
    }

    @inline(__always)
    private func converted<Bits: FixedWidthInteger, Value>(
        _ bytes: UnsafeRawBufferPointer,
        _: Bits.Type,
        _ value: (Bits) -> Value
    ) -> [Value] {
        let count = bytes.count / MemoryLayout<Bits>.size
        return [Value](unsafeUninitializedCapacity: count) { target, filled in
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
