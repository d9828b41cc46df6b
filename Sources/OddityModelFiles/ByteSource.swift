/// Where the bytes of a model come from, front to back.
protocol ByteSource {
    /// The number of bytes in all.
    var size: Int { get }
    /// Fills a buffer with the next bytes; the caller has checked that there are enough.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ModelFileError)
}

extension ByteSource {
    /// The next values of a type; the caller has checked that there are enough bytes.
    mutating func readValues<Element: TensorElement>(
        _: Element.Type,
        count: Int
    ) throws(ModelFileError) -> [Element] {
        // Making an empty array this way writes to the storage that all empty arrays share.
        guard count > 0 else { return [] }
        var failure: ModelFileError?
        let values = [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(ModelFileError) {
                let bytes = UnsafeMutableRawBufferPointer(buffer)
                try read(
                    into: UnsafeMutableRawBufferPointer(
                        rebasing: bytes[..<(count * MemoryLayout<Element>.stride)]
                    )
                )
                initialized = count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return values
    }

    mutating func readValues(
        of type: TensorElementType,
        count: Int
    ) throws(ModelFileError) -> Tensor.Values {
        switch type {
        case .float32: .float32(try readValues(Float.self, count: count))
        case .float64: .float64(try readValues(Double.self, count: count))
        case .int64: .int64(try readValues(Int64.self, count: count))
        case .int32: .int32(try readValues(Int32.self, count: count))
        case .uint8: .uint8(try readValues(UInt8.self, count: count))
        }
    }
}

/// Bytes in memory.
struct MemorySource: ByteSource {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var size: Int { bytes.count }

    mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(ModelFileError) {
        buffer.copyBytes(from: bytes[position..<(position + buffer.count)])
        position += buffer.count
    }
}
