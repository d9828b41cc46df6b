internal import OddityDatasets
internal import OddityLinearAlgebra
internal import OddityPreprocessing

extension CrossFit {
    /// How far out the rows of a table are, of which some were fitted to: see ``FarRows``.
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
                scoring: configuration.scoring
            )
        }
        let prepared = try training.preparer.applied(to: table)
        let known = Set(rows)
        let unseen = (0..<table.rowCount).filter { !known.contains($0) }
        let measured = measures(of: prepared, at: unseen, threadCount: threadCount)
        let all = zip(rows, heldOutMeasures).map { ($0, $1) } + zip(unseen, measured)
        return FarRows.surprises(
            of: all.sorted { $0.0 < $1.0 }.map(\.1),
            features: prepared.features,
            scoring: configuration.scoring
        )
    }

    /// What members that take turns measure of rows that none of them saw.
    private func measures(of prepared: PreparedRows, at rows: [Int], threadCount: Int)
        -> [RowMeasures]
    {
        let evidence = Dictionary(grouping: prepared.evidence, by: \.row).mapValues(\.count)
        let features = prepared.features.rows(at: rows)
        var result = [RowMeasures?](repeating: nil, count: rows.count)
        for fold in members.indices {
            let places = Array(stride(from: fold, to: rows.count, by: members.count))
            let measured = measures(ofFold: fold).measureAll(
                NetworkRows(features.rows(at: places), analysis: training.analysis),
                evidenceCounts: places.map { evidence[rows[$0], default: 0] }
            )
            for (place, row) in zip(places, measured) { result[place] = row }
        }
        var measures = result.compactMap { $0 }
        if let neighbors {
            let distances = neighbors.logDistances(of: features, threadCount: threadCount)
            for place in measures.indices { measures[place].logNeighbor = distances[place] }
        }
        return measures
    }
}
