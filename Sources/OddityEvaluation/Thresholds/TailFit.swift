internal import OddityPlatform

/// A generalized Pareto distribution of what the largest values exceed a level by.
///
/// These are the peaks over a threshold (Pickands 1975; for alarms Siffer and others 2017).
/// P(excess > y) = (1 + ξ y / σ)^(−1/ξ). Its two numbers are estimated as by Zhang and Stephens (2009): a mean over a grid of
/// candidates, weighted by their likelihoods, which needs no search and is always defined.
public struct TailFit: Sendable, Equatable {
    /// The level, a value of the data: the peaks are the values above it.
    public let level: Double
    /// How many values lie above the level.
    public let peakCount: Int
    /// The shape ξ: above 0 for heavy tails, 0 for exponential ones, below 0 for those that end.
    public let shape: Double
    /// The scale σ, in units of the values.
    public let scale: Double
    /// The largest distance between the shares of the peaks and those of the distribution (Kolmogorov and Smirnov).
    public let distance: Double
    /// The share of all values that lies above the level.
    public let peakShare: Double

    /// The fewest peaks that a distribution is estimated from.
    public static let leastPeakCount = 10

    /// Whether the distribution describes the peaks: their distance is below 1.36 / √n, which it exceeds in fewer than
    /// 5 of 100 cases.
    public var isPlausible: Bool { distance * Double(peakCount).squareRoot() <= 1.36 }

    /// Estimates the distribution of the largest tenth, but of ``NormalValues/tailCount`` at most.
    ///
    /// - Throws: `EvaluationError` with code `unsuitableValues` where fewer than ``leastPeakCount`` values lie above the
    ///   level.
    public init(_ normal: NormalValues) throws(EvaluationError) {
        let values = normal.values
        let rank = min(normal.count / 10, normal.tailCount - 1)
        let level = rank >= 0 ? values[values.count - 1 - rank] : values[values.count - 1]
        let peaks = values.suffix(rank).filter { $0 > level }.map { $0 - level }
        guard peaks.count >= Self.leastPeakCount, let largest = peaks.last else {
            throw EvaluationError(
                code: .unsuitableValues,
                message:
                    "the largest tenth of \(normal.count) values of normal data has \(peaks.count) different ones "
                    + "above the rest, and a tail needs \(Self.leastPeakCount)"
            )
        }
        self.level = level
        peakCount = peaks.count
        peakShare = Double(peaks.count) / Double(normal.count)
        (shape, scale) = Self.estimate(peaks, largest: largest)
        let (shape, scale) = (shape, scale)
        let count = Double(peaks.count)
        distance = peaks.enumerated().reduce(0) { distance, peak in
            let share = 1 - Self.survival(peak.element, shape, scale)
            let (index, worst) = (Double(peak.offset), distance)
            return max(worst, share - index / count, (index + 1) / count - share)
        }
    }

    /// The value that is reached at a rate, by all values.
    ///
    /// - Parameter rate: above 0; one above ``peakShare`` is that of the level.
    public func threshold(ofRate rate: Double) -> Double {
        let share = min(rate / peakShare, 1)
        let excess = abs(shape) < 1e-12 ? -log(share) : (exp(-shape * log(share)) - 1) / shape
        return level + scale * excess
    }

    /// The share of peaks that exceed the level by more.
    private static func survival(_ excess: Double, _ shape: Double, _ scale: Double) -> Double {
        if abs(shape) < 1e-12 { return exp(-excess / scale) }
        let base = 1 + shape * excess / scale
        return base > 0 ? exp(-log(base) / shape) : 0
    }

    /// - Parameter excesses: ascending, above 0.
    private static func estimate(
        _ excesses: [Double],
        largest: Double
    ) -> (shape: Double, scale: Double) {
        let count = Double(excesses.count)
        let quartile = excesses[max(0, Int(count / 4 + 0.5) - 1)]
        let size = 30 + Int(count.squareRoot())
        func shape(_ theta: Double) -> Double {
            excesses.reduce(0) { $0 + log1p(-theta * $1) } / count
        }
        let candidates = (1...size).map { index in
            1 / largest + (1 - (Double(size) / (Double(index) - 0.5)).squareRoot()) / (3 * quartile)
        }
        let likelihoods = candidates.map { theta in
            let shape = shape(theta)
            return count * (log(-theta / shape) - shape - 1)
        }
        let best = likelihoods.max() ?? 0
        let weights = likelihoods.map { exp($0 - best) }
        let total = weights.reduce(0, +)
        let theta = zip(candidates, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        let estimate = shape(theta)
        return (estimate, -estimate / theta)
    }
}
