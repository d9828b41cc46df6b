internal import OddityDatasets
internal import OddityDetectors
internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OdditySeries

/// Trains configurations of detectors of series and judges them by the blocks that their networks did not see.
struct SeriesTrialEvaluator: TrialEvaluator {
    /// The rows by time.
    let table: Table
    let options: SeriesOptions
    let file: String
    /// The steps of the series.
    let stepCount: Int
    /// For each change the copies that it was planted in.
    let planted: [[PlantedSeries]]
    let validation: LabeledRows?
    let objective: SearchObjective

    func result(
        of configuration: SeriesDetector,
        share: Double,
        threadCount: Int
    ) throws -> (TrialResult, FittedSeriesDetector) {
        var configuration = configuration
        if share < 1 {
            let folds = configuration.folds
            let epochs = configuration.resolvedEpochs(
                rowCount: stepCount * (folds - 1) / folds / configuration.stride,
                stepCount: stepCount
            )
            configuration.epochs = max(1, Int((share * Double(epochs)).rounded()))
        }
        let fit = try configuration.fit(
            to: table,
            options: options,
            file: file,
            threadCount: threadCount,
            onProgress: { _ in }
        )
        let result = TrialResult(
            share: share,
            heldOutLoss: fit.heldOutLoss,
            separations: try Parallel.map(
                count: configuration.folds,
                threadCount: threadCount
            ) { fold in try planted.map { try separation(of: $0, by: fit, fold: fold) } },
            validation: try validation.map {
                try $0.figures(
                    of: fit.detector,
                    costFalseAlarm: objective.costs.falseAlarm,
                    costMiss: objective.costs.miss,
                    threadCount: threadCount
                )
            }
        )
        return (result, fit.detector)
    }

    /// How well a fold's network tells changed rows of its block from others: the AUROC, and 0.5 where there are none.
    private func separation(
        of copies: [PlantedSeries],
        by fit: SeriesDetectorFit,
        fold: Int
    ) throws -> Double {
        let heldOut = Set(fit.heldOutRows(ofFold: fold))
        var (scores, labels): ([Double], [Bool]) = ([], [])
        for copy in copies {
            let isChanged = Dictionary(
                copy.unchanged.map { ($0, false) } + copy.changed.map { ($0, true) },
                uniquingKeysWith: { $0 || $1 }
            ).filter { heldOut.contains($0.key) }
            let rows = isChanged.keys.sorted()
            let judged = try fit.scores(of: copy.table, at: rows, byMemberOfFold: fold)
            for (row, score) in zip(rows, judged) {
                guard let score, let label = isChanged[row] else { continue }
                scores.append(score)
                labels.append(label)
            }
        }
        guard Set(labels).count == 2 else { return 0.5 }
        return try ROCCurve(LabeledScores(scores: scores, labels: labels)).area
    }
}
