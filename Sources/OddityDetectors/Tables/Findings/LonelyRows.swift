internal import OddityLinearAlgebra
internal import OddityPreprocessing

/// Rows that have the fewest of the others around them.
///
/// Rows that are odd in the same way have one another near, and learned rows know their like: only a neighborhood so large that
/// the odd ones cannot fill it tells them from the others.
enum LonelyRows {
    /// The share of the kept rows that a neighborhood holds: as many as may be left out.
    private static let neighborhood = FarRows.largestShare
    /// The most rows that distances are measured to.
    private static let referenceLimit = 256
    /// How often rows are chosen anew at most.
    private static let roundLimit = 6

    /// The rows whose nearest fifth of all is farthest, in normal scores.
    ///
    /// What is left out shapes neither the scores nor the neighborhoods: rows are chosen anew until they stay the same, as in the
    /// concentration steps of trimmed estimates (Rousseeuw and Van Driessen 1999).
    ///
    /// - Parameters:
    ///   - count: how many rows to name.
    ///   - features: the features of more rows than that.
    ///   - preparer: how they came to be.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Complexity: O(rows × features × (log rows + references)).
    static func positions(
        _ count: Int,
        in features: Matrix,
        preparer: TablePreparer,
        threadCount: Int
    ) -> [Int] {
        var chosen: [Int] = []
        for _ in 0..<roundLimit {
            let left = Set(chosen)
            let distances = distances(
                of: features,
                toRows: (0..<features.rowCount).filter { !left.contains($0) },
                preparer: preparer,
                threadCount: threadCount
            )
            let next = distances.indices.sorted { (distances[$0], $1) > (distances[$1], $0) }
                .prefix(count).sorted()
            if next == chosen { break }
            chosen = next
        }
        return chosen
    }

    /// For each row half the squared distance to the farthest one of the nearest fifth of some rows.
    private static func distances(
        of features: Matrix,
        toRows rows: [Int],
        preparer: TablePreparer,
        threadCount: Int
    ) -> [Double] {
        let normal = NormalScores(features, rows: rows, preparer: preparer)
            .scores(of: features, learnedFrom: rows)
        let referenceCount = min(rows.count, referenceLimit)
        let chosen = (0..<referenceCount).map { rows[$0 * rows.count / referenceCount] }
        let norms = chosen.map { row in normal.row(row).reduce(0) { $0 + $1 * $1 } / 2 }
        let references = normal.rows(at: chosen).transposed()
        let place = min(referenceCount - 1, Int(neighborhood * Double(referenceCount)))
        let width = normal.columnCount
        return RowTiles.values(of: normal, threadCount: threadCount) {
            [Float](repeating: 0, count: RowTiles.rowCount * referenceCount)
        } _: { tile, products, results in
            references.withUnsafeElements { references in
                products.withUnsafeMutableBufferPointer { products in
                    guard let base = references.baseAddress, let own = products.baseAddress else {
                        return
                    }
                    Products.multiplyRows(
                        tile.elements,
                        base,
                        into: own,
                        m: tile.rowCount,
                        n: referenceCount,
                        k: width
                    )
                }
            }
            for row in 0..<tile.rowCount {
                var norm: Float = 0
                for j in 0..<width {
                    norm += tile.elements[row * width + j] * tile.elements[row * width + j]
                }
                let halves = norms.indices.map {
                    norm / 2 + norms[$0] - products[row * referenceCount + $0]
                }
                results[row] = Double(halves.sorted()[place])
            }
        }
    }
}
