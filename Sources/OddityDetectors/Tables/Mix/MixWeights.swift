/// How much each held-out row counts for data whose mix in some columns is another.
///
/// The weight of a row is a product of one factor for each column, which depends on the row's group there, so that the
/// weighted share of every group is that of the newer data: iterative proportional fitting, or raking (Deming and
/// Stephan 1940). For one column that is the ratio of the two histograms. Such weights estimate the likelihood ratio
/// of the columns where that is a product of functions of single columns.
struct MixWeights: Sendable, Equatable {
    /// By row, with a mean of 1; multiplicities are not in them.
    let values: [Double]
    /// How many rows each row stands for.
    let multiplicities: [Double]

    /// The largest difference of a share that is left; more is no fit.
    private static let tolerance = 0.005
    private static let roundLimit = 500

    /// Weighs rows.
    ///
    /// - Parameters:
    ///   - groups: by column the group of each row, from 0; nil for a row that has none there.
    ///   - shares: by column the shares of the groups in the newer data, which sum to 1.
    ///   - multiplicities: how many rows each row stands for.
    /// - Returns: nil where no weights give the shares: rows of some groups in some columns are not there together.
    init?(groups: [[Int?]], shares: [[Double]], multiplicities: [Double]) {
        var weights = multiplicities.map { _ in 1.0 }
        var gap = Double.infinity
        var round = 0
        while gap > 1e-9, round < Self.roundLimit {
            gap = 0
            round += 1
            for (groups, shares) in zip(groups, shares) {
                var sums = [Double](repeating: 0, count: shares.count)
                for (row, group) in groups.enumerated() {
                    guard let group else { continue }
                    sums[group] += weights[row] * multiplicities[row]
                }
                let total = sums.reduce(0, +)
                guard total > 0 else { return nil }
                for (sum, share) in zip(sums, shares) { gap = max(gap, abs(sum / total - share)) }
                let factors = zip(sums, shares).map { $0 > 0 ? $1 * total / $0 : 0 }
                for (row, group) in groups.enumerated() {
                    weights[row] *= group.map { factors[$0] } ?? 0
                }
            }
        }
        guard gap <= Self.tolerance else { return nil }
        let sum = zip(weights, multiplicities).reduce(0) { $0 + $1.0 * $1.1 }
        let count = multiplicities.reduce(0, +)
        guard sum > 0, sum.isFinite else { return nil }
        values = weights.map { $0 * count / sum }
        self.multiplicities = multiplicities
    }

    /// The sum of the weights of all rows.
    private var total: Double { zip(values, multiplicities).reduce(0) { $0 + $1.0 * $1.1 } }

    /// As many rows of equal weight know as much: the square of the sum by the sum of squares (Kish 1965).
    var effectiveCount: Double {
        let squares = zip(values, multiplicities).reduce(0) { $0 + $1.0 * $1.0 * $1.1 }
        return total * total / squares
    }

    /// How many rows of equal weight ``representatives(of:)`` gives: the sum of the weights by the largest, at most
    /// ``HeldOutScores/limit``.
    var count: Int {
        min(Int(total / (values.max() ?? 1) + 1e-9), HeldOutScores.limit)
    }

    /// Rows of equal weight that stand for all: the middle one of each of ``count`` equal parts of the weights, in the
    /// order of the rows.
    ///
    /// With rows ordered by their scores, the p-value of a score s among them, (1 + those with a score of s or more) /
    /// (1 + count), is the weighted conformal one of Tibshirani, Foygel Barber, Candès and Ramdas (2019), (w + sum of
    /// the weights of rows with a score of s or more) / (w + sum of all weights), with the largest weight w in the place
    /// of that of the new row, which is never less, and so keeps the rate; but for the rounding to whole rows.
    var representatives: [Int] {
        let step = total / Double(count)
        var places: [Int] = []
        var sum = 0.0
        for (row, weight) in values.enumerated() {
            sum += weight * multiplicities[row]
            while places.count < count, (Double(places.count) + 0.5) * step < sum {
                places.append(row)
            }
        }
        return places
    }
}
