/// The rows of a matrix minus their mean, widened to doubles piece by piece: the whole is never copied.
struct CenteredRows: Sendable {
    /// Rows or columns that are widened at a time.
    private static let tileSize = 256

    let rows: Matrix
    /// The mean of each column.
    let mean: [Double]
    /// The sum over columns of the squared half-spacing of floats at the column's largest magnitude: a
    /// bound on the variance that rounding to `Float` alone can put into the rows.
    let roundingVariance: Double

    var rowCount: Int { rows.rowCount }
    var columnCount: Int { rows.columnCount }

    init(_ rows: Matrix) {
        self.rows = rows
        let width = rows.columnCount
        var mean = [Double](repeating: 0, count: width)
        var largest = [Float](repeating: 0, count: width)
        rows.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            mean.withUnsafeMutableBufferPointer { mean in
                largest.withUnsafeMutableBufferPointer { largest in
                    for row in 0..<rows.rowCount {
                        let x = base + row * width
                        for j in 0..<width {
                            mean[j] += Double(x[j])
                            largest[j] = max(largest[j], abs(x[j]))
                        }
                    }
                }
            }
        }
        let count = Double(max(1, rows.rowCount))
        self.mean = mean.map { $0 / count }
        roundingVariance = largest.reduce(0) { sum, x in
            let half = Double(x) * 0x1p-24
            return sum + half * half
        }
    }

    /// Calls `body` with the centred rows, a range at a time.
    func forEachRowTile(_ body: (Range<Int>, UnsafePointer<Double>) -> Void) {
        let columns = 0..<columnCount
        forEachTile(
            count: rowCount,
            part: { rows in (rows, columns) },
            body: { rows, _, tile in body(rows, tile) }
        )
    }

    /// Calls `body` with the centred columns, a range at a time: for each row the numbers of the range.
    func forEachColumnTile(_ body: (Range<Int>, UnsafePointer<Double>) -> Void) {
        let rows = 0..<rowCount
        forEachTile(
            count: columnCount,
            part: { columns in (rows, columns) },
            body: { _, columns, tile in body(columns, tile) }
        )
    }

    private func forEachTile(
        count: Int,
        part: (Range<Int>) -> (rows: Range<Int>, columns: Range<Int>),
        body: (Range<Int>, Range<Int>, UnsafePointer<Double>) -> Void
    ) {
        let first = part(0..<min(CenteredRows.tileSize, count))
        var tile = [Double](repeating: 0, count: first.rows.count * first.columns.count)
        let width = columnCount
        tile.withUnsafeMutableBufferPointer { tile in
            guard let target = tile.baseAddress else { return }
            for start in stride(from: 0, to: count, by: CenteredRows.tileSize) {
                let (rows, columns) = part(start..<min(start + CenteredRows.tileSize, count))
                self.rows.withUnsafeElements { elements in
                    mean.withUnsafeBufferPointer { mean in
                        guard let base = elements.baseAddress, let mean = mean.baseAddress else {
                            return
                        }
                        for (place, row) in rows.enumerated() {
                            let x = base + row * width + columns.lowerBound
                            let center = mean + columns.lowerBound
                            let y = target + place * columns.count
                            for j in 0..<columns.count { y[j] = Double(x[j]) - center[j] }
                        }
                    }
                }
                body(rows, columns, target)
            }
        }
    }
}
