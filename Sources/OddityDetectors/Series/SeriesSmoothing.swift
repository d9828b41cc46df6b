/// How the score of a row and those of the rows that it waits for become one; see ``SeriesSmoother``.
///
/// The windows of a detector that looks back *w* rows cover a row from the one that ends with it to the one that ends
/// *w* − 1 rows later: with a delay of *w* − 1 the mean, the median or the last of all windows that cover it.
public enum SeriesSmoothing: String, CaseIterable, Codable, Sendable {
    /// The mean, in which nearer rows weigh more.
    case weighted
    /// The mean, in which all rows weigh the same.
    case mean
    /// The median: of an even number the mean of the middle two.
    case median
    /// The score of the last row that it waits for.
    case last

    /// What scores become.
    ///
    /// - Parameter scores: that of the row itself first, and then those that follow.
    func joined(_ scores: [Double], weights: [Double]) -> Double? {
        guard let last = scores.last else { return nil }
        switch self {
        case .weighted, .mean:
            let weights = self == .mean ? [Double](repeating: 1, count: scores.count) : weights
            var sums = (score: 0.0, weight: 0.0)
            for (score, weight) in zip(scores, weights) {
                sums.score += weight * score
                sums.weight += weight
            }
            return sums.score / sums.weight
        case .median:
            let sorted = scores.sorted()
            return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        case .last: return last
        }
    }
}
