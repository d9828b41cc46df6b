internal import OddityLinearAlgebra

/// Means, deviations and correlations of codes.
struct CodeMoments {
    let mean: [Double]
    /// One over each dimension's standard deviation; 0 for one that never moves.
    let inverseDeviation: [Double]
    private let standardized: [Double]

    /// Measures codes, one a row.
    init(_ codes: Matrix) {
        let size = codes.columnCount
        let count = Double(max(1, codes.rowCount))
        var mean = [Double](repeating: 0, count: size)
        var variance = mean
        var centered = codes.elements.map { Double($0) }
        for i in centered.indices { mean[i % size] += centered[i] / count }
        for i in centered.indices {
            centered[i] -= mean[i % size]
            variance[i % size] += centered[i] * centered[i] / count
        }
        let inverseDeviation = variance.map { $0 > 1e-12 ? 1 / $0.squareRoot() : 0 }
        for i in centered.indices { centered[i] *= inverseDeviation[i % size] }
        self.mean = mean
        self.inverseDeviation = inverseDeviation
        standardized = centered
    }

    /// The correlation of each two dimensions, row after row; 0 for those that never move.
    var correlations: [Double] {
        let size = mean.count
        let count = Double(max(1, standardized.count / max(1, size)))
        var result = [Double](repeating: 0, count: size * size)
        standardized.withUnsafeBufferPointer { rows in
            result.withUnsafeMutableBufferPointer { sums in
                for start in stride(from: 0, to: rows.count, by: size) {
                    for i in 0..<size {
                        let value = rows[start + i] / count
                        for j in i..<size { sums[i * size + j] += value * rows[start + j] }
                    }
                }
                for i in 0..<size {
                    for j in 0..<i { sums[i * size + j] = sums[j * size + i] }
                }
            }
        }
        return result
    }
}
