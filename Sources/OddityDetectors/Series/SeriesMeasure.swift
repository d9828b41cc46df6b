internal import COddityKernels
internal import OddityLinearAlgebra

/// The mean squared whitened residual of steps.
struct SeriesMeasure: Sendable {
    /// One over the held-out root mean square of each number.
    let factor: [Float]
    /// Numbers × numbers.
    let whitening: Matrix

    /// One measure for each row, whatever the other rows.
    func measures(of residuals: Matrix, threadCount: Int = 1) -> [Double] {
        let size = factor.count
        return RowTiles.values(of: residuals, threadCount: threadCount) {
            (
                scaled: AlignedBuffer(count: RowTiles.rowCount * size),
                product: AlignedBuffer(count: RowTiles.rowCount * size)
            )
        } _: { tile, workspace, results in
            let scaled = workspace.scaled.baseAddress
            let product = workspace.product.baseAddress
            factor.withUnsafeBufferPointer { factor in
                for row in 0..<tile.rowCount {
                    let x = tile.elements + row * size
                    let y = scaled + row * size
                    for j in 0..<size { y[j] = x[j] * factor[j] }
                }
            }
            whitening.withUnsafeElements { elements in
                guard let base = elements.baseAddress else { return }
                Products.multiplyRows(
                    scaled,
                    base,
                    into: product,
                    m: tile.rowCount,
                    n: size,
                    k: size
                )
            }
            for row in 0..<tile.rowCount {
                results[row] = oddity_sum_of_squares(product + row * size, size)
            }
        }
    }
}
