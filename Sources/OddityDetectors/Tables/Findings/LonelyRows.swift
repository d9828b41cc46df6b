internal import OddityLinearAlgebra
internal import OddityPreprocessing

/// Rows that have the fewest of the others around them.
///
/// Rows that are odd in the same way have one another near, and learned rows know their like: only a neighborhood so large that
/// the odd ones cannot fill it tells them from the others.
enum LonelyRows {
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
            let distances = Neighborhoods(
                features,
                rows: (0..<features.rowCount).filter { !left.contains($0) },
                preparer: preparer,
                threadCount: threadCount
            ).logDistances
            let next = distances.indices.sorted { (distances[$0], $1) > (distances[$1], $0) }
                .prefix(count).sorted()
            if next == chosen { break }
            chosen = next
        }
        return chosen
    }
}
