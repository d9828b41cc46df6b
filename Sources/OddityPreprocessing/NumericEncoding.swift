/// An estimator that learns to turn one numeric column into features.
public struct NumericEncoding: Codable, Sendable, Equatable {
    /// What to do with missing values.
    public var missingValues: MissingValuePolicy
    /// How to scale.
    public var scaling: ScalingMethod
    /// Values further than this many training standard deviations from the training mean are pulled
    /// in, so that one wild number cannot drown all others: beyond, the distance d in deviations counts as ln(1 + d).
    public var clippingLimit: Double

    /// Makes an estimator.
    public init(
        missingValues: MissingValuePolicy = .median,
        scaling: ScalingMethod = .standardize,
        clippingLimit: Double = 20
    ) {
        self.missingValues = missingValues
        self.scaling = scaling
        self.clippingLimit = clippingLimit
    }

    /// Learns fill value, limits and scale from the values of a column; NaN is a missing value.
    ///
    /// - Complexity: O(*n* log *n*).
    public func fitted(to values: [Double]) -> NumericEncoder {
        let present = values.filter { !$0.isNaN }.sorted()
        let missingCount = values.count - present.count
        let missingShare = values.isEmpty ? 0 : Double(missingCount) / Double(values.count)
        guard let minimum = present.first, let maximum = present.last else {
            return NumericEncoder(
                content: .alwaysMissing,
                missingValues: missingValues,
                fill: 0,
                center: 0,
                scale: 1,
                low: 0,
                high: 0,
                tail: 1,
                missingShare: missingShare,
                indicator: nil,
                distribution: nil
            )
        }
        let (mean, deviation) = moments(of: present)
        let median = quantile(0.5, of: present)
        let low = max(-Double.greatestFiniteMagnitude, mean - clippingLimit * deviation)
        let high = min(Double.greatestFiniteMagnitude, mean + clippingLimit * deviation)
        let (center, scale) = centerAndScale(
            present,
            mean: mean,
            deviation: deviation,
            median: median,
            minimum: max(minimum, low),
            maximum: min(maximum, high)
        )
        return NumericEncoder(
            content: minimum == maximum ? .constant(minimum) : .varying,
            missingValues: missingValues,
            fill: missingValues == .mean ? mean : median,
            center: center,
            scale: scale,
            low: low,
            high: high,
            tail: deviation > 0 ? deviation : 1,
            missingShare: missingShare,
            indicator: missingCount > 0 && missingCount < values.count
                ? indicatorScale(share: missingShare) : nil,
            distribution: ValueDistribution(ascending: present)
        )
    }

    private func indicatorScale(share: Double) -> AffineScale {
        switch scaling {
        case .standardize, .robust:
            AffineScale(center: share, scale: (share * (1 - share)).squareRoot())
        case .minMax, .none: AffineScale(center: 0, scale: 1)
        }
    }

    /// Mean and standard deviation, computed from the differences to the middle value relative to the largest of
    /// them, so that small changes of large numbers are not lost and squares of huge ones stay finite.
    private func moments(of sorted: [Double]) -> (mean: Double, deviation: Double) {
        let middle = sorted[sorted.count / 2]
        // Halves, whose differences are finite.
        let reach = max(middle / 2 - sorted[0] / 2, sorted[sorted.count - 1] / 2 - middle / 2)
        guard sorted[0] < sorted[sorted.count - 1] else { return (middle, 0) }
        // Half of the least number there is would be nothing.
        let isTiny = reach < .leastNormalMagnitude
        let scale =
            isTiny ? max(middle - sorted[0], sorted[sorted.count - 1] - middle) : reach
        func share(_ x: Double) -> Double {
            isTiny ? (x - middle) / scale : (x / 2 - middle / 2) / scale
        }
        let count = Double(sorted.count)
        let mean = sorted.reduce(0) { $0 + share($1) } / count
        let variance = sorted.reduce(0) { sum, x in
            let distance = share(x) - mean
            return sum + distance * distance
        }
        let factor = isTiny ? 1.0 : 2.0
        let deviation = (variance / count).squareRoot() * scale * factor
        // What is smaller than any number is as small as the least.
        return (middle + mean * scale * factor, max(deviation, .leastNonzeroMagnitude))
    }

    private func centerAndScale(
        _ sorted: [Double],
        mean: Double,
        deviation: Double,
        median: Double,
        minimum: Double,
        maximum: Double
    ) -> (center: Double, scale: Double) {
        let safeDeviation = deviation > 0 ? deviation : 1
        switch scaling {
        case .standardize: return (mean, safeDeviation)
        case .minMax:
            let range = min(maximum - minimum, .greatestFiniteMagnitude)
            return (minimum, range > 0 ? range : 1)
        case .robust:
            let range = quantile(0.75, of: sorted) - quantile(0.25, of: sorted)
            return (median, range > 0 ? min(range, .greatestFiniteMagnitude) : safeDeviation)
        case .none: return (0, 1)
        }
    }
}

/// The quantile of sorted numbers, with linear interpolation.
func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let position = share * Double(sorted.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, sorted.count - 1)
    let difference = sorted[upper] - sorted[lower]
    let part = position - Double(lower)
    // Numbers at both ends of the range lie further apart than any number.
    return difference.isFinite
        ? sorted[lower] + difference * part : sorted[lower] * (1 - part) + sorted[upper] * part
}
