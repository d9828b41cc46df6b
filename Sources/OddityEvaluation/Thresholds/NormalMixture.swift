internal import OddityPlatform

/// A mixture of two normal distributions of the values: most of them, and a second group above.
///
/// Estimated by expectation and maximization (Dempster, Laird and Rubin 1977), beginning with the upper twentieth as the second
/// group.
public struct NormalMixture: Sendable, Equatable {
    /// One of the two groups.
    public struct Group: Sendable, Equatable {
        /// Its share of the values.
        public var share: Double
        /// Its mean.
        public var mean: Double
        /// Its standard deviation.
        public var deviation: Double
    }

    /// The group with the lower mean.
    public let lower: Group
    /// The group with the higher mean.
    public let upper: Group
    /// The value between the means from which on the upper group is the likelier one.
    public let boundary: Double

    private static let roundCount = 500
    /// Groups whose means are nearer than this many deviations (the quadratic mean of both; Ashman and others 1994) are
    /// one: the two halves of evenly spread values are 3.5 apart.
    private static let leastDistance = 4.0

    /// Estimates the two groups.
    ///
    /// - Throws: `EvaluationError` with code `unsuitableValues` where the values have no second group.
    public init(_ normal: NormalValues) throws(EvaluationError) {
        let values = normal.values
        let weights = values.indices.map(normal.weight(ofIndex:))
        let whole = normal.moments.deviation
        let total = weights.reduce(0, +)
        guard values.count >= 20, whole > 0 else { throw Self.oneGroup(normal) }
        let cut = values.count * 19 / 20
        var belonging = values.indices.map { $0 < cut ? 0.0 : 1.0 }
        var groups = (
            Group(share: 1, mean: 0, deviation: 1), Group(share: 0, mean: 0, deviation: 1)
        )
        for _ in 0..<Self.roundCount {
            let inSecond = zip(weights, belonging).map(*)
            var next = (
                Self.group(values, zip(weights, inSecond).map(-), floor: whole / 1000),
                Self.group(values, inSecond, floor: whole / 1000)
            )
            next.0.share /= total
            next.1.share /= total
            let hasSettled = next == groups
            groups = next
            guard groups.1.share > 0, groups.0.share > 0 else { throw Self.oneGroup(normal) }
            if hasSettled { break }
            belonging = values.map { Self.belonging($0, groups.0, groups.1) }
        }
        let ordered = groups.0.mean <= groups.1.mean ? groups : (groups.1, groups.0)
        (lower, upper) = ordered
        let spread =
            (lower.deviation * lower.deviation + upper.deviation * upper.deviation) / 2
        guard upper.mean - lower.mean >= Self.leastDistance * spread.squareRoot(),
            upper.share < 0.5
        else { throw Self.oneGroup(normal) }
        boundary = Self.boundary(lower, upper)
    }

    /// A group with the sum of its weights for a share.
    private static func group(_ values: [Double], _ weights: [Double], floor: Double) -> Group {
        let total = weights.reduce(0, +)
        guard total > 0 else { return Group(share: 0, mean: 0, deviation: floor) }
        let mean = zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / total
        let squares = zip(values, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.0 - mean) * $1.1 }
        return Group(
            share: total,
            mean: mean,
            deviation: max((squares / total).squareRoot(), floor)
        )
    }

    /// How likely a value belongs to the second group.
    private static func belonging(_ value: Double, _ first: Group, _ second: Group) -> Double {
        1 / (1 + exp(logDensity(value, first) - logDensity(value, second)))
    }

    private static func logDensity(_ value: Double, _ group: Group) -> Double {
        let distance = (value - group.mean) / group.deviation
        return log(group.share / group.deviation) - distance * distance / 2
    }

    /// Halving finds it: the lower group is the likelier one at its mean, and the upper one at its own.
    private static func boundary(_ lower: Group, _ upper: Group) -> Double {
        var (low, high) = (lower.mean, upper.mean)
        for _ in 0..<200 {
            let middle = low + (high - low) / 2
            if belonging(middle, lower, upper) < 0.5 { low = middle } else { high = middle }
        }
        return high
    }

    private static func oneGroup(_ normal: NormalValues) -> EvaluationError {
        EvaluationError(
            code: .unsuitableValues,
            message: "\(normal.count) values of normal data have no second group that stands apart"
        )
    }
}
