internal import Evaluation
internal import LinearAlgebra

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// How the residuals of normal steps are distributed.
struct SeriesCalibration: Sendable {
    /// The share of the correlation of residuals that is taken from none at all.
    static let shrinkage = 0.1
    /// How many blocks of the training's length a detector serves before it wanders further than it is
    /// calibrated for.
    static let horizon = 8.0
    /// F₀.₉(4, 15), beyond which the means of blocks differ by more than chance.
    private static let driftQuantile = 2.36
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
    ///
    /// The mean residual of a block is what the series has wandered by while the network did not look. Steps to
    /// come wander too, and further the longer a detector serves. So the calibration sample is not the
    /// held-out residuals, but each residual's distance from its block's mean, plus and minus every block's
    /// mean times
    ///
    ///     √(horizon · t² · (1 + 1/K)),  t = t₀.₉₉₅(K − 1) / z₀.₉₉₅,
    ///
    /// the prediction interval of a random block effect known from K blocks, with a variance that grows with the
    /// time since training. Of a block's mean counts only what chance does not explain: it is shortened by
    /// √(1 − F · V / B), where B is the mean square of the blocks' means, V what the means of quarters of a
    /// block let expect of it, and F = F₀.₉(4, 15).
    ///
    /// - Parameter blocks: the residuals of each block, rows × numbers.
    init(_ blocks: [Matrix]) throws {
        let size = blocks[0].columnCount
        let count = blocks.reduce(0) { $0 + $1.rowCount }
        let moments = SeriesCalibration.secondMoments(blocks)
        let deviations = (0..<size).map { (moments[$0 * size + $0] + 1e-6).squareRoot() }
        let factor = deviations.map { Float(1 / $0) }
        let whitening = try SeriesCalibration.whitening(moments, deviations)
        let means = SeriesCalibration.drifts(blocks)
        let blockCount = Double(blocks.count)
        let inflation =
            (horizonFactor(blockCount: blocks.count) * (1 + 1 / blockCount)).squareRoot()
        let stride = max(
            1,
            (2 * blocks.count * count + SeriesCalibration.valueLimit - 1)
                / SeriesCalibration.valueLimit
        )
        var values: [Double] = []
        let measure = SeriesMeasure(factor: factor, whitening: whitening)
        for shift in means {
            for sign in [inflation, -inflation] {
                var shifted: [Float] = []
                for (block, own) in zip(blocks, means) {
                    for row in Swift.stride(from: 0, to: block.rowCount, by: stride) {
                        for (j, value) in block.row(row).enumerated() {
                            shifted.append(Float(Double(value) - own[j] + sign * shift[j]))
                        }
                    }
                }
                values += measure.measures(
                    of: Matrix(
                        rowCount: shifted.count / size,
                        columnCount: size,
                        elements: shifted
                    )
                )
                .map(SeriesCalibration.logarithm)
            }
        }
        self.init(
            factor: factor,
            whitening: whitening,
            score: SurvivalFunction(heldOut: values, minimumTailScale: TailScale.measure),
            heldOutCount: count
        )
    }

    /// The logarithm of the mean squared whitened residual.
    static func logarithm(_ measure: Double) -> Double { log(max(measure, least)) }

    private static func secondMoments(_ blocks: [Matrix]) -> [Double] {
        let size = blocks[0].columnCount
        let product = AlignedBuffer(count: size * size)
        var moments = [Double](repeating: 0, count: size * size)
        for block in blocks {
            block.withUnsafeElements { elements in
                guard let base = elements.baseAddress else { return }
                Products.multiply(
                    base,
                    base,
                    into: product.baseAddress,
                    m: size,
                    n: size,
                    k: block.rowCount,
                    transposeLeft: true
                )
            }
            for i in moments.indices { moments[i] += Double(product.baseAddress[i]) }
        }
        let count = Double(blocks.reduce(0) { $0 + $1.rowCount })
        return moments.map { $0 / count }
    }

    /// diag(1/σ) · ((1 − λ) R + λ I)^(−½) / √size for the correlation R of residuals.
    private static func whitening(_ moments: [Double], _ deviations: [Double]) throws -> Matrix {
        let size = deviations.count
        var correlation = moments
        for i in 0..<size {
            for j in 0..<size {
                correlation[i * size + j] *= (1 - shrinkage) / (deviations[i] * deviations[j])
            }
            correlation[i * size + i] = 1
        }
        let system = try SymmetricEigensystem(of: correlation, size: size)
        var result = [Double](repeating: 0, count: size * size)
        result.withUnsafeMutableBufferPointer { result in
            system.vectors.withUnsafeBufferPointer { vectors in
                for (index, value) in system.values.enumerated() {
                    // Rounding may leave an eigenvalue just below what shrinkage leaves.
                    let scale = 1 / (max(value, shrinkage / 2) * Double(size)).squareRoot()
                    for i in 0..<size {
                        let weight = scale * vectors[index * size + i]
                        for j in 0..<size {
                            result[i * size + j] += weight * vectors[index * size + j]
                        }
                    }
                }
            }
        }
        return Matrix(rowCount: size, columnCount: size, elements: result.map { Float($0) })
    }

    /// The means of blocks, shortened by what chance explains.
    private static func drifts(_ blocks: [Matrix]) -> [[Double]] {
        let means = blocks.map { mean($0, 0..<$0.rowCount) }
        let size = blocks[0].columnCount
        let quarters = blocks.map { block in
            (0..<4).map { quarter in
                mean(block, block.rowCount * quarter / 4..<block.rowCount * (quarter + 1) / 4)
            }
        }
        let share = (0..<size).map { j -> Double in
            let between = means.reduce(0) { $0 + $1[j] * $1[j] } / Double(means.count)
            let chance =
                zip(quarters, means).reduce(0.0) { sum, block in
                    let own = block.0.reduce(0) { $0 + $1[j] } / 4
                    return sum + block.0.reduce(0) { $0 + ($1[j] - own) * ($1[j] - own) } / 3 / 4
                } / Double(means.count)
            return max(0, 1 - driftQuantile * chance / max(between, 1e-12)).squareRoot()
        }
        return means.map { zip($0, share).map { $0 * $1 } }
    }

    private static func mean(_ rows: Matrix, _ range: Range<Int>) -> [Double] {
        var sums = [Double](repeating: 0, count: rows.columnCount)
        for row in range {
            for (j, value) in rows.row(row).enumerated() { sums[j] += Double(value) }
        }
        return sums.map { $0 / Double(max(range.count, 1)) }
    }
}

/// horizon · t².
private func horizonFactor(blockCount: Int) -> Double {
    // t(0.995, K − 1) / z(0.995) for K = 2, 3, …: Student's quantiles.
    let quantiles = [63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250]
    let t = quantiles[min(max(blockCount - 2, 0), quantiles.count - 1)] / 2.5758
    return SeriesCalibration.horizon * t * t
}
