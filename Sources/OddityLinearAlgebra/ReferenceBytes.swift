internal import COddityKernels

/// References in bytes, by which most of them are ruled out at a quarter of the work; what is found stays the same.
///
/// Immutable once it is made.
final class ReferenceBytes: @unchecked Sendable {
    private let bytes: UnsafeMutablePointer<UInt8>
    private let bounds: AlignedBuffer
    private let steps: AlignedBuffer
    let form: oddity_bytes

    /// The fewest columns for which bytes are worth while.
    private static let leastColumnCount = 24
    /// The fewest references.
    private static let leastRowCount = 256

    /// Writes references in bytes; nil where that is not worth while, or this processor does not multiply them.
    ///
    /// - Parameter room: the number of references, filled up to a multiple of 64.
    init?(_ references: Matrix, room: Int) {
        let (count, depth) = (references.rowCount, references.columnCount)
        let size = room * ((depth + 3) / 4 * 4)
        steps = AlignedBuffer(count: depth)
        bounds = AlignedBuffer(count: 2 * room)
        bounds.elements.update(repeating: .infinity)
        bytes = .allocate(capacity: size)
        bytes.initialize(repeating: 128, count: size)
        var form = oddity_bytes()
        let isWritten =
            count >= ReferenceBytes.leastRowCount && depth >= ReferenceBytes.leastColumnCount
            && references.withUnsafeElements { [bytes, bounds, steps] elements in
                oddity_write_reference_bytes(
                    elements.baseAddress,
                    count,
                    depth,
                    bytes,
                    bounds.baseAddress,
                    steps.baseAddress,
                    &form
                ) != 0
            }
        self.form = form
        if !isWritten { return nil }
    }

    deinit { bytes.deallocate() }
}
