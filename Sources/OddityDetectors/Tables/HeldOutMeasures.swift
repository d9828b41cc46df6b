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
    /// - Parameter further: the logarithms of further measures of each row.
    func scores(_ scoring: TableDetector.Scoring, further: [[Double]] = []) -> [Double] {
        scores(
            scoring,
            further: further,
            SurvivalFunction.leaveOneOutLogarithms(of:minimumTailScale:)
        )
    }

    /// The same as a yardstick for new rows, whose measures are ranked among those of all held-out rows.
    ///
    /// A new row that lies farther out than a held-out one would have its place in the other's rank, and one
    /// that lies nearer would not. Among the others alone held-out rows look odder than new ones, by half a row, and
    /// with their own value as much less odd; the probability is the geometric mean of both.
    func yardstick(_ scoring: TableDetector.Scoring) -> [Double] {
        scores(scoring) { values, tailScale in
            let whole = SurvivalFunction(heldOut: values, minimumTailScale: tailScale)
            let others = SurvivalFunction.leaveOneOutLogarithms(
                of: values,
                minimumTailScale: tailScale
            )
            return zip(values, others).map { (whole.logarithm(at: $0) + $1) / 2 }
        }
    }

    private func scores(
        _ scoring: TableDetector.Scoring,
        further: [[Double]] = [],
        _ logarithms: (_ values: [Double], _ tailScale: Double) -> [Double]
    ) -> [Double] {
        var scores = surprises
        let lengths = [distances, neighbors] + further
        for (values, tailScale) in [(residuals, TailScale.residual(scoring))]
            + lengths.map({ ($0, TailScale.measure) }) where !values.isEmpty
        {
            let logarithms = logarithms(values, tailScale)
            for row in scores.indices { scores[row] -= logarithms[row] }
        }
        return scores
    }
}
