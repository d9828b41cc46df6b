internal import Synchronization

/// Rows to train on that are fetched when a step needs them, because memory has no room for all or
/// because they change with the epoch.
public protocol RowSource: Sendable {
    /// The number of rows.
    var rowCount: Int { get }
    /// The numbers of a row.
    var columnCount: Int { get }

    /// Writes rows one after the other; several threads may ask at once.
    ///
    /// - Parameters:
    ///   - rows: which ones, each from 0 to below ``rowCount``.
    ///   - target: room for ``columnCount`` numbers a row. They must be finite, and from 0 to 1 for the
    ///     binary cross-entropy.
    /// - Throws: any error, with which the training ends.
    func write(
        _ rows: UnsafeBufferPointer<Int>,
        into target: UnsafeMutablePointer<Float>
    ) throws
}

/// A source of rows within a training, which remembers the first error.
final class FetchedRows: Sendable {
    private let source: any RowSource
    private let failure = Mutex<(any Error)?>(nil)

    init(_ source: any RowSource) {
        self.source = source
    }

    /// Writes rows, or zeros after an error.
    func write(_ rows: UnsafeBufferPointer<Int>, into target: UnsafeMutablePointer<Float>) {
        do {
            try source.write(rows, into: target)
        } catch {
            target.update(repeating: 0, count: rows.count * source.columnCount)
            failure.withLock { $0 = $0 ?? error }
        }
    }

    /// Throws the first error.
    func check() throws {
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
