public import OddityDatasets
internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPlatform
internal import OddityPreprocessing

extension FittedTableDetector {
    /// Scores the rows of a table, each by itself: a row's score does not depend on the other rows nor
    /// on the number of threads.
    ///
    /// - Parameters:
    ///   - table: rows with the columns of ``requiredSchema``, in any order; others are ignored.
    ///   - threadCount: threads to use.
    /// - Throws: `PreparationError` if the table does not fit.
    /// - Complexity: O(rows × members × (parameters + reference codes × code size)).
    public func scores(of table: Table, threadCount: Int = 1) throws -> [RowScore] {
        try verdicts(of: table, threadCount: threadCount).map(\.score)
    }

    /// Judges the rows of a table, names the columns that made each odd, and checks whether an anomaly were normal if
    /// they held what was expected.
    ///
    /// - Parameters:
    ///   - table: rows with the columns of ``requiredSchema``, in any order; others are ignored.
    ///   - reasonCount: the most columns to name for a row.
    ///   - reasonedRows: which rows to name columns for.
    ///   - threadCount: threads to use.
    /// - Throws: `PreparationError` if the table does not fit.
    public func verdicts(
        of table: Table,
        reasonCount: Int = 0,
        reasonsFor reasonedRows: ReasonedRows = .all,
        threadCount: Int = 1
    ) throws -> [Verdict] {
        let prepared = try preparer.applied(to: table)
        return verdicts(
            of: prepared,
            in: table,
            reasonCount: reasonCount,
            reasonsFor: reasonedRows,
            threadCount: threadCount
        )
    }

    /// The one way to scores: all others lead here.
    func verdicts(
        of prepared: PreparedRows,
        in table: Table?,
        reasonCount: Int,
        reasonsFor reasonedRows: ReasonedRows = .all,
        threadCount: Int
    ) -> [Verdict] {
        let rows = NetworkRows(
            prepared.features,
            analysis: analysis,
            threadCount: threadCount
        )
        let evidence = Dictionary(grouping: prepared.evidence, by: \.row)
        let sources = table.map { table in preparer.columns.map { table[$0.name] } }
        var results = RowTiles.joined(
            rowCount: prepared.features.rowCount,
            threadCount: threadCount
        ) {
            TableScorer(self, reasonCount: reasonCount, reasonsFor: reasonedRows)
                .verdicts(of: rows, in: $0, evidence: evidence, sources: sources)
        }
        if reasonCount > 0 {
            addCounterfactuals(to: &results, of: prepared, threadCount: threadCount)
        }
        return results
    }
}
