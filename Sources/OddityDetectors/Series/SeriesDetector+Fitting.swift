public import OddityDatasets
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPreprocessing
public import OdditySeries

extension SeriesDetector {
    /// Fits the detector to normal series.
    ///
    /// The steps are cut into as many consecutive blocks as there are folds. A network is trained for each
    /// block on the steps that lie further from it than the detector looks back, and the block's
    /// residuals then calibrate the scores.
    ///
    /// - Parameters:
    ///   - table: normal rows, with the columns that `options` names; those that the schema ignores are left
    ///     out.
    ///   - options: where the time and the entity of a row are, and how flaws of series are met.
    ///   - file: named in errors.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each epoch of each member, from any thread; what it throws ends the fit.
    /// - Throws: ``DetectorError`` for settings that cannot be used or too few steps, `SeriesError` and
    ///   `PreparationError` for tables that cannot be used, `TrainingError` if a loss stops being finite.
    public func fitted(
        to table: Table,
        options: SeriesOptions = SeriesOptions(),
        file: String = "the table",
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void = { _ in }
    ) throws -> FittedSeriesDetector {
        try fit(
            to: table,
            options: options,
            file: file,
            threadCount: threadCount,
            onProgress: onProgress
        ).detector
    }

    /// Fits, and keeps what the members make of the blocks that they did not see.
    package func fit(
        to table: Table,
        options: SeriesOptions,
        file: String,
        threadCount: Int,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void
    ) throws -> SeriesDetectorFit {
        try validate()
        guard alarmsPerDay == nil || options.timeColumn != nil else {
            throw DetectorError.invalidSetting(
                name: "the alarms a day",
                value: "\(alarmsPerDay ?? 0)",
                remedy: "rows without times have no days: name the column of times, or give a "
                    + "false-alarm rate"
            )
        }
        let keys = [options.timeColumn, options.entityColumn]
        try table.refuseInfinite(in: table.columns.filter { !keys.contains($0.name) })
        let series = try TimeSeries(table, options: options, file: file)
        let stepCount = series.values.rowCount
        // The mean of a block is compared with those of its quarters.
        let needed = max(SeriesDetector.minimumStepCount, 4 * folds)
        guard stepCount >= needed else {
            throw DetectorError.tooFewRows(count: stepCount, needed: needed)
        }
        let window = resolvedWindow(for: series)
        let blocks = (0..<folds).map { block($0, of: stepCount) }
        let names = try preparation.fitted(to: series.values).numberColumns
        let profile = season == .keep ? nil : SeasonalProfile.learned(from: series, among: names)
        let trained = try views(
            of: series,
            less: profile,
            numbers: names,
            windowLength: window.steps,
            reading: table.schema,
            blocks: blocks,
            threadCount: threadCount,
            onProgress: onProgress
        )
        let first = trained[0]
        let featureCount = first.view.preparer.featureCount
        var detector = FittedSeriesDetector(
            configuration: self,
            options: series.options,
            clock: series.clock,
            window: window,
            views: trained.map(\.view),
            season: profile,
            heldOut: first.view.calibration.heldOutScores(
                first.heldOut,
                featureCount: featureCount
            ),
            provenance: Provenance(trainingCount: stepCount),
            trainingEntityCount: series.entities.count
        )
        if let alarmsPerDay {
            try detector.keep(alarmsPerDay: alarmsPerDay, on: first.heldOut)
        }
        return SeriesDetectorFit(
            detector: detector,
            series: series,
            steps: first.steps,
            evidence: trained.flatMap(\.evidence),
            errors: first.heldOut.blocks.flatMap {
                SeriesCalibration.errors(of: $0, featureCount: featureCount)
            }
        )
    }

    /// What the slowest average spans, where the data decide.
    static let averageRange = 32...64

    /// The steps of so many that the network of a fold does not see.
    func block(_ fold: Int, of stepCount: Int) -> Range<Int> {
        stepCount * fold / folds..<stepCount * (fold + 1) / folds
    }

    /// How far back it looks in these series, and why.
    package func resolvedWindow(for series: TimeSeries) -> WindowLength {
        let suggested = WindowLength.suggested(for: series)
        if let windowLength { return WindowLength(steps: windowLength, reason: "as asked for") }
        var result = suggested
        if !network.usesWindows {
            let range = SeriesDetector.averageRange
            result.steps = min(max(result.steps, range.lowerBound), range.upperBound)
            if result.steps != suggested.steps {
                result.reason =
                    "averages span \(range.lowerBound) to \(range.upperBound) steps; the data "
                    + "suggest \(suggested.steps)"
            }
        }
        let stepCount = series.values.rowCount
        let most = max(2, stepCount / 12)
        if result.steps > most {
            result = WindowLength(
                steps: most,
                reason: "a twelfth of the \(stepCount) training steps"
            )
        }
        return result
    }
}
