internal import OddityNeuralNetworks

/// Pooled images as a network sees them in one epoch: those to train on are changed.
struct AugmentedRows: RowSource {
    let rows: ScaledRows
    let augmenter: ImageAugmenter
    let epoch: Int
    /// For each row whether it is changed.
    let isChanged: [Bool]

    var rowCount: Int { rows.rowCount }
    var columnCount: Int { rows.columnCount }

    func write(
        _ rows: UnsafeBufferPointer<Int>,
        into target: UnsafeMutablePointer<Float>
    ) throws {
        try withUnsafeTemporaryAllocation(of: Float.self, capacity: columnCount) { image in
            guard let image = image.baseAddress else { return }
            for (place, row) in rows.enumerated() {
                let target = target + place * columnCount
                if isChanged[row] {
                    try self.rows.rows.write(row, into: image)
                    augmenter.write(image, row: row, epoch: epoch, into: target)
                } else {
                    let one = UnsafeBufferPointer(rebasing: rows[place..<place + 1])
                    try self.rows.write(one, into: target)
                }
            }
        }
    }
}
