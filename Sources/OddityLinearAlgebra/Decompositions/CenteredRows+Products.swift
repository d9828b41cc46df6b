extension CenteredRows {
    /// XᵀX, columns × columns, in the upper triangle.
    func scatter() -> DoubleBlock {
        var result = DoubleBlock(rowCount: columnCount, columnCount: columnCount)
        result.elements.withUnsafeMutableBufferPointer { result in
            guard let result = result.baseAddress else { return }
            forEachRowTile { rows, tile in
                DoubleProducts.addSquare(
                    tile,
                    to: result,
                    size: columnCount,
                    depth: rows.count,
                    stride: columnCount,
                    transposed: true
                )
            }
        }
        return result
    }

    /// XXᵀ, rows × rows, in the upper triangle.
    func gram() -> DoubleBlock {
        var result = DoubleBlock(rowCount: rowCount, columnCount: rowCount)
        result.elements.withUnsafeMutableBufferPointer { result in
            guard let result = result.baseAddress else { return }
            forEachColumnTile { columns, tile in
                DoubleProducts.addSquare(
                    tile,
                    to: result,
                    size: rowCount,
                    depth: columns.count,
                    stride: columns.count
                )
            }
        }
        return result
    }

    /// The sum of all squares: the trace of ``scatter()`` and of ``gram()``.
    func sumOfSquares() -> Double {
        var sum = 0.0
        forEachRowTile { rows, tile in
            for i in 0..<rows.count * columnCount { sum += tile[i] * tile[i] }
        }
        return sum
    }

    /// UX for U of any number of rows × rows of X.
    func combined(by weights: DoubleBlock) -> DoubleBlock {
        var result = DoubleBlock(rowCount: weights.rowCount, columnCount: columnCount)
        result.elements.withUnsafeMutableBufferPointer { result in
            weights.elements.withUnsafeBufferPointer { weights in
                guard let result = result.baseAddress, let base = weights.baseAddress else {
                    return
                }
                forEachRowTile { rows, tile in
                    DoubleProducts.multiply(
                        base + rows.lowerBound,
                        tile,
                        into: result,
                        m: weights.count / rowCount,
                        n: columnCount,
                        k: rows.count,
                        leftStride: rowCount,
                        rightStride: columnCount,
                        resultStride: columnCount,
                        keep: 1
                    )
                }
            }
        }
        return result
    }

    /// VXᵀ for V of any number of rows × columns of X: the rows' coordinates along each row of V.
    func projected(on directions: DoubleBlock) -> DoubleBlock {
        var result = DoubleBlock(rowCount: directions.rowCount, columnCount: rowCount)
        result.elements.withUnsafeMutableBufferPointer { result in
            guard let result = result.baseAddress else { return }
            forEachRowTile { rows, tile in
                DoubleProducts.multiply(
                    directions.elements,
                    tile,
                    into: result + rows.lowerBound,
                    m: directions.rowCount,
                    n: rows.count,
                    k: columnCount,
                    leftStride: columnCount,
                    rightStride: columnCount,
                    resultStride: rowCount,
                    transposeRight: true
                )
            }
        }
        return result
    }
}
