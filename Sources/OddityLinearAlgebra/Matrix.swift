/// A row-major matrix of floats: `rowCount` rows, each of `columnCount` contiguous numbers.
///
/// A matrix is a value: a copy is independent of the original, and storage is shared until one of
/// them is changed. Inner loops take the whole storage once, with ``withUnsafeElements(_:)``;
/// the subscript is for single elements.
public struct Matrix: Sendable {
    /// The number of rows.
    public let rowCount: Int
    /// The number of columns.
    public let columnCount: Int
    var storage: AlignedBuffer

    /// Makes a matrix of zeros.
    public init(rowCount: Int, columnCount: Int) {
        precondition(rowCount >= 0 && columnCount >= 0, "sizes are at least 0")
        self.rowCount = rowCount
        self.columnCount = columnCount
        storage = AlignedBuffer(count: rowCount * columnCount)
    }

    /// Makes a matrix from its elements, row after row.
    ///
    /// - Parameters:
    ///   - rowCount: the number of rows.
    ///   - columnCount: the number of columns.
    ///   - elements: `rowCount * columnCount` numbers.
    public init(rowCount: Int, columnCount: Int, elements: some Collection<Float>) {
        precondition(
            elements.count == rowCount * columnCount,
            "\(elements.count) elements for \(rowCount) × \(columnCount)"
        )
        self.init(rowCount: rowCount, columnCount: columnCount)
        let target = storage.elements
        // One copy for what lies in a piece: element by element, through the collection's witnesses, it takes 100 times as long.
        let isCopied: Void? = elements.withContiguousStorageIfAvailable { source in
            guard let source = source.baseAddress else { return }
            target.baseAddress?.update(from: source, count: target.count)
        }
        if isCopied == nil { _ = target.update(from: elements) }
    }

    init(rowCount: Int, columnCount: Int, storage: AlignedBuffer) {
        self.rowCount = rowCount
        self.columnCount = columnCount
        self.storage = storage
    }

    /// Makes a matrix from rows of equal length.
    public init(rows: [[Float]]) {
        let columnCount = rows.first?.count ?? 0
        precondition(rows.allSatisfy { $0.count == columnCount }, "rows of equal length")
        self.init(rowCount: rows.count, columnCount: columnCount, elements: Array(rows.joined()))
    }

    /// The element at a row and a column.
    public subscript(row: Int, column: Int) -> Float {
        get {
            checkPosition(row, column)
            return storage.baseAddress[row * columnCount + column]
        }
        set {
            checkPosition(row, column)
            makeUnique()
            storage.baseAddress[row * columnCount + column] = newValue
        }
    }

    /// The elements, row after row, as an array.
    public var elements: [Float] { Array(storage.elements) }

    /// The columns as rows.
    public func transposed() -> Matrix {
        let result = Matrix(rowCount: columnCount, columnCount: rowCount)
        let (from, to) = (storage.baseAddress, result.storage.baseAddress)
        for row in 0..<rowCount {
            for column in 0..<columnCount {
                to[column * rowCount + row] = from[row * columnCount + column]
            }
        }
        return result
    }

    /// Calls `body` with the elements, row after row.
    ///
    /// The pointer is valid only during the call.
    public func withUnsafeElements<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        defer { withExtendedLifetime(storage) {} }
        return try body(UnsafeBufferPointer(storage.elements))
    }

    /// Calls `body` with the elements, to change them.
    ///
    /// The pointer is valid only during the call.
    public mutating func withUnsafeMutableElements<Result, Failure: Error>(
        _ body: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        makeUnique()
        defer { withExtendedLifetime(storage) {} }
        return try body(storage.elements)
    }

    private func checkPosition(_ row: Int, _ column: Int) {
        precondition(
            row >= 0 && row < rowCount && column >= 0 && column < columnCount,
            "(\(row), \(column)) is outside \(rowCount) × \(columnCount)"
        )
    }

    private mutating func makeUnique() {
        if !isKnownUniquelyReferenced(&storage) { storage = storage.copy() }
    }
}

extension Matrix: Equatable {
    /// Two matrices are equal when their sizes and all elements are.
    public static func == (left: Matrix, right: Matrix) -> Bool {
        left.rowCount == right.rowCount && left.columnCount == right.columnCount
            && left.storage.elements.elementsEqual(right.storage.elements)
    }
}
