internal import OddityEvaluation

/// How a member's measures of held-out rows are distributed.
struct MemberCalibration: Sendable, Equatable {
    /// Of the residual, or what stands for it; nil when only the code is scored.
    let residual: SurvivalFunction?
    /// Of the logarithm of the distance of the code; nil when codes don't count.
    let distance: SurvivalFunction?
    /// Of the logarithm of the distance to the nearest training row; nil when rows are not compared.
    let neighbor: SurvivalFunction?
    /// Of the joined score.
    let score: SurvivalFunction
    /// Of the joined score over the member's own held-out rows, each measured like a new row: a row that equals one
    /// of them has its score.
    let ownScore: SurvivalFunction

    init(
        residual: SurvivalFunction?,
        distance: SurvivalFunction?,
        neighbor: SurvivalFunction? = nil,
        score: SurvivalFunction,
        ownScore: SurvivalFunction? = nil
    ) {
        self.residual = residual
        self.distance = distance
        self.neighbor = neighbor
        self.score = score
        self.ownScore = ownScore ?? score
    }

    /// The member's score of a row: −ln of the product of the tail probabilities of residual,
    /// distances and evidence (Fisher 1925), large when one of them is small.
    func score(of row: RowMeasures) -> Double {
        score(of: row, neighborLogarithm: row.logNeighbor.flatMap { neighbor?.logarithm(at: $0) })
    }

    /// The same.
    ///
    /// - Parameter neighborLogarithm: what ``neighbor`` says of the row; nil when rows are not compared.
    func score(of row: RowMeasures, neighborLogarithm: Double?) -> Double {
        var sum = row.surprise
        if let residual, let error = row.residual { sum -= residual.logarithm(at: error) }
        if let distance, let length = row.logDistance { sum -= distance.logarithm(at: length) }
        if let neighborLogarithm { sum -= neighborLogarithm }
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
    /// The logarithm of the distance to the nearest training row; nil when rows are not compared.
    var logNeighbor: Double?
    /// −ln of the p-value of holding evidence; 0 for a row that holds none.
    let surprise: Double
    /// The mean squared residual over the features.
    let error: Double
}
