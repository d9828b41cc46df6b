internal import OddityPlatform

/// By how much more values stand out than chance gives, seen once.
struct ExcessOverChance {
    /// The largest excess over the most that chance gives; below 0 where there is none.
    private(set) var least = Int.min
    /// The excess over the expected number at the same threshold.
    private(set) var expected = 0.0

    /// The quantile that, beside the median, says how the survival falls.
    private static let upperQuantile = 0.8
    /// Down to so many values expected in all, the last threshold.
    private static let leastExpected = 0.002

    /// - Parameters:
    ///   - values: ascending.
    ///   - risk: the probability with which chance may give an excess above 0.
    /// - Returns: nil where the median is the upper quantile too.
    init?(ofSorted values: [Double], risk: Double) {
        let count = values.count
        let middle = (count - 1) / 2
        let upper = Int(Double(count - 1) * Self.upperQuantile)
        let distance = values[upper] - values[middle]
        guard distance > 0, distance.isFinite else { return nil }
        let above = count - 1 - upper
        let body = BodyDistance(from: middle, to: upper, of: count)
        let share = Double(count - upper) / Double(count)
        var thresholds: [Double] = [share / 2]
        while thresholds[thresholds.count - 1] * Double(count) >= Self.leastExpected {
            thresholds.append(thresholds[thresholds.count - 1] / 4)
        }
        for threshold in thresholds {
            let depth = log(share / threshold)
            let limit = values[upper] + depth * distance / body.mean
            let found = count - values.partitionIndex { $0 > limit }
            let most = body.mostBeyond(
                depth,
                of: above,
                risk: risk / Double(thresholds.count)
            )
            guard found - most > least else { continue }
            least = found - most
            expected = (Double(found) - Double(count) * threshold) / (1 - threshold)
        }
    }
}

/// The distance of two order statistics of exponential values of scale 1: a sum of exponential spacings (Rényi 1953), taken
/// for a gamma distribution of the same mean and variance.
private struct BodyDistance {
    let mean: Double
    /// Distances and their probabilities.
    private let grid: [(distance: Double, probability: Double)]

    init(from lower: Int, to upper: Int, of count: Int) {
        var mean = 0.0
        var variance = 0.0
        for place in (lower + 1)...upper {
            let rate = Double(count - place)
            mean += 1 / rate
            variance += 1 / (rate * rate)
        }
        self.mean = mean
        let shape = mean * mean / variance
        let deviation = variance.squareRoot()
        let distances = (-50...50).map { mean + Double($0) * 0.14 * deviation }.filter { $0 > 0 }
        let logarithms = distances.map { (shape - 1) * log($0) - mean / variance * $0 }
        let largest = logarithms.max() ?? 0
        let weights = logarithms.map { exp($0 - largest) }
        let total = weights.reduce(0, +)
        grid = zip(distances, weights).map { ($0, $1 / total) }
    }

    /// The most of so many exponential values above the upper quantile that lie `depth` beyond it, in units in which
    /// the distance is its mean, but for a risk.
    func mostBeyond(_ depth: Double, of above: Int, risk: Double) -> Int {
        let chances = grid.map { (exp(-depth * $0.distance / mean), $0.probability) }
        func probability(ofMoreThan most: Int) -> Double {
            chances.reduce(0) {
                $0 + $1.1 * Self.probability(ofAtLeast: most + 1, of: above, chance: $1.0)
            }
        }
        var (low, high) = (-1, above)
        while high - low > 1 {
            let between = (low + high) / 2
            if probability(ofMoreThan: between) <= risk { high = between } else { low = between }
        }
        return high
    }

    /// The probability of at least so many successes, at most: that of the first, times the geometric series that all that
    /// follow are below (Feller 1968, VI.3).
    private static func probability(ofAtLeast successes: Int, of trials: Int, chance: Double)
        -> Double
    {
        guard successes <= trials else { return 0 }
        let (k, n) = (Double(successes), Double(trials))
        let ratio = (n - k) * chance / ((k + 1) * (1 - chance))
        guard k > n * chance, ratio < 1 else { return 1 }
        let logarithm =
            lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
            + k * log(chance) + (n - k) * log1p(-chance)
        return min(1, exp(logarithm) / (1 - ratio))
    }
}
