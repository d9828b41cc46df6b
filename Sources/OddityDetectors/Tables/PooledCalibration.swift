internal import OddityEvaluation
internal import OddityPlatform

/// What the held-out rows of all members gave, taken together.
///
/// With few rows a fold is too small to tell how rare a value is. The folds are therefore pooled: every row
/// counts once, as the member measured it that did not see it. And each row is ranked among the
/// others, never among values that hold its own, as a new row is.
struct PooledCalibration: Sendable {
    /// One for each member, equal but for its own held-out rows.
    let members: [MemberCalibration]
    /// For each member the logarithms of the p-values of its held-out rows, in their order.
    let logarithms: [[Double]]

    /// Learns from the measures of held-out rows.
    ///
    /// - Parameters:
    ///   - heldOut: for each member the rows that it did not see.
    ///   - isNarrow: whether rows are one number, whose neighbors are told apart by chance alone: then
    ///     the nearest three quarters of distances count as equal.
    init(_ heldOut: [[RowMeasures]], scoring: TableDetector.Scoring, isNarrow: Bool) {
        let rows = heldOut.flatMap { $0 }
        let measures = HeldOutMeasures(rows, isNarrow: isNarrow)
        func distribution(_ values: [Double], _ tailScale: Double) -> SurvivalFunction? {
            values.isEmpty ? nil : SurvivalFunction(heldOut: values, minimumTailScale: tailScale)
        }
        let residual = distribution(measures.residuals, TailScale.residual(scoring))
        let distance = distribution(measures.distances, TailScale.measure)
        let neighbor = distribution(measures.neighbors, TailScale.measure)
        let scores = measures.yardstick(scoring)
        let score = SurvivalFunction(heldOut: scores, minimumTailScale: TailScale.surprise)
        let ranks = SurvivalFunction.leaveOneOutLogarithms(
            of: scores,
            minimumTailScale: TailScale.surprise
        )
        let shared = MemberCalibration(
            residual: residual,
            distance: distance,
            neighbor: neighbor,
            score: score
        )
        members = heldOut.map { own in
            MemberCalibration(
                residual: residual,
                distance: distance,
                neighbor: neighbor,
                score: score,
                ownScore: SurvivalFunction(
                    heldOut: own.map(shared.score),
                    minimumTailScale: TailScale.surprise
                )
            )
        }
        var start = 0
        logarithms = heldOut.map { own in
            defer { start += own.count }
            return Array(ranks[start..<start + own.count])
        }
    }

    /// How far the members agree on how odd rows are: the mean correlation, over pairs of members and the rows that
    /// just one of them saw, of the normal quantiles of the row's ranks.
    func correlation(of measured: [MeasuredMember]) -> Double {
        let trained = zip(measured, members).map { member, calibration in
            Dictionary(
                uniqueKeysWithValues: zip(
                    member.trainedRows,
                    member.trainedQuantiles(calibration)
                )
            )
        }
        var products = 0.0
        var squares = (0.0, 0.0)
        for (own, member) in measured.enumerated() {
            for (row, logarithm) in zip(member.heldOutRows, logarithms[own]) {
                let unseen = -normalQuantile(min(max(exp(logarithm), 1e-12), 1 - 1e-12))
                for other in trained.indices where other != own {
                    guard let seen = trained[other][row] else { continue }
                    products += unseen * seen
                    squares.0 += unseen * unseen
                    squares.1 += seen * seen
                }
            }
        }
        let norm = (squares.0 * squares.1).squareRoot()
        return norm > 0 ? min(max(products / norm, 0), 1) : 0
    }
}
