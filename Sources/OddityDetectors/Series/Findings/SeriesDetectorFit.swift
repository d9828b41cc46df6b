internal import OddityDatasets
internal import OddityEvaluation
internal import OdditySeries

/// Series that were fitted to, with what members make of the blocks that they did not see.
package struct SeriesDetectorFit: Sendable {
    package var detector: FittedSeriesDetector
    let series: TimeSeries
    /// The held-out steps, as rows of ``series``'s values, in the order of what follows.
    let steps: [Int]
    /// What held-out steps are judged by, in each view: the logarithms of their mean squared whitened residuals, and of the
    /// distances of their codes where these count.
    let evidence: [[Double]]
    /// Their mean squared residuals.
    let errors: [Double]

    /// For each step its score among the others; nil for one that was not held out.
    var heldOutScores: [RowScore?] {
        var surprises = [Double](repeating: 0, count: steps.count)
        for values in evidence where !values.isEmpty {
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
