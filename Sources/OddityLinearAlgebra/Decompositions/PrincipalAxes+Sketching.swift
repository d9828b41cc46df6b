extension PrincipalAxes {
    /// Directions beyond those asked for: they make the ones asked for exact to more digits.
    private static let oversampling = 10
    /// Passes of subspace iteration.
    private static let powerIterations = 4

    /// Finds the leading axes of large matrices approximately.
    ///
    /// Halko, Martinsson and Tropp, “Finding structure with randomness”, SIAM Review 2011, algorithms
    /// 4.4 and 5.1: 10 directions more than asked for, 4 passes of subspace iteration, orthonormalized
    /// between products. A variance vᵢ is at most underestimated, by about
    /// (v₍ₖ₊₁₎ / vᵢ)⁹ of itself: little, unless variances fall very slowly.
    ///
    /// - Parameters:
    ///   - rows: finite numbers, at least one row and one column.
    ///   - count: how many axes to find; there are no more than rows or columns.
    ///   - seed: where the random directions come from; the same seed, the same bytes.
    ///   - kept: how many of them to keep, given their variances and ``totalVariance``.
    /// - Throws: ``DecompositionError`` if the numbers are not finite.
    /// - Complexity: O(rows × columns × count) time, (rows + columns) × count doubles.
    public static func sketched(
        of rows: Matrix,
        count: Int,
        seed: UInt64,
        keeping kept: (_ variances: [Double], _ totalVariance: Double) -> Int
    ) throws -> PrincipalAxes {
        let centered = CenteredRows(rows)
        let size = min(count + oversampling, rows.rowCount, rows.columnCount)
        var directions = DoubleBlock(rowCount: size, columnCount: rows.columnCount)
        var stream = RandomStream(seed: seed, use: .sketching)
        stream.fillNormal(&directions.elements)
        var range = centered.projected(on: directions)
        try range.orthonormalizeRows()
        for _ in 0..<powerIterations {
            directions = centered.combined(by: range)
            try directions.orthonormalizeRows()
            range = centered.projected(on: directions)
            try range.orthonormalizeRows()
        }
        // The rows within the range: axes of this small matrix are axes of all.
        var small = centered.combined(by: range)
        let square = small.timesItsTranspose()
        let degrees = Double(max(1, rows.rowCount - 1))
        let system = try SymmetricEigensystem(of: square.elements, size: size)
        let total = centered.sumOfSquares() / degrees
        let variances = Array(
            centered.distinguishable(system.values.map { $0 / degrees }).prefix(count)
        )
        let keptCount = min(kept(variances, total), variances.count)
        var left = DoubleBlock(rowCount: keptCount, columnCount: size)
        left.elements.replaceSubrange(
            0..<keptCount * size,
            with: system.vectors[..<(keptCount * size)]
        )
        small = left.multiplied(by: small)
        try small.orthonormalizeRows()
        return PrincipalAxes(
            centered,
            variances: Array(variances.prefix(keptCount)),
            axes: small,
            totalVariance: total
        )
    }
}

extension RandomStream {
    fileprivate mutating func fillNormal(_ elements: inout [Double]) {
        var draws = [Float](repeating: 0, count: elements.count)
        draws.withUnsafeMutableBufferPointer { fillNormal($0) }
        for i in elements.indices { elements[i] = Double(draws[i]) }
    }
}
