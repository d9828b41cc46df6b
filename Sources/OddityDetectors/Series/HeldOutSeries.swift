internal import OddityLinearAlgebra

/// What a member makes of the block of steps that it has not seen.
struct HeldOutBlock: Sendable {
    /// Rows × what steps are judged by.
    let residuals: Matrix
    /// The logarithm of the distance of each step's code; empty where they do not count.
    var logDistances: [Double] = []
}

/// Residuals of steps that the networks had not seen, and how steps to come may wander from them.
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
struct HeldOutSeries: Sendable {
    /// The share of the correlation of residuals that is taken from none at all.
    private static let shrinkage = 0.1
    /// How much further than within the training series wander after it: 8 times the variance is that of
    /// a random walk over the next two lengths of the training.
    private static let horizon = 8.0
    /// F₀.₉(4, 15), beyond which the means of blocks differ by more than chance.
    private static let driftQuantile = 2.36
    /// t₀.₉₉₅(K − 1) for K = 2, 3, …, 10 blocks, Student's quantiles; z₀.₉₉₅ is 2.5758.
    private static let quantiles = [
        63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250,
    ]

    /// The residuals of each block, rows × numbers.
    let blocks: [Matrix]
    /// What whitens them.
    let measure: SeriesMeasure
    /// For each block what it has wandered by.
    private let drifts: [[Double]]

    /// The logarithms of the distances of codes of the held-out steps; empty where they do not count.
    let logDistances: [Double]

    init(_ heldOut: [HeldOutBlock]) throws {
        let blocks = heldOut.map(\.residuals)
        logDistances = heldOut.flatMap(\.logDistances)
        let size = blocks[0].columnCount
        let moments = HeldOutSeries.secondMoments(blocks)
        let deviations = (0..<size).map { (moments[$0 * size + $0] + 1e-6).squareRoot() }
        self.blocks = blocks
        measure = SeriesMeasure(
            factor: deviations.map { Float(1 / $0) },
            whitening: try HeldOutSeries.whitening(moments, deviations)
        )
        drifts = HeldOutSeries.drifts(blocks)
    }

    /// The held-out steps.
    var count: Int { blocks.reduce(0) { $0 + $1.rowCount } }
    /// The ways to wander.
    var copyCount: Int { 2 * blocks.count }

    /// The measures of the held-out steps for each way to wander, block by block.
    ///
    /// - Parameter stride: every n-th step is taken, this being n.
    func shiftedMeasures(stride: Int) -> [[[Double]]] {
        let quantile =
            HeldOutSeries.quantiles[
                min(max(blocks.count - 2, 0), HeldOutSeries.quantiles.count - 1)
            ] / 2.5758
        let length =
            quantile * (HeldOutSeries.horizon * (1 + 1 / Double(blocks.count))).squareRoot()
        return drifts.flatMap { drift in
            [length, -length].map { factor in
                let shift = drift.map { $0 * factor }
                return zip(blocks, drifts).map { block, own in
                    measures(of: block, less: own, plus: shift, stride: stride)
                }
            }
        }
    }

    private func measures(
        of block: Matrix,
        less own: [Double],
        plus shift: [Double],
        stride: Int
    ) -> [Double] {
        var shifted: [Float] = []
        for row in Swift.stride(from: 0, to: block.rowCount, by: stride) {
            for (j, value) in block.row(row).enumerated() {
                shifted.append(Float(Double(value) - own[j] + shift[j]))
            }
        }
        return measure.measures(
            of: Matrix(
                rowCount: shifted.count / block.columnCount,
                columnCount: block.columnCount,
                elements: shifted
            )
        )
    }

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
        return Whitening.root(
            vectors: system.vectors,
            // Rounding may leave an eigenvalue just below what shrinkage leaves.
            scales: system.values.map {
                1 / (max($0, shrinkage / 2) * Double(size)).squareRoot()
            },
            rest: 0,
            size: size
        )
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
