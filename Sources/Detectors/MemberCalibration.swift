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
    init(_ heldOut: Measures) {
        let residual = SurvivalFunction(heldOut: heldOut.residuals)
        let distance = heldOut.distances.map(SurvivalFunction.init(heldOut:))
        // The joined scores need the two parts, not the distribution of themselves.
        let parts = MemberCalibration(residual: residual, distance: distance, score: residual)
        self.init(
            residual: residual,
            distance: distance,
            score: SurvivalFunction(heldOut: parts.scores(of: heldOut))
        )
    }

    /// The member's score of a row: −ln of the product of the tail probabilities of residual and
    /// distance (Fisher 1925), large when either is small.
    func score(residual value: Double, distance length: Double?) -> Double {
        var sum = -residual.logarithm(at: value)
        if let distance, let length { sum -= distance.logarithm(at: length) }
        return sum
    }

    /// The member's scores of measured rows.
    func scores(of rows: Measures) -> [Double] {
        rows.residuals.indices.map { row in
            score(residual: rows.residuals[row], distance: rows.distances.map { $0[row] })
        }
    }
}

/// What a member measured of rows: logarithms of residuals and of distances.
struct Measures: Sendable {
    var residuals: [Double] = []
    /// nil when only the residual is scored.
    var distances: [Double]?
}
