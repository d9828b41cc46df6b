internal import OddityLinearAlgebra

/// Standardization of features: x ↦ (x − mean) / standard deviation of the training rows.
///
/// A feature that was constant keeps its units, as in scikit-learn's `StandardScaler`.
struct StandardScaler: Sendable {
    /// What standardized numbers end at, so that sums of their squares stay finite as floats.
    private static let limit: Float = 1e15

    let mean: [Float]
    let inverseDeviation: [Float]

    init(of rows: Matrix) {
        let width = rows.columnCount
        let count = Double(max(1, rows.rowCount))
        var mean = [Double](repeating: 0, count: width)
        var squares = mean
        rows.withUnsafeElements { elements in
            mean.withUnsafeMutableBufferPointer { mean in
                squares.withUnsafeMutableBufferPointer { squares in
                    for row in 0..<rows.rowCount {
                        for j in 0..<width { mean[j] += Double(elements[row * width + j]) }
                    }
                    for j in 0..<width { mean[j] /= count }
                    for row in 0..<rows.rowCount {
                        for j in 0..<width {
                            let distance = Double(elements[row * width + j]) - mean[j]
                            squares[j] += distance * distance
                        }
                    }
                }
            }
        }
        self.mean = mean.map { Float($0) }
        inverseDeviation = zip(mean, squares).map { mean, squares in
            let deviation = (squares / count).squareRoot()
            // Less than the rounding of the mean is no variation.
            return deviation > abs(mean) * 0x1p-40 ? Float(min(1 / deviation, 1e30)) : 1
        }
    }

    /// Writes standardized rows.
    func standardize(
        _ rows: UnsafePointer<Float>,
        rowCount: Int,
        into result: UnsafeMutablePointer<Float>
    ) {
        let width = mean.count
        mean.withUnsafeBufferPointer { mean in
            inverseDeviation.withUnsafeBufferPointer { inverse in
                for row in 0..<rowCount {
                    let x = rows + row * width
                    let y = result + row * width
                    for j in 0..<width {
                        let z = (x[j] - mean[j]) * inverse[j]
                        y[j] = max(-StandardScaler.limit, min(StandardScaler.limit, z))
                    }
                }
            }
        }
    }

    /// The standardized rows of a matrix.
    func applied(to rows: Matrix) -> Matrix {
        var result = Matrix(rowCount: rows.rowCount, columnCount: rows.columnCount)
        result.withUnsafeMutableElements { target in
            rows.withUnsafeElements { source in
                guard let source = source.baseAddress, let target = target.baseAddress else {
                    return
                }
                standardize(source, rowCount: rows.rowCount, into: target)
            }
        }
        return result
    }
}
