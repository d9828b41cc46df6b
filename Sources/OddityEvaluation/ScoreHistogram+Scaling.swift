extension ScoreHistogram {
    /// The histogram of so many rows of which only some were counted.
    ///
    /// - Parameters:
    ///   - normalCount: The number of normal rows.
    ///   - anomalyCount: The number of anomalies.
    package func scaled(normalCount: Int, anomalyCount: Int) -> ScoreHistogram {
        func scaled(_ counts: [Int], to total: Int) -> [Int] {
            let sum = counts.reduce(0, +)
            guard sum > 0, sum != total else { return counts }
            return counts.map { Int((Double($0) * Double(total) / Double(sum)).rounded()) }
        }
        var histogram = self
        histogram.normalCounts = scaled(normalCounts, to: normalCount)
        histogram.anomalyCounts = scaled(anomalyCounts, to: anomalyCount)
        return histogram
    }
}
