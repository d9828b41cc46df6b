/// An estimator that learns to turn one numeric column into features.
public struct NumericEncoding: Codable, Sendable, Equatable {
    /// What to do with missing values.
    public var missingValues: MissingValuePolicy
    /// How to scale.
    public var scaling: ScalingMethod
    /// Values further than this many training standard deviations from the training mean are pulled
    /// to that distance, so that one wild number cannot drown all others.
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
                missingShare: missingShare,
                indicator: nil
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
            content: isConstant(minimum, maximum) ? .constant(minimum) : .varying,
            missingValues: missingValues,
            fill: missingValues == .mean ? mean : median,
            center: center,
            scale: scale,
            low: low,
            high: high,
            missingShare: missingShare,
            indicator: missingCount > 0 && missingCount < values.count
                ? indicatorScale(share: missingShare) : nil
        )
    }

    /// Whether values differ by no more than rounding.
    private func isConstant(_ minimum: Double, _ maximum: Double) -> Bool {
        maximum / 2 - minimum / 2 <= 0.5e-7 * max(abs(minimum), abs(maximum))
    }

    private func indicatorScale(share: Double) -> AffineScale {
        switch scaling {
        case .standardize, .robust:
            AffineScale(center: share, scale: (share * (1 - share)).squareRoot())
        case .minMax, .none: AffineScale(center: 0, scale: 1)
        }
    }

    /// Mean and standard deviation, computed relative to the largest magnitude, so that squares of
    /// huge numbers stay finite.
    private func moments(of sorted: [Double]) -> (mean: Double, deviation: Double) {
        let magnitude = max(abs(sorted[0]), abs(sorted[sorted.count - 1]))
        guard magnitude > 0 else { return (0, 0) }
        let count = Double(sorted.count)
        let mean = sorted.reduce(0) { $0 + $1 / magnitude } / count
        let variance = sorted.reduce(0) { sum, x in
            let distance = x / magnitude - mean
            return sum + distance * distance
        }
        return (mean * magnitude, (variance / count).squareRoot() * magnitude)
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
        case .minMax: return (minimum, maximum > minimum ? maximum - minimum : 1)
        case .robust:
            let range = quantile(0.75, of: sorted) - quantile(0.25, of: sorted)
            return (median, range > 0 ? range : safeDeviation)
        case .none: return (0, 1)
        }
    }
}

/// The quantile of sorted numbers, with linear interpolation.
func quantile(_ share: Double, of sorted: [Double]) -> Double {
    let position = share * Double(sorted.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (sorted[upper] - sorted[lower]) * (position - Double(lower))
}
