internal import OddityEvaluation
internal import OddityPlatform

/// What normal data got from members that had not seen them: all that a threshold can be chosen from without
/// labels and without fitting again.
public struct HeldOutScores: Sendable, Equatable {
    /// What was held out.
    public enum Unit: String, Codable, Sendable {
        /// Rows of a table.
        case row
        /// Images.
        case image
        /// Steps of series, which follow one another and so know less than as many independent rows.
        case step
    }

    /// What was held out.
    public let unit: Unit
    /// How many were held out.
    public let count: Int
    /// Their scores, ascending; empty in a model of the first release.
    ///
    /// Of many the largest ``tailCount`` are kept, and of the others every n-th.
    public let scores: [Double]
    /// Their reconstruction errors, ascending and thinned like ``scores``.
    public let errors: [Double]

    /// How many of the largest values are always kept, 1,000.
    public static let tailCount = 1000
    /// About how many values are kept, 10,000.
    public static let limit = 10_000

    init(unit: Unit, count: Int, scores: [Double], errors: [Double]) {
        self.unit = unit
        self.count = count
        self.scores = HeldOutScores.thinned(scores.sorted())
        self.errors = HeldOutScores.thinned(errors.sorted())
    }

    /// The least p-value that there is, and so the least rate that can be promised.
    public var leastPValue: Double { 1 / Double(count + 1) }

    /// The score of a p-value: the one place where the scale of scores and the floor of p-values are made.
    ///
    /// - Parameters:
    ///   - logarithm: the natural logarithm of the p-value, continued beyond the held-out data.
    ///   - error: the reconstruction error.
    ///   - count: how many were held out.
    static func score(logarithm: Double, error: Double, heldOutCount count: Int) -> RowScore {
        score(
            -logarithm / log(10),
            pValue: exp(logarithm),
            error: error,
            leastPValue: 1 / Double(count + 1)
        )
    }

    /// A score with its p-value, of which none is below the least.
    ///
    /// - Parameters:
    ///   - score: the score that the p-value goes with.
    ///   - pValue: continued beyond the held-out data.
    ///   - error: the reconstruction error.
    ///   - least: what the held-out data can show.
    static func score(
        _ score: Double,
        pValue: Double,
        error: Double,
        leastPValue least: Double
    ) -> RowScore {
        RowScore(
            score: score,
            pValue: max(pValue, least),
            error: error,
            // The least p-value itself is not beyond the data, and none is 0.
            tailPValue: pValue < least * (1 - 1e-9) ? max(pValue, .leastNormalMagnitude) : nil
        )
    }

    /// Whether some of the smaller values were left out.
    var isThinned: Bool { count > HeldOutScores.limit }

    /// How many of the smaller values become one, of so many in all.
    static func stride(ofCount count: Int) -> Int {
        (count - tailCount + limit - tailCount - 1) / (limit - tailCount)
    }

    /// How many of so many values are kept.
    static func keptCount(of count: Int) -> Int {
        guard count > limit else { return count }
        let step = stride(ofCount: count)
        return tailCount + (count - tailCount + step - 1) / step
    }

    /// All values, or the largest and every n-th of the others.
    static func thinned<Value>(_ values: [Value]) -> [Value] {
        guard values.count > limit else { return values }
        let body = values.dropLast(tailCount)
        let step = stride(ofCount: values.count)
        // Down from the tail, so that the least value is the one that may be missing.
        let kept = Swift.stride(from: body.count - 1, through: 0, by: -step).reversed().map {
            body[$0]
        }
        return kept + values.suffix(tailCount)
    }
}

extension SurvivalFunction {
    /// The scores of the held-out values themselves.
    var heldOutScores: [Double] { values.map { -logarithm(at: $0) / log(10) } }
}
