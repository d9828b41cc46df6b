internal import OddityDatasets
internal import OddityPreprocessing
internal import OdditySeries

/// The values of steps beside the recent levels of their columns.
struct LeveledSteps: Sendable {
    let steps: [TrackedChunk.Step]
    /// What their columns hold.
    let values: Table
    /// The levels before each step, by column: of ``LevelRule/columns``, in their order.
    let levels: [[Double]]
    private let rule: LevelRule

    /// Moves the levels of the series on.
    init(
        _ steps: [TrackedChunk.Step],
        _ values: Table,
        _ rule: LevelRule,
        past: inout [RecentLevels]
    ) {
        (self.steps, self.values, self.rule) = (steps, values, rule)
        let sources = rule.columns.map { values[$0]?.numbers ?? [] }
        var levels = rule.columns.map { _ in [Double]() }
        for index in levels.indices { levels[index].reserveCapacity(steps.count) }
        var row = [Double](repeating: 0, count: sources.count)
        for (place, step) in steps.enumerated() where !sources.isEmpty {
            while past.count <= step.entity { past.append(RecentLevels()) }
            for index in sources.indices { row[index] = sources[index][place] }
            let found = past[step.entity].take(
                row,
                step.placement,
                rate: rule.rate,
                keepsBefore: rule.keepsBefore
            )
            for index in found.indices { levels[index].append(found[index]) }
        }
        self.levels = levels
    }

    /// The values, where some columns hold their distances from their levels.
    func removing(_ names: some Sequence<String>) -> Table {
        let names = Set(names)
        guard !names.isEmpty else { return values }
        let columns = values.columns.map { column in
            guard names.contains(column.name), let level = level(of: column.name),
                let numbers = column.numbers
            else { return column }
            return Column(column.name, zip(numbers, level).map(distance))
        }
        return Table(
            schema: values.schema,
            rowCount: values.rowCount,
            firstRow: values.firstRow,
            columns: columns
        )
    }

    /// The levels of a column; nil for one whose level is not followed.
    func level(of name: String) -> [Double]? {
        rule.columns.firstIndex(of: name).map { levels[$0] }
    }
}

/// Of which columns recent levels are followed, and how.
struct LevelRule: Sendable, Equatable {
    let columns: [String]
    /// α of the averages.
    let rate: Double
    /// Whether a step may take the place of the one before.
    let keepsBefore: Bool

    init(columns: [String], windowLength: Int, options: SeriesOptions) {
        self.columns = columns
        rate = 2 / (Double(windowLength) + 1)
        keepsBefore = options.duplicates == .last || options.duplicates == .mean
    }
}
