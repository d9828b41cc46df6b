public import OddityDatasets

/// The series of a table in memory, to fit on.
///
/// Its steps are what a ``SeriesTracker`` gives for the same rows, entity by entity.
public struct TimeSeries: Sendable {
    /// The series of one entity.
    public struct Entity: Equatable, Sendable {
        /// The entity's name; empty without a column of entities.
        public var name: String
        /// The steps between two breaks, as rows of ``TimeSeries/values``, in the order of time.
        public var segments: [Range<Int>]

        /// Creates the description of a series.
        public init(name: String, segments: [Range<Int>]) {
            (self.name, self.segments) = (name, segments)
        }
    }

    /// How rows became series.
    public let options: SeriesOptions
    /// What was found out about times; it belongs into the model.
    public let clock: SeriesClock
    /// The entities in the order in which they were first seen; one that brought no step has no segment.
    public let entities: [Entity]
    /// The values of all steps, entity by entity, with missing ones filled.
    public let values: Table
    /// The times of the steps; empty without a column of times.
    public let instants: [Instant]
    /// For each row of the table the row of ``values`` that is its step; nil for a row that is no step.
    public let steps: [Int?]
    /// For each row of the table whether it is used, and if not, why.
    public let states: [RowState]

    /// What to tell of rows that are missing between others; nil where there are few, or where options decide.
    ///
    /// - Throws: ``SeriesError`` for rows that make no series.
    package static func samplingNote(
        of table: Table,
        options: SeriesOptions,
        file: String
    ) throws -> String? {
        try CheckedSeries(table, options, file: file).samplingNote()
    }

    /// Makes series of the rows of a table.
    ///
    /// - Parameters:
    ///   - table: The rows in the order of their file. A column of times is text, or numbers.
    ///   - options: Which columns say when and of what a row is.
    ///   - file: The file to name in errors.
    /// - Throws: ``SeriesError`` naming the row that is to blame.
    public init(_ table: Table, options: SeriesOptions, file: String = "the table") throws {
        let fit = try CheckedSeries(table, options, file: file)
        clock = try fit.clock()
        // The clock knows the zone.
        var stored = options
        stored.timeZone = nil
        self.options = stored
        var tracker = SeriesTracker(options: options, clock: clock)
        let tracked = try tracker.track(fit.table)
        try fit.check(tracked)

        let kept = Self.keptSteps(tracked, entityCount: tracker.entities.count)
        var entities = tracker.entities.map { Entity(name: $0, segments: []) }
        var order: [Int] = []
        var target = [Int?](repeating: nil, count: tracked.steps.count)
        for (entity, groups) in kept.enumerated() {
            for (index, group) in groups.enumerated() {
                let place = order.count
                // A step that was revised leads to the one in its place.
                for step in group { target[step] = place }
                guard let step = group.last, let first = group.first else { continue }
                let starts = tracked.steps[first].placement == .starts
                if starts || index == 0 {
                    entities[entity].segments.append(place..<place + 1)
                } else {
                    let start = entities[entity].segments.removeLast().lowerBound
                    entities[entity].segments.append(start..<place + 1)
                }
                order.append(step)
            }
        }
        self.entities = entities
        values = tracked.values.selecting(rows: order)
        instants = order.compactMap { tracked.steps[$0].instant }
        var steps = [Int?](repeating: nil, count: table.rowCount)
        var states = [RowState](repeating: .usable, count: table.rowCount)
        for (index, row) in tracked.rows.enumerated() {
            steps[fit.row(index)] = row.step.flatMap { target[$0] }
            states[fit.row(index)] = row.state
        }
        (self.steps, self.states) = (steps, states)
    }

    /// All segments of all entities.
    public var segments: [Range<Int>] { entities.flatMap(\.segments) }

    /// For each entity its steps, each with those that it revises before it.
    private static func keptSteps(_ tracked: TrackedChunk, entityCount: Int) -> [[[Int]]] {
        var result = [[[Int]]](repeating: [], count: entityCount)
        for (index, step) in tracked.steps.enumerated() {
            if step.placement == .revises, let last = result[step.entity].indices.last {
                result[step.entity][last].append(index)
            } else {
                result[step.entity].append([index])
            }
        }
        return result
    }
}
