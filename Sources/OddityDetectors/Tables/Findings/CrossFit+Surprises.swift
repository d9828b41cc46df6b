internal import OddityDatasets
internal import OddityLinearAlgebra
internal import OddityPreprocessing

extension CrossFit {
    /// How far out the rows of a table are, of which some were fitted to, for an `OddShare`: see ``FarRows``.
    ///
    /// Every row is measured by one member that did not see it, also those that none saw: the members take them in turn.
    ///
    /// - Parameter rows: those that were fitted to, ascending.
    /// - Throws: `PreparationError` if the table does not fit.
    func surprises(ofRowsIn table: Table, fittedTo rows: [Int], threadCount: Int) throws
        -> [Double]
    {
        guard rows.count < table.rowCount else {
            return FarRows.surprises(
                of: heldOutMeasures,
                features: training.features,
                scoring: configuration.scoring,
                countsUncertainty: false
            )
        }
        let prepared = try training.preparer.applied(to: table)
        let known = Set(rows)
        let unseen = (0..<table.rowCount).filter { !known.contains($0) }
        let measured = measures(
            of: prepared,
            at: unseen,
            turns: unseen.indices.map { $0 % members.count },
            threadCount: threadCount
        )
        let all = zip(rows, heldOutMeasures).map { ($0, $1) } + zip(unseen, measured)
        return FarRows.surprises(
            of: all.sorted { $0.0 < $1.0 }.map(\.1),
            features: prepared.features,
            scoring: configuration.scoring,
            countsUncertainty: false
        )
    }
}
