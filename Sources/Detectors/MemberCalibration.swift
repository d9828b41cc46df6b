internal import Evaluation

/// How a member's measures of held-out rows are distributed.
struct MemberCalibration: Sendable, Equatable {
    /// Of the logarithm of the whitened residual.
    let residual: SurvivalFunction
    /// Of the logarithm of the distance to the nearest code; nil when only the residual is scored.
    let distance: SurvivalFunction?
    /// Of the joined score.
    let score: SurvivalFunction

    init(residual: SurvivalFunction, distance: SurvivalFunction?, score: SurvivalFunction) {
        self.residual = residual
        self.distance = distance
        self.score = score
    }

    /// Learns from the measures of held-out rows.
    init(_ heldOut: [RowMeasures]) {
        let residual = SurvivalFunction(
            heldOut: heldOut.map(\.logResidual),
            minimumTailScale: TailScale.measure
        )
        let distances = heldOut.compactMap(\.logDistance)
        let distance =
            distances.isEmpty
            ? nil
            : SurvivalFunction(heldOut: distances, minimumTailScale: TailScale.measure)
        // The joined scores need the two parts, not the distribution of themselves.
        let parts = MemberCalibration(residual: residual, distance: distance, score: residual)
        self.init(
            residual: residual,
            distance: distance,
            score: SurvivalFunction(
                heldOut: heldOut.map(parts.score),
                minimumTailScale: TailScale.surprise
            )
        )
    }

    /// The member's score of a row: −ln of the product of the tail probabilities of residual,
    /// distance and evidence (Fisher 1925), large when one of them is small.
    func score(of row: RowMeasures) -> Double {
        var sum = row.surprise - residual.logarithm(at: row.logResidual)
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
}

/// What a member measured of a row.
struct RowMeasures: Sendable {
    /// The logarithm of the mean whitened residual.
    let logResidual: Double
    /// The logarithm of the distance to the nearest code; nil when only the residual is scored.
    let logDistance: Double?
    /// −ln of the p-value of holding evidence; 0 for a row that holds none.
    let surprise: Double
}
