internal import Evaluation
internal import LinearAlgebra
internal import NeuralNetworks

/// One network of a detector, with what it learned of normal rows that it was not trained on.
struct Member: Sendable {
    let network: Network
    /// Loss by epoch.
    let history: [EpochRecord]
    /// For each feature, what its squared residual is divided by: its mean over held-out rows.
    let residualScale: [Float]
    /// The training codes; nil when only the residual is scored.
    let nearestCode: NearestCode?
    /// What held-out rows gave.
    let calibration: MemberCalibration

    /// What measures rows with this member, on one thread.
    func measures(codeLayer: Int) -> MemberMeasures {
        MemberMeasures(
            network: network, codeLayer: codeLayer, residualScale: residualScale,
            nearestCode: nearestCode)
    }

    /// For each row of the training data the logarithm of the member's p-value: among the held-out rows
    /// for those that were held out, and the rank among the rows trained on for the others.
    func logarithms(
        _ features: Matrix, rows: [Int], heldOut: [Int], codeRows: [Int], codeLayer: Int
    ) -> [Double] {
        var result = [Double](repeating: 0, count: features.rowCount)
        let measures = measures(codeLayer: codeLayer)
        let own = measures.measureAll(features.rows(at: heldOut))
        for (place, row) in heldOut.enumerated() {
            result[row] = calibration.logarithm(
                residual: own.residuals[place], distance: own.distances.map { $0[place] })
        }
        let places = Dictionary(uniqueKeysWithValues: codeRows.enumerated().map { ($1, $0) })
        let seen = measures.measureAll(
            features.rows(at: rows), references: rows.map { places[$0] })
        let scores = rows.indices.map { place in
            calibration.joined(
                residual: seen.residuals[place], distance: seen.distances.map { $0[place] })
        }
        let ranks = SurvivalFunction(heldOut: scores)
        for (place, row) in rows.enumerated() { result[row] = ranks.logarithm(at: scores[place]) }
        return result
    }
}

/// How a member's measures of held-out rows are distributed.
struct MemberCalibration: Sendable, Equatable {
    /// Of the logarithm of the whitened residual.
    let residual: SurvivalFunction
    /// Of the logarithm of the distance to the nearest code.
    let distance: SurvivalFunction?
    /// Of the joined score.
    let score: SurvivalFunction

    init(residual: SurvivalFunction, distance: SurvivalFunction?, score: SurvivalFunction) {
        self.residual = residual
        self.distance = distance
        self.score = score
    }

    /// Learns from the measures of held-out rows.
    init(residuals: [Double], distances: [Double]?) {
        let residual = SurvivalFunction(heldOut: residuals)
        let distance = distances.map(SurvivalFunction.init(heldOut:))
        let scores = residuals.indices.map { row in
            MemberCalibration.joined(
                residual, residuals[row], distance, distances.map { $0[row] })
        }
        self.init(
            residual: residual, distance: distance, score: SurvivalFunction(heldOut: scores))
    }

    /// The logarithm of the member's p-value of a row.
    func logarithm(residual value: Double, distance length: Double?) -> Double {
        score.logarithm(at: joined(residual: value, distance: length))
    }

    /// The member's score of a row.
    func joined(residual value: Double, distance length: Double?) -> Double {
        MemberCalibration.joined(residual, value, distance, length)
    }

    /// −ln of the product of the tail probabilities (Fisher 1925): large when either is small.
    private static func joined(
        _ residual: SurvivalFunction, _ value: Double, _ distance: SurvivalFunction?,
        _ length: Double?
    ) -> Double {
        var sum = -residual.logarithm(at: value)
        if let distance, let length { sum -= distance.logarithm(at: length) }
        return sum
    }
}
