internal import OddityEvaluation
internal import OddityLinearAlgebra

/// How odd rows are among themselves: the largest deviation of a row in one feature and the size of the neighborhood that holds a
/// fifth of the others count, beside what members that did not see the row measure.
///
/// Rows that are odd in the same way hide one another from what members learned and from the distance to the nearest row, but
/// not from these two. Where one of them alone is odder than the measures together, it is the row's: a row that is odd in
/// one number, or in the same way as others, would drown in measures that say nothing of it. The neighborhood counts only so: it
/// says as little of a row whose numbers contradict one another, which would drown in it.
struct FindingMeasures: Sendable {
    /// How far out rows are in one feature.
    let deviations: LargestDeviations
    /// How far rows are from a fifth of the others; nil where rows are not compared.
    let neighborhoods: Neighborhoods?
    /// Both as measures of the rows: the deviations first.
    let alone: [AloneMeasure]
    /// For each row −ln of the product of the tail probabilities of all measures but the neighborhood.
    let joined: [Double]
    /// For each row the largest of −ln p of the measures together and of those of these two alone.
    let oddness: [Double]

    init(
        _ measures: HeldOutMeasures,
        features: Matrix,
        neighborhoods: Neighborhoods?,
        scoring: TableDetector.Scoring
    ) {
        deviations = LargestDeviations(features)
        self.neighborhoods = neighborhoods
        alone =
            ([deviations.logarithms(of: features)]
            + [neighborhoods?.logDistances].compactMap(\.self)).map(AloneMeasure.init)
        joined = measures.scores(scoring, further: [alone[0].logarithms])
        oddness = Self.ranks(joined).enumerated().map { [alone] row, logarithm in
            alone.reduce(-logarithm) { max($0, $1.surprise(of: $1.logarithms[row])) }
        }
    }

    /// For each row the logarithm of its p-value among the others.
    var logarithms: [Double] { Self.ranks(oddness) }

    private static func ranks(_ scores: [Double]) -> [Double] {
        SurvivalFunction.leaveOneOutLogarithms(of: scores, minimumTailScale: TailScale.surprise)
    }
}

/// How odd rows are that nothing was learned from, among those that were, and by the same measures.
struct FindingCalibration: Sendable {
    private let measures: FindingMeasures
    /// How ``FindingMeasures/deviations`` are distributed.
    private let deviation: SurvivalFunction
    private let joined: SurvivalFunction
    private let oddness: SurvivalFunction

    init(_ measures: FindingMeasures) {
        self.measures = measures
        deviation = SurvivalFunction(
            heldOut: measures.alone[0].logarithms,
            minimumTailScale: TailScale.measure
        )
        joined = SurvivalFunction(
            heldOut: measures.joined,
            minimumTailScale: TailScale.surprise
        )
        oddness = SurvivalFunction(
            heldOut: measures.oddness,
            minimumTailScale: TailScale.surprise
        )
    }

    /// The scores of rows.
    ///
    /// - Parameters:
    ///   - rows: for each what a member measured that did not see it.
    ///   - features: their features.
    ///   - calibration: how such measures of the rows that were learned from are distributed.
    ///   - threadCount: threads to use; the result does not depend on it.
    func scores(
        of rows: [RowMeasures],
        features: Matrix,
        by calibration: MemberCalibration,
        threadCount: Int
    ) -> [RowScore] {
        let lengths =
            [measures.deviations.logarithms(of: features)]
            + [measures.neighborhoods?.logDistances(of: features, threadCount: threadCount)]
            .compactMap(\.self)
        return rows.indices.map { place in
            let row = rows[place]
            let sum =
                calibration.score(of: row) - deviation.logarithm(at: lengths[0][place])
            let odd = zip(measures.alone, lengths).reduce(-joined.logarithm(at: sum)) {
                max($0, $1.0.surprise(of: $1.1[place]))
            }
            return HeldOutScores.score(
                logarithm: oddness.logarithm(at: odd),
                error: row.error,
                heldOutCount: oddness.values.count
            )
        }
    }
}
