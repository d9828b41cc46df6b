/// Brings rows to mean 0 in each column and mean variance 1 over all columns.
///
/// One factor for all columns keeps their proportions: a column that hardly varies stays unimportant.
struct UniformScaler: Sendable, Equatable {
    /// The least mean variance: rows that are all equal are not blown up.
    private static let leastVariance = 1e-8

    /// What is subtracted from each column.
    let mean: [Float]
    /// What the differences are multiplied by.
    let factor: Float

    init(mean: [Float], factor: Float) {
        self.mean = mean
        self.factor = factor
    }

    /// Learns from rows, of which there is at least one.
    init(_ rows: StoredRows) throws {
        let width = rows.columnCount
        var sums = [Double](repeating: 0, count: width)
        var squares = sums
        try rows.forEachRow { row in
            for j in 0..<width { sums[j] += Double(row[j]) }
        }
        for j in 0..<width { sums[j] /= Double(rows.rowCount) }
        try rows.forEachRow { row in
            for j in 0..<width {
                let difference = Double(row[j]) - sums[j]
                squares[j] += difference * difference
            }
        }
        let variance = squares.reduce(0, +) / Double(rows.rowCount * width)
        mean = sums.map { Float($0) }
        factor = Float(1 / max(variance, UniformScaler.leastVariance).squareRoot())
    }

    /// Scales rows; source and target may be the same memory.
    func apply(
        _ rows: UnsafePointer<Float>,
        count: Int,
        into target: UnsafeMutablePointer<Float>
    ) {
        let width = mean.count
        let factor = factor
        mean.withUnsafeBufferPointer { mean in
            for row in 0..<count {
                let x = rows + row * width
                let y = target + row * width
                for j in 0..<width { y[j] = (x[j] - mean[j]) * factor }
            }
        }
    }
}
