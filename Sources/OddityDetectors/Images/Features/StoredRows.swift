internal import OddityFiles
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks

/// Rows of numbers, in memory, or in a scratch file where memory shall not hold them.
///
/// Which of both makes no difference to anybody who reads them.
struct StoredRows: Sendable {
    /// Numbers that are taken from a file at a time where all are wanted: 1 MB.
    private static let blockSize = 1 << 18

    let columnCount: Int
    private(set) var rowCount: Int
    private var matrix: Matrix
    private let file: ScratchFile?

    /// Keeps a matrix as it is.
    init(_ matrix: Matrix) {
        (rowCount, columnCount, self.matrix) = (matrix.rowCount, matrix.columnCount, matrix)
        file = nil
    }

    /// Makes room for rows to be added.
    ///
    /// - Parameter capacity: how many there will be at most, in memory; a file grows.
    init(capacity: Int, columnCount: Int, inFile: Bool) throws {
        self.columnCount = columnCount
        rowCount = 0
        file = inFile ? try ScratchFile() : nil
        matrix = Matrix(rowCount: inFile ? 0 : capacity, columnCount: columnCount)
    }

    /// Adds rows.
    mutating func append(_ rows: UnsafePointer<Float>, count: Int) throws {
        let size = columnCount * count
        if let file {
            try file.append(UnsafeRawBufferPointer(UnsafeBufferPointer(start: rows, count: size)))
        } else {
            precondition(rowCount + count <= matrix.rowCount, "room for \(matrix.rowCount) rows")
            let start = rowCount * columnCount
            matrix.withUnsafeMutableElements { elements in
                elements.baseAddress.map { ($0 + start).update(from: rows, count: size) }
            }
        }
        rowCount += count
    }

    /// Writes one row.
    func write(_ row: Int, into target: UnsafeMutablePointer<Float>) throws {
        try write(rows: CollectionOfOne(row), into: target)
    }

    /// Writes rows one after the other.
    func write(rows: some Collection<Int>, into target: UnsafeMutablePointer<Float>) throws {
        for (place, row) in rows.enumerated() {
            try read(row..<row + 1, into: target + place * columnCount)
        }
    }

    /// Calls `body` with all rows in their order, some at a time.
    func forEachBlock(_ body: (UnsafePointer<Float>, _ count: Int) throws -> Void) throws {
        guard file != nil else {
            try matrix.withUnsafeElements { elements throws in
                guard let base = elements.baseAddress, rowCount > 0 else { return }
                try body(base, rowCount)
            }
            return
        }
        let size = max(1, min(rowCount, StoredRows.blockSize / max(1, columnCount)))
        let block = AlignedBuffer(count: size * columnCount)
        for start in stride(from: 0, to: rowCount, by: size) {
            let rows = start..<min(start + size, rowCount)
            try read(rows, into: block.baseAddress)
            try body(block.baseAddress, rows.count)
        }
    }

    /// Calls `body` with each row, in their order.
    func forEachRow(_ body: (UnsafePointer<Float>) throws -> Void) throws {
        try forEachBlock { block, count in
            for row in 0..<count { try body(block + row * columnCount) }
        }
    }

    private func read(_ rows: Range<Int>, into target: UnsafeMutablePointer<Float>) throws {
        precondition(rows.lowerBound >= 0 && rows.upperBound <= rowCount, "\(rows) of \(rowCount)")
        let (start, size) = (rows.lowerBound * columnCount, rows.count * columnCount)
        guard let file else {
            matrix.withUnsafeElements { elements in
                elements.baseAddress.map { target.update(from: $0 + start, count: size) }
            }
            return
        }
        try file.read(
            into: UnsafeMutableRawBufferPointer(
                UnsafeMutableBufferPointer(start: target, count: size)
            ),
            at: start * MemoryLayout<Float>.size
        )
    }
}
