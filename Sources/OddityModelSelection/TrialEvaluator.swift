internal import OddityDetectors
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPreprocessing

/// Trains configurations on the folds and judges them.
struct TrialEvaluator: Sendable {
    let rows: TrainingRows
    let folds: Folds
    let planted: [PlantedRows]
    let validation: LabeledRows?
    let objective: SearchObjective

    /// Trains a configuration for a share of its epochs.
    ///
    /// - Returns: what came of it, and the detector, which is that of a fit when all epochs were trained.
    func result(
        of configuration: TableDetector,
        share: Double,
        threadCount: Int
    ) throws -> (TrialResult, FittedTableDetector) {
        var configuration = configuration
        if share < 1 {
            let rowCount = rows.features.rowCount
            let epochs = configuration.resolvedEpochs(rowCount: rowCount - folds.rows[0].count)
            configuration.epochs = max(1, Int((share * Double(epochs)).rounded()))
        }
        let fit = try configuration.crossFit(
            to: rows,
            partition: folds,
            threadCount: threadCount
        )
        let detector = try fit.detector(threadCount: threadCount)
        let result = TrialResult(
            share: share,
            heldOutLoss: fit.heldOutLoss,
            separations: try CrossValidation(folds: folds).separations(
                of: fit,
                planted: planted,
                threadCount: threadCount
            ),
            validation: try validation.map {
                try figures(of: detector, on: $0, threadCount: threadCount)
            }
        )
        return (result, detector)
    }

    private func figures(
        of detector: FittedTableDetector,
        on rows: LabeledRows,
        threadCount: Int
    ) throws -> DetectionFigures {
        guard case .leastCost(let costFalseAlarm, let costMiss) = objective else {
            return try rows.figures(of: detector, threadCount: threadCount)
        }
        return try rows.figures(
            of: detector,
            costFalseAlarm: costFalseAlarm,
            costMiss: costMiss,
            threadCount: threadCount
        )
    }
}
