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
        try explainedScores(of: table, reasonCount: 0, threadCount: threadCount).map(\.score)
    }

    /// Scores the rows of a table and names the columns that made each odd.
    ///
    /// - Parameters:
    ///   - table: rows with the columns of ``requiredSchema``, in any order; others are ignored.
    ///   - reasonCount: the most columns to name for a row.
    ///   - threadCount: threads to use.
    /// - Throws: `PreparationError` if the table does not fit.
    public func explainedScores(
        of table: Table,
        reasonCount: Int,
        threadCount: Int = 1
    ) throws -> [ExplainedScore] {
        let prepared = try preparer.applied(to: table)
        return explainedScores(
            of: prepared,
            in: table,
            reasonCount: reasonCount,
            threadCount: threadCount
        )
    }

    /// The one way to scores: all others lead here.
    func explainedScores(
        of prepared: PreparedRows,
        in table: Table?,
        reasonCount: Int,
        threadCount: Int
    ) -> [ExplainedScore] {
        let rowCount = prepared.features.rowCount
        let rows = NetworkRows(
            prepared.features,
            analysis: analysis,
            threadCount: threadCount
        )
        let evidence = Dictionary(grouping: prepared.evidence, by: \.row)
        let sources = table.map { table in preparer.columns.map { table[$0.name] } }
        let tileSize = InferencePlan.tileRowCount
        // Each piece has scorers of its own; more pieces than threads even out their speeds.
        let tileCount = (rowCount + tileSize - 1) / tileSize
        let pieceCount = Parallel.pieceCount(for: tileCount, threadCount: threadCount)
        guard pieceCount > 0 else { return [] }
        return Parallel.map(count: pieceCount, threadCount: threadCount) { piece in
            let first = tileCount * piece / pieceCount * tileSize
            let last = min(rowCount, tileCount * (piece + 1) / pieceCount * tileSize)
            let scorer = TableScorer(self, sources: sources, reasonCount: reasonCount)
            var results: [ExplainedScore] = []
            results.reserveCapacity(last - first)
            for start in stride(from: first, to: last, by: tileSize) {
                scorer.score(
                    rows,
                    rows: start..<min(start + tileSize, last),
                    evidence: evidence,
                    into: &results
                )
            }
            return results
        }.flatMap { $0 }
    }
}
