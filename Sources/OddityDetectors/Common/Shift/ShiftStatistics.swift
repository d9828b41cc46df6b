internal import OddityPlatform

/// Probabilities of chance, for the question whether new data are like those of the training.
enum ShiftStatistics {
    /// The probability that the greatest distance between two empirical distribution functions is at least so large, where
    /// both are of one source (Kolmogorov's limit with Stephens's correction, 1970).
    ///
    /// - Parameter effectiveCount: nm / (n + m) for samples of n and m.
    static func kolmogorov(distance: Double, effectiveCount: Double) -> Double {
        let root = effectiveCount.squareRoot()
        let lambda = (root + 0.12 + 0.11 / root) * distance
        guard lambda > 0.2 else { return 1 }
        var sum = 0.0
        var sign = 1.0
        for k in 1...50 {
            let term = exp(-2 * Double(k * k) * lambda * lambda)
            sum += sign * term
            sign = -sign
            if term < 1e-18 { break }
        }
        return min(max(2 * sum, 0), 1)
    }

    /// The probability that two shares differ by at least so much, where both are of one source (normal approximation
    /// with Yates's correction).
    static func shares(
        _ first: Double,
        of firstCount: Double,
        _ second: Double,
        of secondCount: Double
    ) -> Double {
        let pooled = (first * firstCount + second * secondCount) / (firstCount + secondCount)
        let variance = pooled * (1 - pooled) * (1 / firstCount + 1 / secondCount)
        let distance = abs(first - second) - (1 / firstCount + 1 / secondCount) / 2
        guard distance > 0, variance > 0 else { return 1 }
        return erfc(distance / (2 * variance).squareRoot())
    }

    /// The probability that of `count` new values at least `flaggedCount` are above the value that `heldOutAbove` of
    /// `heldOutCount` held-out values reach, where all are of one source (negative hypergeometric, in its form as beta-binomial).
    static func exceedance(
        flaggedCount: Int,
        of count: Int,
        heldOutAbove: Int,
        of heldOutCount: Int
    ) -> Double {
        guard flaggedCount > 0, count > 0 else { return 1 }
        guard flaggedCount <= count else { return 0 }
        let a = Double(max(heldOutAbove, 1))
        let b = Double(max(heldOutCount - heldOutAbove, 0) + 1)
        let m = Double(count)
        func logProbability(_ k: Double) -> Double {
            lgamma(m + 1) - lgamma(k + 1) - lgamma(m - k + 1)
                + lgamma(k + a) + lgamma(m - k + b) - lgamma(m + a + b)
                + lgamma(a + b) - lgamma(a) - lgamma(b)
        }
        var term = exp(logProbability(Double(flaggedCount)))
        var sum = term
        for k in flaggedCount..<count {
            let k = Double(k)
            term *= (m - k) / (k + 1) * (k + a) / (m - k - 1 + b)
            sum += term
            // Behind the mode they fall at least geometrically.
            if term < sum * 1e-12, k > m * a / (a + b) { break }
        }
        return min(sum, 1)
    }
}
