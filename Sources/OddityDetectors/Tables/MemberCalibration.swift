internal import OddityEvaluation

/// How a member's measures of held-out rows are distributed.
struct MemberCalibration: Sendable, Equatable {
    /// Of the residual, or what stands for it; nil when only the code is scored.
    let residual: SurvivalFunction?
    /// Of the logarithm of the distance of the code; nil when codes don't count.
    let distance: SurvivalFunction?
    /// Of the joined score.
    let score: SurvivalFunction

    init(residual: SurvivalFunction?, distance: SurvivalFunction?, score: SurvivalFunction) {
        self.residual = residual
        self.distance = distance
        self.score = score
    }

    /// Learns from the measures of held-out rows.
    init(_ heldOut: [RowMeasures], scoring: TableDetector.Scoring) {
        func distribution(_ values: [Double], _ tailScale: Double) -> SurvivalFunction? {
            values.isEmpty ? nil : SurvivalFunction(heldOut: values, minimumTailScale: tailScale)
        }
        let residual = distribution(
            heldOut.compactMap(\.residual),
            TailScale.residual(scoring)
        )
        let distance = distribution(heldOut.compactMap(\.logDistance), TailScale.measure)
        self.init(
            residual: residual,
            distance: distance,
            score: SurvivalFunction(
                heldOut: heldOut.map {
                    MemberCalibration.score(of: $0, residual: residual, distance: distance)
                },
                minimumTailScale: TailScale.surprise
            )
        )
    }

    /// The member's score of a row: −ln of the product of the tail probabilities of residual,
    /// distance and evidence (Fisher 1925), large when one of them is small.
    func score(of row: RowMeasures) -> Double {
        MemberCalibration.score(of: row, residual: residual, distance: distance)
    }

    private static func score(
        of row: RowMeasures,
        residual: SurvivalFunction?,
        distance: SurvivalFunction?
    ) -> Double {
        var sum = row.surprise
        if let residual, let error = row.residual { sum -= residual.logarithm(at: error) }
        if let distance, let length = row.logDistance { sum -= distance.logarithm(at: length) }
        return sum
    }
}

/// The least scales of tails, where held-out values are too few or too equal to tell.
enum TailScale {
    /// Of logarithms of residuals and distances: a tenth more is a difference.
    static let measure = 0.1
    /// Of sums of −ln p: those of a true p-value fall off with 1.
    static let surprise = 1.0

    /// Of what stands for the residual: its logarithm, or nats of a likelihood.
    static func residual(_ scoring: TableDetector.Scoring) -> Double {
        scoring.usesLikelihood ? surprise : measure
    }
}

/// What a member measured of a row.
struct RowMeasures: Sendable {
    /// The logarithm of the mean whitened residual, or the nats of a likelihood; nil when only the code
    /// is scored.
    let residual: Double?
    /// The logarithm of the distance of the code; nil when codes don't count.
    let logDistance: Double?
    /// −ln of the p-value of holding evidence; 0 for a row that holds none.
    let surprise: Double
    /// The mean squared residual over the features.
    let error: Double
}
