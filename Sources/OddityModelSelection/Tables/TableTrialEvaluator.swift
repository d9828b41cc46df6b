internal import OddityDetectors
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPreprocessing

/// Trains configurations of detectors of tables on the folds and judges them.
struct TableTrialEvaluator: TrialEvaluator {
    let rows: TrainingRows
    let folds: Folds
    let planted: [PlantedRows]
    let validation: LabeledRows?
    let objective: SearchObjective

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
                try $0.figures(
                    of: detector,
                    costFalseAlarm: objective.costs.falseAlarm,
                    costMiss: objective.costs.miss,
                    threadCount: threadCount
                )
            }
        )
        return (result, detector)
    }
}
