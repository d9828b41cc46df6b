internal import OddityEvaluation
internal import OddityLinearAlgebra

/// How odd rows are among themselves: the largest deviation of a row in one feature counts, beside what members that did
/// not see the row measure.
///
/// It is a further measure beside the others; and where it alone is odder than all of them together, it is the
/// row's: a row that is odd in one number would drown in measures that say nothing of it, and rows that are odd
/// in the same way hide one another from all measures but this.
struct FindingMeasures: Sendable {
    /// How far out rows are in one feature.
    let deviations: LargestDeviations
    /// For each row the logarithm of that.
    let logDeviations: [Double]
    /// For each row −ln of the product of the tail probabilities of all measures.
    let joined: [Double]
    /// The root of a deviation.
    let roots: MedianRoots
    /// How far out the root of a deviation is.
    let tail: RobustTail
    /// For each row the larger of −ln p of all measures together and that of its deviation alone.
    let oddness: [Double]

    init(_ measures: HeldOutMeasures, features: Matrix, scoring: TableDetector.Scoring) {
        deviations = LargestDeviations(features)
        logDeviations = deviations.logarithms(of: features)
        joined = measures.scores(scoring, deviations: logDeviations)
        roots = MedianRoots(logDeviations)
        let lengths = logDeviations.map(roots.root(ofLogarithm:))
        tail = RobustTail(lengths, minimumScale: TailScale.measure)
        let alone = lengths.map(tail.surprise(of:))
        oddness = zip(Self.ranks(joined), alone).map { max(-$0, $1) }
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
    private let deviation: SurvivalFunction
    private let joined: SurvivalFunction
    private let oddness: SurvivalFunction

    init(_ measures: FindingMeasures) {
        self.measures = measures
        deviation = SurvivalFunction(
            heldOut: measures.logDeviations,
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
    func scores(
        of rows: [RowMeasures],
        features: Matrix,
        by calibration: MemberCalibration
    ) -> [RowScore] {
        zip(rows, measures.deviations.logarithms(of: features)).map { row, logDeviation in
            let sum = calibration.score(of: row) - deviation.logarithm(at: logDeviation)
            let root = measures.roots.root(ofLogarithm: logDeviation)
            let odd = max(-joined.logarithm(at: sum), measures.tail.surprise(of: root))
            return HeldOutScores.score(
                logarithm: oddness.logarithm(at: odd),
                error: row.error,
                heldOutCount: oddness.values.count
            )
        }
    }
}
