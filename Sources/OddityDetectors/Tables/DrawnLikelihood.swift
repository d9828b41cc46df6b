internal import COddityKernels
internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import OddityPlatform

/// −ln p(x|z) of a tile's rows in nats, a mean over codes z drawn from each row's own posterior.
///
/// p is a normal distribution for each feature: around the reconstruction of z, with the variance that
/// the network learned (`Loss.gaussian`) or else the feature's mean squared residual on held-out rows. Draw i has the
/// same ε in every row, so a row's likelihood depends on the row alone.
final class DrawnLikelihood {
    private let seed: UInt64
    private let learnsVariance: Bool
    private let addsDivergence: Bool
    private let residualScale: [Float]
    /// The part of a row's likelihood that no draw changes.
    private let constant: Double
    private let precisions: AlignedBuffer

    /// What was found of each row of the last tile.
    private(set) var nats: [Double]

    /// What a detector's scoring needs, nil when it needs no likelihood.
    init?(_ configuration: TableDetector, residualScale: [Float]) {
        guard configuration.scoring.usesLikelihood else { return nil }
        seed = configuration.seed
        learnsVariance = configuration.loss == .gaussian
        addsDivergence = configuration.scoring == .elbo
        self.residualScale = residualScale
        var constant = Double(residualScale.count) * log(2 * Double.pi)
        if !learnsVariance { for scale in residualScale { constant -= log(Double(scale)) } }
        self.constant = constant / 2
        precisions = AlignedBuffer(count: residualScale.count)
        nats = [Double](repeating: 0, count: InferencePlan.tileRowCount)
    }

    /// The draws that are averaged.
    var draws: some Sequence<LatentDraw> {
        (0..<TableDetector.latentDrawCount).lazy.map { [seed] in LatentDraw(seed: seed, index: $0) }
    }

    /// Begins a tile.
    func begin() {
        for row in nats.indices { nats[row] = constant }
    }

    /// Adds a draw's part for the rows of a tile.
    ///
    /// - Parameters:
    ///   - rows: the rows, one after the other.
    ///   - reconstruction: a row's reconstruction in this draw, with the log variances after it if the
    ///     network learns them.
    func add(
        _ rows: UnsafePointer<Float>,
        rowCount: Int,
        reconstruction: (Int) -> UnsafePointer<Float>
    ) {
        let share = 0.5 / Double(TableDetector.latentDrawCount)
        let width = residualScale.count
        residualScale.withUnsafeBufferPointer { fixed in
            for row in 0..<rowCount {
                let x = rows + row * width
                let mean = reconstruction(row)
                var sum: Float = 0
                if learnsVariance {
                    sum = learnPrecisions(mean + width)
                    let precision = precisions.baseAddress
                    for j in 0..<width {
                        let difference = x[j] - mean[j]
                        sum += difference * difference * precision[j]
                    }
                } else {
                    for j in 0..<width {
                        let difference = x[j] - mean[j]
                        sum += difference * difference * fixed[j]
                    }
                }
                nats[row] += share * Double(sum)
            }
        }
    }

    /// Writes one over each variance.
    ///
    /// - Returns: the sum of the log variances.
    private func learnPrecisions(_ logVariances: UnsafePointer<Float>) -> Float {
        let width = residualScale.count
        let limit = Loss.logVarianceLimit
        let precision = precisions.baseAddress
        var sum: Float = 0
        for j in 0..<width {
            let limited = min(max(logVariances[j], -limit), limit)
            sum += limited
            precision[j] = -limited
        }
        oddity_exp(precision, precision, width)
        return sum
    }

    /// Adds KL(q(z|x) ‖ N(0, I)) of each row, where the scoring asks for it.
    ///
    /// - Parameter posteriors: for each row means, then log variances of `latentSize` dimensions.
    func addDivergence(
        _ posteriors: UnsafePointer<Float>,
        latentSize: Int,
        rowCount: Int
    ) {
        guard addsDivergence else { return }
        for row in 0..<rowCount {
            let mean = posteriors + 2 * row * latentSize
            var sum = 0.0
            for j in 0..<latentSize {
                let m = Double(mean[j])
                let v = min(max(Double(mean[latentSize + j]), -20), 20)
                sum += m * m + exp(v) - 1 - v
            }
            nats[row] += sum / 2
        }
    }
}
