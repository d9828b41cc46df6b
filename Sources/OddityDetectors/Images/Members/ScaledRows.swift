internal import OddityLinearAlgebra
internal import OddityNeuralNetworks

/// Features to train on, as a network sees them.
struct ScaledRows: RowSource {
    let rows: StoredRows
    let scaling: UniformScaler
    /// Whether numbers are first brought into 0 to 1: means of pixels may be a rounding error above.
    var isClamped = false

    /// Rows in the scale that they tell.
    init(_ rows: StoredRows) throws {
        self.rows = rows
        scaling = try UniformScaler(rows)
    }

    /// Numbers from 0 to 1 as they are.
    init(unscaled rows: StoredRows) {
        self.rows = rows
        scaling = UniformScaler(mean: [Float](repeating: 0, count: rows.columnCount), factor: 1)
        isClamped = true
    }

    var rowCount: Int { rows.rowCount }
    var columnCount: Int { rows.columnCount }

    func write(
        _ rows: UnsafeBufferPointer<Int>,
        into target: UnsafeMutablePointer<Float>
    ) throws {
        try self.rows.write(rows: rows, into: target)
        if isClamped {
            for i in 0..<rows.count * columnCount { target[i] = min(max(target[i], 0), 1) }
        }
        scaling.apply(target, count: rows.count, into: target)
    }
}
