internal import Evaluation
internal import LinearAlgebra

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

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
    /// The held-out steps.
    let heldOutCount: Int

    init(factor: [Float], whitening: Matrix, score: SurvivalFunction, heldOutCount: Int) {
        self.factor = factor
        self.whitening = whitening
        self.score = score
        self.heldOutCount = heldOutCount
    }

    /// Learns from residuals of steps that the networks had not seen.
    init(_ heldOut: HeldOutSeries) {
        let copies = heldOut.wanderings(
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
            heldOutCount: heldOut.count
        )
    }

    /// The logarithm of a step's p-value.
    ///
    /// That of its residuals is joined with (heldOutCount + 1)⁻ᵉ, the conformal p-value of a cell that training
    /// could not have produced to the power of what is remembered of it, as a product of two p-values: P(uv ≤
    /// x) = x (1 − ln x).
    ///
    /// - Parameters:
    ///   - measure: the mean squared whitened residual.
    ///   - evidence: e, from 0 to 1.
    func logarithm(ofMeasure measure: Double, evidence: Double) -> Double {
        let residual = score.logarithm(at: SeriesCalibration.logarithm(measure))
        let surprise = evidence * log(Double(heldOutCount + 1))
        // Below a tenth of a nat there is nothing to join.
        guard surprise > 0.1 else { return residual }
        let product = residual - surprise
        return min(residual, product + log1p(-product))
    }

    /// The logarithm of the mean squared whitened residual.
    static func logarithm(_ measure: Double) -> Double { log(max(measure, least)) }
}
