/// One row of a matrix: a view that shares the matrix's storage.
public struct MatrixRow: RandomAccessCollection, Sendable {
    let storage: AlignedBuffer
    let offset: Int
    /// The number of columns.
    public let count: Int

    /// The first column, 0.
    public var startIndex: Int { 0 }
    /// One past the last column.
    public var endIndex: Int { count }

    /// The element in a column.
    public subscript(column: Int) -> Float {
        precondition(column >= 0 && column < count, "column \(column) of \(count)")
        return storage.baseAddress[offset + column]
    }

    /// Calls `body` with the row's elements.
    ///
    /// The pointer is valid only during the call.
    public func withContiguousStorageIfAvailable<Result>(
        _ body: (UnsafeBufferPointer<Float>) throws -> Result
    ) rethrows -> Result? {
        defer { withExtendedLifetime(storage) {} }
        return try body(UnsafeBufferPointer(start: storage.baseAddress + offset, count: count))
    }
}

extension Matrix {
    /// A view of one row.
    ///
    /// The view keeps the numbers the matrix has now.
    public func row(_ index: Int) -> MatrixRow {
        precondition(index >= 0 && index < rowCount, "row \(index) of \(rowCount)")
        return MatrixRow(storage: storage, offset: index * columnCount, count: columnCount)
    }

    /// The rows in a range, as a matrix of its own.
    public func rows(_ range: Range<Int>) -> Matrix {
        precondition(range.lowerBound >= 0 && range.upperBound <= rowCount, "rows \(range)")
        let result = Matrix(rowCount: range.count, columnCount: columnCount)
        result.storage.baseAddress.update(
            from: storage.baseAddress + range.lowerBound * columnCount,
            count: range.count * columnCount
        )
        return result
    }

    /// The rows at the given positions, in their order; a position may come more than once.
    public func rows(at positions: [Int]) -> Matrix {
        let result = Matrix(rowCount: positions.count, columnCount: columnCount)
        for (target, source) in positions.enumerated() {
            precondition(source >= 0 && source < rowCount, "row \(source) of \(rowCount)")
            (result.storage.baseAddress + target * columnCount)
                .update(from: storage.baseAddress + source * columnCount, count: columnCount)
        }
        return result
    }
}
