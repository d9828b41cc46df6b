/// A fixed block of floats that starts on a cache line.
///
/// The block is zeroed when it is made and freed with its owner. It is a reference: two variables
/// that hold the same buffer see the same numbers. ``Matrix`` gives it value semantics.
///
/// - Important: the buffer does no locking. Give it to several threads only if they read, or write
///   disjoint parts.
package final class AlignedBuffer: @unchecked Sendable {
    /// The address of the first float, a multiple of ``alignment`` bytes.
    package let baseAddress: UnsafeMutablePointer<Float>
    /// The number of floats.
    package let count: Int

    /// 64 bytes: a cache line and the widest vector.
    package static let alignment = 64

    /// Makes a buffer of `count` zeros.
    package init(count: Int) {
        precondition(count >= 0, "a buffer has at least 0 floats")
        let raw = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride,
            alignment: AlignedBuffer.alignment
        )
        baseAddress = raw.bindMemory(to: Float.self, capacity: max(count, 1))
        baseAddress.initialize(repeating: 0, count: count)
        self.count = count
    }

    deinit {
        baseAddress.deallocate()
    }

    /// The floats, to read and write.
    package var elements: UnsafeMutableBufferPointer<Float> {
        UnsafeMutableBufferPointer(start: baseAddress, count: count)
    }

    /// A new buffer with the same numbers.
    package func copy() -> AlignedBuffer {
        let other = AlignedBuffer(count: count)
        other.baseAddress.update(from: baseAddress, count: count)
        return other
    }

    /// Overwrites this buffer with the numbers of one of the same size.
    package func update(from other: AlignedBuffer) {
        precondition(count == other.count, "buffers of \(count) and \(other.count) floats")
        baseAddress.update(from: other.baseAddress, count: count)
    }
}
