internal import OddityDetectors
package import OddityLinearAlgebra

/// How far a row's features are from their training means: the mean of z².
package struct RowDeviation: BaselineDetector {
    package let name = "z²"

    package func fitted(to rows: Matrix, seed: UInt64, threadCount: Int) throws
        -> FittedRowDeviation
    {
        let width = rows.columnCount
        let count = Double(max(1, rows.rowCount))
        var means = [Double](repeating: 0, count: width)
        for row in 0..<rows.rowCount {
            for (i, value) in rows.row(row).enumerated() { means[i] += Double(value) / count }
        }
        var variances = [Double](repeating: 0, count: width)
        for row in 0..<rows.rowCount {
            for (i, value) in rows.row(row).enumerated() {
                let distance = Double(value) - means[i]
                variances[i] += distance * distance / count
            }
        }
        // A feature that never varied has no deviation to measure in.
        return FittedRowDeviation(
            means: means,
            weights: variances.map { $0 > 1e-12 ? 1 / $0 : 0 }
        )
    }
}

/// The means and deviations of training rows.
package struct FittedRowDeviation: FittedBaseline {
    package let means, weights: [Double]

    package var featureCount: Int { means.count }

    package func scores(of rows: Matrix, threadCount: Int) throws -> [Double] {
        (0..<rows.rowCount).map { row in
            var sum = 0.0
            for (i, value) in rows.row(row).enumerated() {
                let distance = Double(value) - means[i]
                sum += distance * distance * weights[i]
            }
            return sum / Double(max(1, means.count))
        }
    }
}
