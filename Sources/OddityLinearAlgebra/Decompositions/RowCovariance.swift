/// The mean and the covariance of the rows of a matrix, in double precision.
///
/// - Complexity: O(rows × columns²) time, columns² doubles.
public struct RowCovariance: Sendable {
    /// The mean of each column.
    public let mean: [Double]
    /// Σ (x − mean)(x − mean)ᵀ / rows, row after row; symmetric bit for bit, 0 for no rows.
    public let elements: [Double]

    /// Measures the rows of a matrix.
    public init(of rows: Matrix) {
        let centered = CenteredRows(rows)
        var square = centered.scatter().elements
        let size = rows.columnCount
        let count = Double(max(1, rows.rowCount))
        for row in 0..<size {
            for column in row..<size {
                square[row * size + column] /= count
                square[column * size + row] = square[row * size + column]
            }
        }
        mean = centered.mean
        elements = square
    }
}
