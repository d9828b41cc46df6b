internal import OddityLinearAlgebra
internal import OddityPreprocessing

extension FittedTableDetector {
    /// Tries for each anomaly how few of its reasons' cells have to be replaced by what was expected.
    ///
    /// - Complexity: a score for each reason of an anomaly.
    func addCounterfactuals(
        to rows: inout [Verdict],
        of prepared: PreparedRows,
        threadCount: Int
    ) {
        let places = Dictionary(
            preparer.columns.enumerated().map { ($1.name, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let trials = rows.indices.filter { rows[$0].isAnomaly }.flatMap { row in
            rows[row].reasons.indices.map { (row: row, count: $0 + 1) }
        }
        guard !trials.isEmpty else { return }
        let evidence = Dictionary(grouping: prepared.evidence, by: \.row)
        var features = prepared.features.rows(at: trials.map(\.row))
        var left: [PreparedRows.Evidence] = []
        let width = preparer.featureCount
        features.withUnsafeMutableElements { elements in
            // A matrix of no elements has an address all the same.
            guard let base = elements.baseAddress else { return }
            for (trial, (row, count)) in trials.enumerated() {
                let replaced = rows[row].reasons.prefix(count).compactMap { reason in
                    places[reason.column].map { (column: $0, value: reason.expected) }
                }
                for (column, value) in replaced {
                    preparer.write(value, ofColumn: column, to: base + trial * width)
                }
                for cell in evidence[row] ?? []
                where !replaced.contains(where: { $0.column == cell.column }) {
                    left.append(PreparedRows.Evidence(row: trial, column: cell.column))
                }
            }
        }
        let verdicts = verdicts(
            of: PreparedRows(features: features, evidence: left),
            in: nil,
            reasonCount: 0,
            threadCount: threadCount
        )
        for ((row, count), verdict) in zip(trials, verdicts)
        where rows[row].counterfactual == nil && !verdict.isAnomaly {
            rows[row].counterfactual = Counterfactual(reasonCount: count, score: verdict.score)
        }
    }
}
