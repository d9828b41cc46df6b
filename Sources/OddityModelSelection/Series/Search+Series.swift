public import OddityDatasets
public import OddityDetectors
internal import OddityLinearAlgebra
internal import OddityPreprocessing
public import OdditySeries

extension Search where Base == SeriesDetector {
    /// Tries configurations on normal series.
    ///
    /// Without labels a trial is judged by how well the network that did not see a block tells rows of it that something
    /// was planted in from the rows before them: the value of another row, those of eight rows elsewhere, or noise.
    ///
    /// - Parameters:
    ///   - table: normal rows to train on, as for a fit.
    ///   - options: where the time and the entity of a row are, and how flaws of series are met.
    ///   - file: named in errors.
    ///   - validation: labelled rows by time to choose by; needed by objectives with labels.
    ///   - journal: where finished trials are kept, and taken from after a search that was stopped.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each trial, from any thread, one call at a time.
    /// - Returns: all trials, and the best of them.
    /// - Throws: ``SearchError``, and what `SeriesDetector.fitted(to:)` throws for ``base``. Another trial
    ///   whose loss stops being finite is out of the race.
    public func run(
        on table: Table,
        options: SeriesOptions = SeriesOptions(),
        file: String = "the table",
        validation: LabeledRows? = nil,
        journal: TrialJournal? = nil,
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (SearchProgress<SeriesDetector>) -> Void = { _ in }
    ) throws -> SearchResult<SeriesDetector> {
        try validate(validation)
        let series = try TimeSeries(table, options: options, file: file)
        let table = series.rowsInOrder.map { table.selecting(rows: $0) } ?? table
        let stepCount = series.values.rowCount
        let featureCount = try base.preparation.fitted(to: series.values).featureCount
        var search = self
        search.space = space.resolved(
            windowLength: base.resolvedWindow(for: series).steps,
            stepCount: stepCount,
            featureCount: featureCount
        )
        let configurations = [base] + search.candidates()
        try configurations.forEach { try $0.validate() }
        let judged = Set(series.values.columns.map(\.name))
        let planted = PlantedSeries.changes.enumerated().map { index, change in
            var stream = RandomStream(seed: base.seed, use: .planting, index: index)
            return PlantedSeries.planted(change, in: table, columns: judged, using: &stream)
        }
        try journal?.open(
            fingerprint: SearchFingerprint(self, validation: validation) { hash in
                try hash.add(settings: options)
                hash.add(table)
            }.text,
            shape: TrialJournal.Shape(
                trialCount: configurations.count,
                foldCount: base.folds,
                changeCount: planted.count,
                hasValidation: validation != nil
            )
        )
        return try search.run(
            configurations,
            latentSizes: configurations.map {
                $0.network.resolvedLatentSize(featureCount: featureCount)
            },
            judgedBy: SeriesTrialEvaluator(
                table: table,
                options: options,
                file: file,
                stepCount: stepCount,
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

extension SearchResult where Base == SeriesDetector {
    /// The best trial's detector, fitted to all rows.
    ///
    /// It is the one that its configuration makes of them, bit for bit; where the search has just made it,
    /// nothing is trained again.
    ///
    /// - Parameters:
    ///   - table: the rows of the search.
    ///   - options: those of the search.
    ///   - file: named in errors.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Throws: what `SeriesDetector.fitted(to:)` throws.
    public func fitted(
        to table: Table,
        options: SeriesOptions = SeriesOptions(),
        file: String = "the table",
        threadCount: Int = 1
    ) throws -> FittedSeriesDetector {
        try detector
            ?? best.configuration.fitted(
                to: table,
                options: options,
                file: file,
                threadCount: threadCount
            )
    }
}
