internal import OddityDatasets
internal import OdditySeries

/// The recent level of each of some columns of one series: the exponential averages of the values before a step.
///
/// m ← m + α (x − m) with α = 2 / (span + 1); after a break m is the first value.
struct RecentLevels: Codable, Sendable, Equatable {
    /// The averages after the last step; empty before the first.
    private var averages: [Double] = []
    /// The same before the last step, for one that takes its place: empty where that was the first after a break.
    private var before: [Double]?

    /// The memory of a series of which nothing was seen.
    init() {}

    /// Takes a step.
    ///
    /// - Parameters:
    ///   - values: what the columns hold.
    ///   - placement: how the step stands to the one before.
    ///   - rate: α.
    ///   - keepsBefore: whether a step may take the place of the one before.
    /// - Returns: The levels before the step; its own values for the first one after a break.
    mutating func take(
        _ values: [Double],
        _ placement: StepPlacement,
        rate: Double,
        keepsBefore: Bool
    ) -> [Double] {
        if placement == .revises, let before { averages = before }
        let starts = placement == .starts || averages.isEmpty
        if keepsBefore { before = starts ? [] : averages }
        if starts { averages = values }
        let levels = averages
        for index in values.indices {
            averages[index] += rate * distance(values[index], levels[index])
        }
        return levels
    }

    /// Whether the memory is one of so many columns.
    func fits(columnCount: Int) -> Bool {
        [averages, before ?? []].allSatisfy { levels in
            levels.isEmpty || levels.count == columnCount && levels.allSatisfy(\.isFinite)
        }
    }
}

/// A value's distance from a level, as a finite number.
func distance(_ value: Double, _ level: Double) -> Double {
    let greatest = Double.greatestFiniteMagnitude
    return min(max(value - level, -greatest), greatest)
}
