import OddityPlatform

/// The autocorrelation of a channel over segments, at lags from 0 on.
///
/// r(k) = Σ x(t) x(t + k) / Σ x(t)², with x the values less their mean over all segments and a straight
/// line through each, where t and t + k lie in one segment. As each sum is divided by its number of terms,
/// r does not fall merely because fewer pairs are left.
struct Autocorrelation {
    /// The correlation at each lag; 1 at 0.
    let values: [Double]
    /// The number of values it rests on.
    let count: Int

    /// - Parameters:
    ///   - segments: The values of each segment, without missing ones.
    ///   - limit: The largest lag.
    /// - Returns: nil for a channel that does not vary.
    init?(_ segments: [[Double]], limit: Int) {
        let centered = segments.filter { $0.count > 2 }.map(Self.detrended)
        let total = centered.reduce(0) { $0 + $1.count }
        guard total > 0 else { return nil }
        let power = centered.reduce(0.0) { $0 + $1.reduce(0) { $0 + $1 * $1 } } / Double(total)
        let scale = segments.reduce(0.0) { $0 + $1.reduce(0) { Swift.max($0, abs($1)) } }
        guard power.isFinite, power > 1e-24 * scale * scale else { return nil }
        var values = [1.0]
        for lag in stride(from: 1, through: limit, by: 1) {
            var (sum, pairs) = (0.0, 0)
            for segment in centered where segment.count > lag {
                pairs += segment.count - lag
                sum += Self.product(segment, lag)
            }
            // Fewer pairs than lags say nothing of a repetition.
            guard pairs >= lag else { break }
            values.append(sum / Double(pairs) / power)
        }
        self.values = values
        count = total
    }

    /// Four sums side by side, for speed.
    private static func product(_ values: [Double], _ lag: Int) -> Double {
        values.withUnsafeBufferPointer { values in
            var sums = SIMD4<Double>(repeating: 0)
            let count = values.count - lag
            let whole = count / 4 * 4
            var index = 0
            while index < whole {
                let left = SIMD4(
                    values[index],
                    values[index + 1],
                    values[index + 2],
                    values[index + 3]
                )
                let shifted = index + lag
                let right = SIMD4(
                    values[shifted],
                    values[shifted + 1],
                    values[shifted + 2],
                    values[shifted + 3]
                )
                sums += left * right
                index += 4
            }
            var sum = sums.sum()
            while index < count {
                sum += values[index] * values[index + lag]
                index += 1
            }
            return sum
        }
    }

    /// The values less the straight line that fits them best.
    private static func detrended(_ values: [Double]) -> [Double] {
        let count = Double(values.count)
        let mean = values.reduce(0, +) / count
        let middle = (count - 1) / 2
        var (slope, spread) = (0.0, 0.0)
        for (index, value) in values.enumerated() {
            let place = Double(index) - middle
            slope += place * (value - mean)
            spread += place * place
        }
        slope /= spread
        return values.enumerated().map { $1 - mean - slope * (Double($0) - middle) }
    }

    /// Above what a correlation is more than the chance of white noise gives in 1 of 1,000 cases.
    var noiseLevel: Double { 3.3 / Double(count).squareRoot() }

    /// The lag of the highest peak behind the first zero, and its height; nil without one above noise.
    var period: (lag: Int, height: Double)? {
        guard let zero = values.firstIndex(where: { $0 <= 0 }) else { return nil }
        var best: (lag: Int, height: Double)?
        for lag in stride(from: Swift.max(zero, 2), to: values.count - 1, by: 1)
        where values[lag] >= values[lag - 1] && values[lag] > values[lag + 1] {
            // A multiple of the period is as high but for chance; the shortest is meant.
            if values[lag] > (best?.height ?? 0) * 1.1 + 0.02 { best = (lag, values[lag]) }
        }
        guard let best, best.height > Swift.max(0.2, noiseLevel) else { return nil }
        return best
    }

    /// The first lag at which the correlation is below 1/e; nil where it stays above.
    var decorrelationTime: Int? {
        let limit = exp(-1.0)
        return values.firstIndex { $0 < limit }
    }
}
