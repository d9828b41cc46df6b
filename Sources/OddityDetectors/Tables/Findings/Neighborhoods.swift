internal import OddityLinearAlgebra
internal import OddityPlatform
internal import OddityPreprocessing

/// How far rows are from so many others that rows which are odd in the same way cannot be all of them.
///
/// It is the distance to the farthest of the nearest fifth of the rows, in normal scores: as many as may be odd. The distance to
/// the nearest row, or to one of the next few, says nothing of rows that come in dozens.
struct Neighborhoods: Sendable {
    /// The share of the rows that a neighborhood holds: as many as may be left out.
    private static let share = FarRows.largestShare
    /// The most rows that distances are measured to.
    private static let referenceLimit = 256

    private let scores: NormalScores
    /// Features × references, in normal scores.
    private let references: Matrix
    /// Half the squares of the references' lengths.
    private let halfSquares: [Float]
    /// The number of references in a neighborhood.
    private let count: Int
    /// For each row that was learned from the logarithm of its distance.
    let logDistances: [Double]

    /// Learns from some of the rows of a table, of which each is placed as if it were new.
    ///
    /// - Parameters:
    ///   - features: all rows, each of which gets a distance.
    ///   - rows: those to learn from.
    ///   - preparer: how they came to be.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Complexity: O(rows × features × (log rows + references)).
    init(_ features: Matrix, rows: [Int], preparer: TablePreparer, threadCount: Int) {
        scores = NormalScores(features, rows: rows, preparer: preparer)
        let own = scores.scores(of: features, learnedFrom: rows)
        let referenceCount = min(rows.count, Neighborhoods.referenceLimit)
        let chosen = (0..<referenceCount).map { rows[$0 * rows.count / referenceCount] }
        references = own.rows(at: chosen).transposed()
        halfSquares = chosen.map { row in own.row(row).reduce(0) { $0 + $1 * $1 } / 2 }
        count = max(1, Int(Neighborhoods.share * Double(referenceCount)))
        logDistances = Neighborhoods.logDistances(
            of: own,
            references,
            halfSquares,
            count: count,
            isReference: Set(chosen).contains,
            threadCount: threadCount
        )
    }

    /// For each of some rows that were not learned from the logarithm of its distance.
    func logDistances(of features: Matrix, threadCount: Int) -> [Double] {
        Neighborhoods.logDistances(
            of: scores.scores(of: features),
            references,
            halfSquares,
            count: count,
            isReference: { _ in false },
            threadCount: threadCount
        )
    }

    /// - Parameter isReference: whether a row is a reference itself, and so no neighbor of its own.
    private static func logDistances(
        of rows: Matrix,
        _ references: Matrix,
        _ halfSquares: [Float],
        count: Int,
        isReference: @escaping @Sendable (Int) -> Bool,
        threadCount: Int
    ) -> [Double] {
        let referenceCount = halfSquares.count
        let width = rows.columnCount
        return RowTiles.values(of: rows, threadCount: threadCount) {
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
                var square: Float = 0
                for j in 0..<width {
                    square += tile.elements[row * width + j] * tile.elements[row * width + j]
                }
                let halves = halfSquares.indices.map {
                    square / 2 + halfSquares[$0] - products[row * referenceCount + $0]
                }
                let place = count - (isReference(tile.rows.lowerBound + row) ? 0 : 1)
                let half = halves.sorted()[min(place, referenceCount - 1)]
                results[row] = log(max(2 * Double(half), 1e-24)) / 2
            }
        }
    }
}
