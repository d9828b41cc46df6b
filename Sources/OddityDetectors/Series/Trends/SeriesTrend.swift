/// What is done about columns whose level goes on rising, falling or wandering.
///
/// Of such a column the level of the training says nothing of the level to come. It is judged by its distance from its own
/// recent past instead: its value less an exponential average of the values before, over as many steps as the detector looks
/// back.
public enum SeriesTrend: String, Codable, CaseIterable, Sendable {
    /// Columns that show it in training are judged by their distance from their past: the default.
    ///
    /// The steps of a series are cut into ten parts. A column rises or falls where a straight line explains at least half of
    /// its variance and the mean of each part goes on in its direction. It wanders where the means make up at least a quarter of its
    /// variance, and neighbours among them are as alike as at most one in a hundred times by chance: where their summed squared
    /// differences are at most 0.775 times those from the mean (von Neumann's ratio). Parts of fewer than 64 steps, what the
    /// longest averages span, are too short to tell wandering.
    case auto
    /// All columns are judged by their level.
    case keep
    /// All columns of numbers are judged by their distance from their past.
    case remove

    /// The parts that a training is cut into.
    private static let partCount = 10
    /// The fewest steps of a part whose mean says something.
    private static let leastPartSize = 5
    /// The fewest steps of a part that is longer than what the detector remembers anyway.
    private static let leastWanderingSize = SeriesDetector.averageRange.upperBound
    /// The least share of the variance that the line explains.
    private static let leastLineShare = 0.5
    /// The least share of the variance that the means of the parts make up.
    private static let leastMeanShare = 0.25
    /// The quantile at 1 % of Σ(mᵢ₊₁ − mᵢ)² / Σ(mᵢ − m̄)² of ten independent normal numbers.
    private static let likeness = 0.775

    /// Whether values that follow one another rise, fall or wander all the time.
    static func movesOn(_ values: [Double]) -> Bool {
        let size = values.count / partCount
        guard size >= leastPartSize else { return false }
        let scale = values.reduce(0) { max($0, abs($1)) }
        guard scale > 0, scale.isFinite else { return false }
        // Scaled, so that squares of numbers at the end of Double stay finite.
        let scaled = values.prefix(size * partCount).map { $0 / scale }
        let means = (0..<partCount).map { part in
            scaled[part * size..<(part + 1) * size].reduce(0) { $0 + $1 / Double(size) }
        }
        return rises(scaled, means) || size >= leastWanderingSize && wanders(scaled, means)
    }

    private static func rises(_ values: [Double], _ means: [Double]) -> Bool {
        let count = Double(values.count)
        let mean = values.reduce(0) { $0 + $1 / count }
        let middle = (count - 1) / 2
        var (together, own, time) = (0.0, 0.0, 0.0)
        for (step, value) in values.enumerated() {
            let (distance, difference) = (Double(step) - middle, value - mean)
            together += distance * difference
            own += difference * difference
            time += distance * distance
        }
        guard own > 0, together * together >= leastLineShare * own * time else { return false }
        return zip(means, means.dropFirst()).allSatisfy { ($1 - $0) * together > 0 }
    }

    private static func wanders(_ values: [Double], _ means: [Double]) -> Bool {
        let mean = means.reduce(0) { $0 + $1 / Double(partCount) }
        let between = means.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(partCount)
        let variance =
            values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
        guard between > 0, between >= leastMeanShare * variance else { return false }
        let changes = zip(means, means.dropFirst()).reduce(0) { sum, pair in
            sum + (pair.1 - pair.0) * (pair.1 - pair.0)
        }
        return changes <= likeness * between * Double(partCount)
    }
}
