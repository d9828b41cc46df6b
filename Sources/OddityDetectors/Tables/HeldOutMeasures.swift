internal import OddityEvaluation

/// What members measured of rows that they did not see, by measure.
struct HeldOutMeasures: Sendable {
    /// What stands for the residual; empty when only the code is scored.
    let residuals: [Double]
    /// The logarithms of the distances of codes; empty when codes don't count.
    let distances: [Double]
    /// The logarithms of the distances to the nearest training row; empty when rows are not compared.
    let neighbors: [Double]
    /// −ln of the p-value of holding evidence.
    private let surprises: [Double]

    /// - Parameter isNarrow: whether rows are one number, whose neighbors are told apart by chance alone: then
    ///   the nearest three quarters of distances count as equal.
    init(_ rows: [RowMeasures], isNarrow: Bool) {
        residuals = rows.compactMap(\.residual)
        neighbors = rows.compactMap(\.logNeighbor)
        surprises = rows.map(\.surprise)
        let all = rows.compactMap(\.logDistance)
        if isNarrow, !all.isEmpty {
            let usual = all.sorted()[(all.count - 1) * 3 / 4]
            distances = all.map { max($0, usual) }
        } else {
            distances = all
        }
    }

    /// For each row −ln of the product of the tail probabilities of its measures, each among those of the others.
    ///
    /// - Parameter deviations: the logarithms of a further measure of each row; empty for none.
    func scores(_ scoring: TableDetector.Scoring, deviations: [Double] = []) -> [Double] {
        var scores = surprises
        for (values, tailScale) in [
            (residuals, TailScale.residual(scoring)), (distances, TailScale.measure),
            (neighbors, TailScale.measure), (deviations, TailScale.measure),
        ] where !values.isEmpty {
            let logarithms = SurvivalFunction.leaveOneOutLogarithms(
                of: values,
                minimumTailScale: tailScale
            )
            for row in scores.indices { scores[row] -= logarithms[row] }
        }
        return scores
    }
}
