/// For each feature the squared residuals of the rows that were held out, with their noise.
///
/// Their means say what an error of a feature is worth. A held-out row with a larger error is measured by the mean of
/// the *others*: in a mean that holds its own error an extreme row of heavy tails hides behind itself, while a
/// new row as extreme does not, and few rows would raise more alarms than were asked for.
struct ResidualErrors: Sendable {
    private var sums: [Double]
    private var rowCount: Int

    /// Adds up what the members found.
    ///
    /// - Precondition: There is at least one part, and all are of the same features.
    init(parts: [(sums: [Double], rowCount: Int)]) {
        sums = parts[0].sums.indices.map { feature in parts.reduce(0) { $0 + $1.sums[feature] } }
        rowCount = parts.reduce(0) { $0 + $1.rowCount }
    }

    /// One over each feature's mean.
    ///
    /// Features that are rebuilt a hundred times better than the average count as just that much
    /// better, so that none drowns the others.
    var scale: [Float] {
        let means = sums.map { $0 / Double(rowCount) }
        let floor = Self.floor(means.reduce(0, +), featureCount: means.count)
        return means.map { Float(1 / max($0, floor)) }
    }

    /// What a held-out row's whitened sum lacks because its own errors are in the means: 0 for a row whose errors
    /// are below them, which so has the same sum as a new row like it.
    ///
    /// - Parameters:
    ///   - scale: ``scale``.
    ///   - squares: gives the squared residual of a feature of the row, which is one of those that were added.
    func hidden(scale: [Float], _ squares: (Int) -> Double) -> Double {
        let others = Double(max(1, rowCount - 1))
        var total = 0.0
        for feature in sums.indices { total += max(0, sums[feature] - squares(feature)) }
        let floor = Self.floor(total / others, featureCount: sums.count)
        var sum = 0.0
        for feature in sums.indices {
            let own = squares(feature)
            let mean = max((sums[feature] - own) / others, floor)
            if mean * Double(rowCount) < sums[feature] {
                sum += own * max(0, 1 / mean - Double(scale[feature]))
            }
        }
        return sum
    }

    /// The least mean that counts: a hundredth of the average over features.
    private static func floor(_ total: Double, featureCount: Int) -> Double {
        max(0.01 * total / Double(featureCount), 1e-12)
    }
}
