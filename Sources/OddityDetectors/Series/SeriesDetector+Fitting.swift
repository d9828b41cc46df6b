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
    ///   - onProgress: called after each epoch of each member, from any thread.
    /// - Throws: ``DetectorError`` for settings that cannot be used or too few steps, `SeriesError` and
    ///   `PreparationError` for tables that cannot be used, `TrainingError` if a loss stops being finite.
    public func fitted(
        to table: Table,
        options: SeriesOptions = SeriesOptions(),
        file: String = "the table",
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) -> Void = { _ in }
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
    func fit(
        to table: Table,
        options: SeriesOptions,
        file: String,
        threadCount: Int,
        onProgress: @escaping @Sendable (FittingProgress) -> Void
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
        let suggested = WindowLength.suggested(for: series)
        let window = windowLength(suggested, stepCount: stepCount)
        let preparer = try preparation.fitted(to: series.values)
            .reading(numbersAs: table.schema)
        let prepared = try preparer.applied(to: series.values)
        let blocks = (0..<folds).map {
            stepCount * $0 / folds..<stepCount * ($0 + 1) / folds
        }
        let steps = series.trackedSteps
        let scaling = SeriesScaling(
            prepared.features,
            blocks: blocks,
            breaks: steps.map { $0.placement == .starts },
            windowLength: window.steps
        )
        let layout = SeriesLayout(
            network,
            scaling,
            windowLength: window.steps,
            options: series.options
        )
        let training = SeriesTraining(steps, prepared, layout, scaling, blocks: blocks)
        let members = try Parallel.map(count: folds, threadCount: threadCount) { fold in
            try member(
                fold,
                training,
                threadCount: max(1, threadCount / folds),
                onProgress: onProgress
            )
        }
        let heldOut = training.heldOutBlocks(members, threadCount: threadCount)
        let judged = try HeldOutSeries(heldOut.filter { $0.residuals.rowCount > 0 })
        let calibration = SeriesCalibration(judged)
        let logMeasures = judged.blocks.flatMap {
            judged.measure.measures(of: $0).map(SeriesCalibration.logarithm)
        }
        var detector = FittedSeriesDetector(
            configuration: self,
            options: series.options,
            clock: series.clock,
            window: window,
            preparer: preparer,
            scaling: scaling,
            members: members,
            calibration: calibration,
            heldOut: calibration.heldOutScores(judged, featureCount: layout.featureCount),
            provenance: Provenance(trainingCount: stepCount),
            trainingEntityCount: series.entities.count
        )
        if let alarmsPerDay { try detector.keep(alarmsPerDay: alarmsPerDay, on: judged) }
        return SeriesDetectorFit(
            detector: detector,
            series: series,
            steps: (0..<folds).flatMap(training.heldOut),
            logMeasures: logMeasures,
            logDistances: judged.logDistances,
            errors: judged.blocks.flatMap {
                SeriesCalibration.errors(of: $0, featureCount: layout.featureCount)
            }
        )
    }

    /// What the slowest average spans, where the data decide.
    private static let averageRange = 32...64

    private func windowLength(_ suggested: WindowLength, stepCount: Int) -> WindowLength {
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
        let most = max(2, stepCount / 12)
        if result.steps > most {
            result = WindowLength(
                steps: most,
                reason: "a twelfth of the \(stepCount) training steps"
            )
        }
        return result
    }

    /// Trains the network that does not see a block.
    private func member(
        _ fold: Int,
        _ training: SeriesTraining,
        threadCount: Int,
        onProgress: @escaping @Sendable (FittingProgress) -> Void
    ) throws -> SeriesMember {
        let layout = training.layout
        let stepCount = training.steps.count
        let rows = training.rows(outsideBlock: fold, stride: stride)
        guard rows.count >= 10 else {
            let needed = max(SeriesDetector.minimumStepCount, 12 * layout.warmUpCount)
            guard stepCount >= needed else {
                throw DetectorError.tooFewRows(count: stepCount, needed: needed)
            }
            throw DetectorError.invalidSetting(
                name: "the window",
                value: "\(layout.warmUpCount)",
                remedy:
                    "of \(stepCount) steps only \(rows.count) have so many before them to train "
                    + "on: give a shorter one, or longer series"
            )
        }
        let batchSize = resolvedBatchSize(stepCount: stepCount)
        let epochs = resolvedEpochs(rowCount: rows.count, stepCount: stepCount)
        var seeds = RandomStream(seed: seed, use: .seeding, index: fold)
        let description = network.description(
            layout,
            stepsPerEpoch: (rows.count + batchSize - 1) / batchSize
        )
        let result = try training.trained(
            Network(description, initializer: .glorot, seed: seeds.next()),
            options: TrainingOptions(
                loss: loss,
                learningRate: learningRate,
                schedule: .cosine(),
                epochs: epochs,
                batchSize: batchSize,
                patience: patience,
                seed: seeds.next()
            ),
            rows: rows,
            heldOut: training.heldOut(fold),
            threadCount: threadCount
        ) { record in
            onProgress(
                FittingProgress(
                    member: fold,
                    memberCount: folds,
                    epoch: record.epoch,
                    epochCount: epochs,
                    trainingLoss: record.trainingLoss,
                    heldOutLoss: record.validationLoss ?? .nan
                )
            )
        }
        let range = training.range(ofRows: rows)
        return SeriesMember(
            network: result.network,
            low: range.low,
            high: range.high,
            codes: countsCodeDistance
                ? NearestCode(
                    codes: training.codes(of: result.network, rows: rows, seed: seeds.next())
                ) : nil,
            history: result.history
        )
    }
}

extension TimeSeries {
    /// The steps in the order of their values, as a tracker gives them.
    fileprivate var trackedSteps: [TrackedChunk.Step] {
        var steps: [TrackedChunk.Step] = []
        steps.reserveCapacity(values.rowCount)
        for (number, entity) in entities.enumerated() {
            for segment in entity.segments {
                for row in segment {
                    steps.append(
                        TrackedChunk.Step(
                            entity: number,
                            instant: nil,
                            placement: row == segment.lowerBound ? .starts : .continues
                        )
                    )
                }
            }
        }
        return steps
    }
}
