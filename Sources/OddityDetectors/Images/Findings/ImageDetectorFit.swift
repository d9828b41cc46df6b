internal import OddityEvaluation

/// Images that were fitted to, with what members make of those that they did not see.
struct ImageDetectorFit: Sendable {
    var detector: FittedImageDetector
    /// For each image its surprise.
    let surprises: [Double]
    /// For each image its mean squared residual.
    let errors: [Double]

    /// For each image its score among the others.
    var heldOutScores: [RowScore] {
        let ranks = SurvivalFunction.leaveOneOutLogarithms(
            of: surprises,
            minimumTailScale: TailScale.surprise
        )
        return zip(ranks, errors).map { rank, error in
            HeldOutScores.score(logarithm: rank, error: error, heldOutCount: surprises.count)
        }
    }
}
