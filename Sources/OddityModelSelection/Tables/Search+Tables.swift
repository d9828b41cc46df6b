public import OddityDatasets
public import OddityDetectors
internal import OddityLinearAlgebra
internal import OddityPreprocessing

extension Search where Base == TableDetector {
    /// Tries configurations on normal rows.
    ///
    /// - Parameters:
    ///   - table: normal rows to train on.
    ///   - validation: labelled rows to choose by; needed by objectives with labels.
    ///   - journal: where finished trials are kept, and taken from after a search that was stopped.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each trial, from any thread, one call at a time.
    /// - Returns: all trials, and the best of them.
    /// - Throws: ``SearchError``, and what `TableDetector.fitted(to:)` throws for ``base``. Another trial
    ///   whose loss stops being finite is out of the race.
    public func run(
        on table: Table,
        validation: LabeledRows? = nil,
        journal: TrialJournal? = nil,
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (SearchProgress<TableDetector>) -> Void = { _ in }
    ) throws -> SearchResult<TableDetector> {
        try validate(validation)
        let rows = try base.trainingRows(of: table, threadCount: threadCount)
        let folds = base.partition(rowCount: table.rowCount)
        let planted = (0..<base.folds).map { fold in
            var stream = RandomStream(seed: base.seed, use: .planting, index: fold)
            return PlantedRows(
                rows: folds.rows[fold],
                of: rows.features,
                preparer: rows.preparer,
                using: &stream
            )
        }
        var search = self
        search.base.hiddenSizes = base.resolvedHiddenSizes(featureCount: rows.inputSize)
        let configurations = [search.base] + search.candidates()
        try configurations.forEach { try $0.validate() }
        try journal?.open(
            fingerprint: SearchFingerprint(self, validation: validation) { hash in
                hash.add(UInt64(rows.features.columnCount))
                rows.features.withUnsafeElements {
                    for value in $0 { hash.add(UInt64(value.bitPattern)) }
                }
            }.text,
            shape: TrialJournal.Shape(
                trialCount: configurations.count,
                foldCount: base.folds,
                changeCount: planted.first?.changed.count ?? 0,
                hasValidation: validation != nil
            )
        )
        return try search.run(
            configurations,
            latentSizes: configurations.map { $0.hiddenSizes?.last ?? 0 },
            judgedBy: TableTrialEvaluator(
                rows: rows,
                folds: folds,
                planted: planted,
                validation: validation,
                objective: objective
            ),
            journal: journal,
            threadCount: threadCount,
            onProgress: onProgress
        )
    }
}

extension SearchResult where Base == TableDetector {
    /// The best trial's detector, fitted to all rows.
    ///
    /// It is the one that its configuration makes of them, bit for bit; where the search has just made it,
    /// nothing is trained again.
    ///
    /// - Parameters:
    ///   - table: the rows of the search.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Throws: what `TableDetector.fitted(to:)` throws.
    public func fitted(to table: Table, threadCount: Int = 1) throws -> FittedTableDetector {
        try detector ?? best.configuration.fitted(to: table, threadCount: threadCount)
    }
}
