public import OddityDatasets

extension FittedTableDetector {
    /// Counts the rows that are known from the training; none where the model cannot tell: an older one, or one of
    /// rows many of which are equal.
    ///
    /// Scores do not depend on it.
    ///
    /// - Complexity: O(rows × columns).
    public func count(_ table: Table, in known: inout KnownRows) {
        guard let sketch, let hashes = preparer.rowHashes(of: table) else { return }
        known.add(hashes, in: sketch)
    }
}
