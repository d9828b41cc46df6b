internal import COddityKernels
internal import OddityLinearAlgebra

/// Rows to one of the nearest of which is measured, where the nearest itself is nothing but chance.
struct RankedReferences: Sendable {
    private let references: Matrix
    /// Which of the nearest is measured to, above 1.
    private let rank: Int
    /// The references as columns.
    private let transposed: Matrix
    /// ½|r|² of each.
    private let halfNorms: [Float]

    init(_ references: Matrix, rank: Int) {
        self.references = references
        self.rank = rank
        transposed = references.transposed()
        halfNorms = (0..<references.rowCount).map { row in
            references.row(row).reduce(0) { $0 + $1 * $1 } / 2
        }
    }

    /// Writes the squared distance of each row of a tile, as ``ReferenceRows`` does to the nearest.
    ///
    /// - Parameters:
    ///   - rows: as long as the references.
    ///   - excluded: for each row a reference that does not count, or nil; empty for none.
    ///   - products: room for a number for each row and reference.
    ///   - squares: a number for each row.
    /// - Complexity: O(rows × references × (columns + rank)).
    func squaredDistances(
        of rows: UnsafePointer<Float>,
        rowCount: Int,
        excluding excluded: [Int?],
        products: UnsafeMutablePointer<Float>,
        into squares: UnsafeMutablePointer<Float>
    ) {
        let (size, count) = (references.columnCount, references.rowCount)
        transposed.withUnsafeElements { elements in
            guard let base = elements.baseAddress else { return }
            Products.multiplyRows(rows, base, into: products, m: rowCount, n: count, k: size)
        }
        for (row, reference) in excluded.enumerated() {
            if let reference { products[row * count + reference] = -.infinity }
        }
        references.withUnsafeElements { elements in
            halfNorms.withUnsafeBufferPointer { norms in
                guard let base = elements.baseAddress, let norms = norms.baseAddress else { return }
                for row in 0..<rowCount {
                    let own = products + row * count
                    var best = oddity_index_of_largest_difference(own, norms, count)
                    for _ in 1..<rank {
                        own[best] = -.infinity
                        best = oddity_index_of_largest_difference(own, norms, count)
                    }
                    var sum: Float = 0
                    for j in 0..<size {
                        let difference = rows[row * size + j] - base[best * size + j]
                        sum += difference * difference
                    }
                    squares[row] = sum
                }
            }
        }
    }
}
