/// How many of some values stand out beyond what chance would give: an estimate, and a bound from below.
///
/// The ranks of the values among themselves cannot tell, for they are evenly spread whatever the values are. So the body of
/// the values says what chance gives, as an empirical null does (Efron 2004): from the median on, the survival of normal
/// values is taken to fall no slower than the exponential through its values at the median and at the eighth decile; that
/// is, its logarithm is straight or bends down. Each value gets a p-value so. At thresholds of which each is a quarter of
/// the one before, the p-values below are counted, and what chance gives at most is taken off: a number that is passed at
/// any of the thresholds with a probability of at most 1 − ``confidence`` (Bonferroni), where the quantiles are as uncertain as
/// so few values leave them. The largest excess is the bound (Meinshausen and Rice 2006, Genovese and Wasserman 2004). The
/// estimate is the excess over the number that is expected at the same threshold (Storey 2002). As many values as the bound
/// says are then taken away, largest first, and the others judged again, until no more are found: else many odd
/// values would hide one another. A fifth of the values may be odd.
///
/// Odd values that lie among the normal ones are in neither number. Values are taken to be independent: the bound does not
/// hold for neighboring steps of a series.
public struct OddShare: Sendable, Equatable {
    /// The number of values.
    public let count: Int
    /// About how many are odd.
    public let oddCount: Double
    /// At least so many are odd, with ``confidence``.
    public let leastOddCount: Int
    /// The probability with which chance alone gives no bound above 0; 0.95 by default.
    public let confidence: Double

    /// About which share of the values is odd.
    public var share: Double { count > 0 ? oddCount / Double(count) : 0 }
    /// At least this share is odd, with ``confidence``.
    public var leastShare: Double { count > 0 ? Double(leastOddCount) / Double(count) : 0 }

    /// Fewer values than this have no body to learn from.
    private static let leastCount = 20
    /// The least share of different values among those above the median.
    private static let leastDistinctShare = 0.9
    /// How often values are taken away at most.
    private static let roundLimit = 20

    /// Estimates how many values are odd.
    ///
    /// - Parameters:
    ///   - values: finite; higher is odder. Their scale counts: the logarithm of their survival should be straight in the
    ///     tail or bend down, as that of surprises −ln p or of roots of distances.
    ///   - confidence: how sure the bound is, above 0 and below 1.
    /// - Returns: nil for fewer than 20 values, and where more than a tenth of those above the median equal another, as in tables of
    ///   counts: steps are no straight line, so that nothing says what chance gives.
    /// - Complexity: O(*m* log *m*).
    public init?(of values: [Double], confidence: Double = 0.95) {
        precondition(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1")
        let sorted = values.sorted()
        guard Self.areMostlyDistinct(sorted[(sorted.count / 2)...]) else { return nil }
        var kept = sorted[...]
        var taken = 0
        var rest: ExcessOverChance?
        for _ in 0..<Self.roundLimit {
            guard kept.count >= Self.leastCount,
                let excess = ExcessOverChance(ofSorted: Array(kept), risk: 1 - confidence)
            else { break }
            rest = excess
            guard excess.least > 0 else { break }
            taken += excess.least
            kept = kept.dropLast(excess.least)
        }
        guard let rest else { return nil }
        count = values.count
        self.confidence = confidence
        leastOddCount = taken
        oddCount = Double(taken) + max(0, rest.expected - Double(max(0, rest.least)))
    }

    private static func areMostlyDistinct(_ sorted: ArraySlice<Double>) -> Bool {
        let ties = zip(sorted, sorted.dropFirst()).count { $0 == $1 }
        return Double(ties) <= (1 - leastDistinctShare) * Double(sorted.count)
    }
}
