internal import OddityDatasets
internal import OddityEvaluation
internal import OdditySeries

/// Series that were fitted to, with what members make of the blocks that they did not see.
struct SeriesDetectorFit: Sendable {
    var detector: FittedSeriesDetector
    let series: TimeSeries
    /// The held-out steps, as rows of ``series``'s values, in the order of what follows.
    let steps: [Int]
    /// The logarithms of the mean squared whitened residuals of held-out steps.
    let logMeasures: [Double]
    /// The logarithms of the distances of their codes; empty where they do not count.
    let logDistances: [Double]
    /// Their mean squared residuals.
    let errors: [Double]

    /// For each step its score among the others; nil for one that was not held out.
    var heldOutScores: [RowScore?] {
        var surprises = [Double](repeating: 0, count: steps.count)
        for values in [logMeasures, logDistances] where !values.isEmpty {
            let logarithms = SurvivalFunction.leaveOneOutLogarithms(
                of: values,
                minimumTailScale: TailScale.measure
            )
            for place in surprises.indices { surprises[place] -= logarithms[place] }
        }
        var scores = [RowScore?](repeating: nil, count: series.values.rowCount)
        let ranks = SurvivalFunction.leaveOneOutLogarithms(
            of: surprises,
            minimumTailScale: TailScale.surprise
        )
        for (place, step) in steps.enumerated() {
            scores[step] = HeldOutScores.score(
                logarithm: ranks[place],
                error: errors[place],
                heldOutCount: steps.count
            )
        }
        return scores
    }
}
