/// What normal data got from a detector: scores or errors, of which many may be thinned.
///
/// The largest ``tailCount`` are all there; below them each value stands for ``stride`` values, itself and those under it
/// that were left out.
public struct NormalValues: Sendable, Equatable {
    /// The values that are kept, ascending and finite.
    public let values: [Double]
    /// How many there were.
    public let count: Int
    /// How many of the largest were all kept.
    public let tailCount: Int
    /// For how many each of the others stands.
    public let stride: Int

    /// All values, in any order.
    ///
    /// - Throws: `EvaluationError` with code `empty` or `nonFiniteScore`.
    public init(_ values: [Double]) throws {
        try self.init(
            ascending: values.sorted(),
            count: values.count,
            tailCount: values.count,
            stride: 1
        )
    }

    /// Thinned values.
    ///
    /// - Parameters:
    ///   - values: ascending.
    ///   - count: how many there were.
    ///   - tailCount: how many of the largest are all there.
    ///   - stride: for how many each of the others stands.
    /// - Throws: `EvaluationError` with code `empty` or `nonFiniteScore`.
    public init(ascending values: [Double], count: Int, tailCount: Int, stride: Int) throws {
        guard !values.isEmpty else {
            throw EvaluationError(
                code: .empty,
                message: "there are no values of normal data to choose a threshold from"
            )
        }
        if let value = values.first(where: { !$0.isFinite }) {
            throw EvaluationError(
                code: .nonFiniteScore,
                message: "a value of normal data is \(value); every one must be a finite number"
            )
        }
        self.values = values
        self.count = count
        self.tailCount = min(tailCount, values.count)
        self.stride = stride
    }

    /// How many values are at least this, where values were left out at most.
    public func count(atLeast threshold: Double) -> Int {
        let kept = values.count - values.partitionIndex { $0 >= threshold }
        return kept <= tailCount
            ? kept : min(count, tailCount + (kept - tailCount) * stride)
    }

    /// The least threshold that at most so many values reach: just above the next one.
    ///
    /// - Parameter limit: at least 0; as many as there are or more give the least value.
    func threshold(reachedByAtMost limit: Int) -> Double {
        guard limit < count else { return values[0] }
        let kept = limit < tailCount ? limit : tailCount + (limit - tailCount) / stride
        return kept < values.count ? values[values.count - 1 - kept].nextUp : values[0]
    }

    /// How many values each kept one stands for.
    func weight(ofIndex index: Int) -> Double {
        index < values.count - tailCount ? Double(stride) : 1
    }

    /// The mean and the standard deviation (of the values themselves: divided by their number).
    var moments: (mean: Double, deviation: Double) {
        var (weight, sum) = (0.0, 0.0)
        for (index, value) in values.enumerated() {
            weight += self.weight(ofIndex: index)
            sum += self.weight(ofIndex: index) * value
        }
        let mean = sum / weight
        var squares = 0.0
        for (index, value) in values.enumerated() {
            squares += self.weight(ofIndex: index) * (value - mean) * (value - mean)
        }
        return (mean, (squares / weight).squareRoot())
    }

    /// The median, and the median of the distances to it.
    var medians: (median: Double, deviation: Double) {
        let weighted = values.indices.map { (values[$0], weight(ofIndex: $0)) }
        let median = Self.median(weighted)
        let distances = weighted.map { (abs($0.0 - median), $0.1) }.sorted { $0.0 < $1.0 }
        return (median, Self.median(distances))
    }

    /// The middle of ascending values with weights: the mean of the two in the middle where the weights meet there.
    private static func median(_ values: [(Double, Double)]) -> Double {
        let half = values.reduce(0) { $0 + $1.1 } / 2
        var sum = 0.0
        for (index, (value, weight)) in values.enumerated() {
            sum += weight
            if sum > half { return value }
            if sum == half {
                return index + 1 < values.count ? (value + values[index + 1].0) / 2 : value
            }
        }
        return values[values.count - 1].0
    }
}
