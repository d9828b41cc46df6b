internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityPlatform

/// How the residuals of normal steps are distributed.
struct SeriesCalibration: Sendable {
    /// The most values that a distribution is kept with.
    private static let valueLimit = 40_000
    /// The least mean squared residual, in units of held-out ones, that differs from others.
    private static let least = 1e-12

    /// One over the held-out root mean square of each number that a step is judged by.
    let factor: [Float]
    /// From residuals to uncorrelated ones, divided by the root of their number.
    let whitening: Matrix
    /// How the logarithm of the mean squared whitened residual is distributed.
    let score: SurvivalFunction
    /// How the logarithms of the distances of codes are distributed; nil where they do not count.
    let distance: SurvivalFunction?
    /// The held-out steps.
    let heldOutCount: Int

    init(
        factor: [Float],
        whitening: Matrix,
        score: SurvivalFunction,
        distance: SurvivalFunction?,
        heldOutCount: Int
    ) {
        self.factor = factor
        self.whitening = whitening
        self.score = score
        self.distance = distance
        self.heldOutCount = heldOutCount
    }

    /// Learns from residuals of steps that the networks had not seen.
    init(_ heldOut: HeldOutSeries) {
        let copies = heldOut.shiftedMeasures(
            stride: max(
                1,
                (heldOut.copyCount * heldOut.count + SeriesCalibration.valueLimit - 1)
                    / SeriesCalibration.valueLimit
            )
        )
        self.init(
            factor: heldOut.measure.factor,
            whitening: heldOut.measure.whitening,
            score: SurvivalFunction(
                heldOut: copies.flatMap { $0.flatMap { $0.map(SeriesCalibration.logarithm) } },
                minimumTailScale: TailScale.measure
            ),
            distance: heldOut.logDistances.isEmpty
                ? nil
                : SurvivalFunction(
                    heldOut: heldOut.logDistances,
                    minimumTailScale: TailScale.measure
                ),
            heldOutCount: heldOut.count
        )
    }

    /// The logarithm of a step's p-value.
    ///
    /// That of its residuals is joined with that of its code's distance, where it counts, and with
    /// (heldOutCount + 1)⁻ᵉ, the conformal p-value of a cell that training could not have produced to the
    /// power of what is remembered of it.
    ///
    /// - Parameters:
    ///   - measure: the mean squared whitened residual.
    ///   - logDistance: the logarithm of the distance of the code; not looked at where it does not count.
    ///   - evidence: e, from 0 to 1.
    func logarithm(ofMeasure measure: Double, logDistance: Double, evidence: Double) -> Double {
        var logarithm = score.logarithm(at: SeriesCalibration.logarithm(measure))
        if let distance {
            logarithm = SeriesCalibration.joined(logarithm, distance.logarithm(at: logDistance))
        }
        let surprise = evidence * log(Double(heldOutCount + 1))
        // Below a tenth of a nat there is nothing to join.
        guard surprise > 0.1 else { return logarithm }
        return min(logarithm, SeriesCalibration.joined(logarithm, -surprise))
    }

    /// The logarithm of the p-value of a product of two p-values: P(uv ≤ x) = x (1 − ln x).
    private static func joined(_ first: Double, _ second: Double) -> Double {
        let product = first + second
        return product + log1p(-product)
    }

    /// The logarithm of the p-value of a product of p-values: of one, itself.
    static func joined(_ logarithms: [Double]) -> Double {
        logarithms.dropFirst().reduce(logarithms.first ?? 0, joined)
    }

    /// What the held-out steps themselves get, without any wandering.
    func heldOutScores(_ heldOut: HeldOutSeries, featureCount: Int) -> HeldOutScores {
        var scores: [Double] = []
        var errors: [Double] = []
        for block in heldOut.blocks {
            let measures = heldOut.measure.measures(of: block)
            for measure in measures {
                let distances = heldOut.logDistances
                let logarithm = logarithm(
                    ofMeasure: measure,
                    logDistance: distances.isEmpty ? 0 : distances[scores.count],
                    evidence: 0
                )
                scores.append(-logarithm / log(10))
            }
            errors += SeriesCalibration.errors(of: block, featureCount: featureCount)
        }
        return HeldOutScores(unit: .step, count: heldOutCount, scores: scores, errors: errors)
    }

    /// The mean squared residuals of steps, at once.
    static func errors(of block: Matrix, featureCount: Int) -> [Double] {
        (0..<block.rowCount).map { row in
            let squares = block.row(row).prefix(featureCount).reduce(0) { $0 + Double($1 * $1) }
            return squares / Double(featureCount)
        }
    }

    /// The logarithm of the mean squared whitened residual.
    static func logarithm(_ measure: Double) -> Double { log(max(measure, least)) }
}
