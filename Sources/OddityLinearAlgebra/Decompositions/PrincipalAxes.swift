/// The directions in which rows vary most, with the variance along each.
///
/// With X the rows minus their mean, n of them, the axes vᵢ are the eigenvectors of XᵀX / (n − 1) and the
/// variances its eigenvalues (Pearson 1901, Hotelling 1933); for one row the variances are 0. Sums
/// are of doubles. Each axis has unit length, and its largest entry by magnitude (the first among
/// equals) is positive, so that the same rows give the same axes.
///
/// An axis along which the rows vary no more than rounding to `Float` explains is never kept, so
/// there are at most min(rows − 1, columns) axes, and none for rows that are all equal.
public struct PrincipalAxes: Sendable {
    /// The mean of each column.
    public let mean: [Double]
    /// The variance along each axis kept, largest first.
    public let variances: [Double]
    /// The axes kept, one a row: axes × columns.
    public let axes: Matrix
    /// The sum of the variances of all columns, which is that along all axes.
    public let totalVariance: Double

    /// Finds the axes exactly.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, at least one row and one column.
    ///   - kept: how many axes to keep, given the variances of all and ``totalVariance``; at most all.
    /// - Throws: ``DecompositionError`` if the numbers are not finite.
    /// - Complexity: with s the smaller and l the larger of rows and columns, O(ls² + s³) time and
    ///   3s² doubles: wide rows are decomposed through XXᵀ.
    public static func exact(
        of rows: Matrix,
        keeping kept: (_ variances: [Double], _ totalVariance: Double) -> Int
    ) throws -> PrincipalAxes {
        let centered = CenteredRows(rows)
        let isWide = rows.columnCount > rows.rowCount
        let square = isWide ? centered.gram() : centered.scatter()
        let size = square.rowCount
        let degrees = Double(max(1, rows.rowCount - 1))
        let total = (0..<size).reduce(0) { $0 + square.elements[$1 * size + $1] } / degrees
        let system = try SymmetricEigensystem(of: square.elements, size: size)
        let variances = centered.distinguishable(system.values.map { $0 / degrees })
        let count = min(kept(variances, total), variances.count)
        var vectors = DoubleBlock(rowCount: count, columnCount: size)
        vectors.elements.replaceSubrange(0..<count * size, with: system.vectors[..<(count * size)])
        if isWide { vectors = try centered.axes(fromLeft: vectors, values: system.values) }
        return PrincipalAxes(
            centered,
            variances: Array(variances.prefix(count)),
            axes: vectors,
            totalVariance: total
        )
    }

    init(
        _ centered: CenteredRows,
        variances: [Double],
        axes: DoubleBlock,
        totalVariance: Double
    ) {
        mean = centered.mean
        self.variances = variances
        self.totalVariance = totalVariance
        let width = axes.columnCount
        var matrix = Matrix(rowCount: axes.rowCount, columnCount: width)
        matrix.withUnsafeMutableElements { elements in
            axes.elements.withUnsafeBufferPointer { axes in
                for start in stride(from: 0, to: axes.count, by: width) {
                    var largest = axes[start]
                    // Entries within a float's rounding of each other are equal.
                    for i in start..<start + width where abs(axes[i]) > abs(largest) * (1 + 0x1p-20)
                    {
                        largest = axes[i]
                    }
                    let sign: Double = largest < 0 ? -1 : 1
                    for i in start..<start + width { elements[i] = Float(sign * axes[i]) }
                }
            }
        }
        self.axes = matrix
    }
}

extension CenteredRows {
    /// The variances that are more than rounding: of the floats, and of the sums of doubles.
    func distinguishable(_ variances: [Double]) -> [Double] {
        let size = Double(max(rowCount, columnCount))
        let floor = max(roundingVariance, (variances.first ?? 0) * size * 0x1p-52)
        return Array(variances.prefix(max(0, rowCount - 1)).prefix { $0 > floor })
    }

    /// The axes Xᵀu / |Xᵀu| for eigenvectors u of XXᵀ.
    ///
    /// An error in u of one rounding grows by the ratio of the largest to the axis's own eigenvalue, so
    /// axes far below the first are made orthogonal once more.
    fileprivate func axes(fromLeft left: DoubleBlock, values: [Double]) throws -> DoubleBlock {
        var axes = combined(by: left)
        for row in 0..<axes.rowCount {
            let inverse = 1 / values[row].squareRoot()
            for i in row * columnCount..<(row + 1) * columnCount { axes.elements[i] *= inverse }
        }
        if axes.rowCount > 0, values[axes.rowCount - 1] < 1e-6 * values[0] {
            try axes.orthonormalizeRows()
        }
        return axes
    }
}
