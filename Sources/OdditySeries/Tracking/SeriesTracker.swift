public import OddityDatasets

/// Turns rows, as they come, into the steps of one or many series.
///
/// Batch and stream walk the same road: the same rows in the same order give the same steps, however
/// they are cut into chunks. Within an entity the first row, and the first after a step in time of more than
/// ``SeriesOptions/gapLimit`` sampling intervals, starts a segment; the others continue it. A missing
/// value is filled with the last one seen in its channel since the segment began, as often in a row
/// as ``SeriesOptions/fillLimit`` says. A row beyond that, or before all channels were seen, is no
/// step, and the next complete row starts a segment.
///
/// A row that is earlier than the one before cannot be used. But a clock may have been set back, or one
/// row may have had a time far ahead: the ``restartCount``th late row in a row, each later than the one before
/// it, starts a new segment from which time goes on.
///
/// With ``SeriesOptions/SamplingPolicy/resample(interval:)`` steps lie on a grid that begins at the
/// first row of a segment. The steps since the row before are given out with the row that passes them:
/// numbers on the line between the two rows, categories from the row before.
///
/// The state is `Codable`, so that following can be stopped and resumed.
public struct SeriesTracker: Codable, Sendable {
    /// How many late rows in order are taken for a clock that was set back.
    public static let restartCount = 100
    /// The most entities that are followed at a time; their states are kept in memory.
    ///
    /// One more takes the place of the one whose last row is the oldest; that one begins anew should it come back.
    public static let entityLimit = 100_000

    /// How rows become a series.
    public let options: SeriesOptions
    /// How times are written, and how long a step is.
    public let clock: SeriesClock
    /// The names of the entities in the order in which they were first seen; one empty name without a
    /// column of entities.
    public private(set) var entities: [String] = []
    private var states: [EntityState] = []
    private var names: ChannelNames?
    private var numbers: [String: Int] = [:]
    /// The rows of all entities so far.
    private var rowCount = 0
    private var ages = EntityAges()
    private let entityLimit: Int

    private enum CodingKeys: String, CodingKey {
        case options, clock, entities, states, names, rowCount
    }

    /// Creates a tracker that has seen no row.
    ///
    /// - Precondition: A clock without a format goes with options without a column of times.
    public init(options: SeriesOptions, clock: SeriesClock) {
        self.init(options: options, clock: clock, entityLimit: SeriesTracker.entityLimit)
    }

    init(options: SeriesOptions, clock: SeriesClock, entityLimit: Int) {
        self.entityLimit = entityLimit
        precondition(
            (options.timeColumn == nil) == (clock.format == nil),
            "times need a format, and no times need none"
        )
        self.options = options
        self.clock = clock
    }

    /// Reads a tracker that goes on where the written one stopped.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        options = try container.decode(SeriesOptions.self, forKey: .options)
        clock = try container.decode(SeriesClock.self, forKey: .clock)
        entities = try container.decode([String].self, forKey: .entities)
        states = try container.decode([EntityState].self, forKey: .states)
        names = try container.decodeIfPresent(ChannelNames.self, forKey: .names)
        rowCount = try container.decode(Int.self, forKey: .rowCount)
        entityLimit = SeriesTracker.entityLimit
        let problem = inconsistency
        guard problem == nil else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: problem ?? "")
            )
        }
        for (index, name) in entities.enumerated() { numbers[name] = index }
    }

    /// Follows the rows of a chunk.
    ///
    /// - Parameter chunk: Rows in the order of their file, with the columns that the options name and the
    ///   same channels in every chunk.
    /// - Returns: The steps that the rows brought, and what became of each row.
    /// - Throws: ``SeriesError`` where a column lacks or there are too many entities; the tracker is as
    ///   before then. Faults of single rows are no errors but states.
    public mutating func track(_ chunk: Table) throws -> TrackedChunk {
        let keys = try RowKeys(chunk, options, format: clock.format)
        let channels = Channels(chunk, options)
        try check(channels.names)
        // Entities first, so that a chunk that is refused changes nothing.
        let (rowEntities, forgotten) = try entityNumbers(of: chunk.rowCount, keys, channels.names)
        names = channels.names
        var collector = StepCollector(names: channels.names, capacity: chunk.rowCount)
        var rows: [TrackedChunk.Row] = []
        rows.reserveCapacity(chunk.rowCount)
        var lastSteps: [Int: Int] = [:]
        var values = channels.names.missing
        for index in 0..<chunk.rowCount {
            let entity = rowEntities[index]
            var row = TrackedChunk.Row(state: .usable, entity: entity, instant: nil, step: nil)
            row.forgottenEntity = forgotten[index]
            let time = keys.time(index, behind: entity.flatMap { states[$0].last })
            if case .instant(let instant) = time { row.instant = instant }
            if let entity {
                switch time {
                case .missing: row.state = .missingTime
                case .invalid: row.state = .invalidTime
                case .none, .instant:
                    channels.read(index, into: &values)
                    let instant = row.instant
                    let outcome = states[entity].advance(
                        to: instant,
                        values,
                        options,
                        clock
                    ) { placement, time, values in
                        let step = TrackedChunk.Step(
                            entity: entity,
                            instant: time,
                            placement: placement
                        )
                        lastSteps[entity] = collector.append(step, values)
                    }
                    row.state = outcome
                    if outcome == .usable { row.step = lastSteps[entity] }
                    if outcome == .missingValues {
                        row.missingColumns = states[entity].missingChannels(options.fillLimit)
                            .map { channels.names[$0] }
                    }
                }
            } else {
                row.state = .missingEntity
            }
            rows.append(row)
        }
        return TrackedChunk(
            rows: rows,
            steps: collector.steps,
            values: collector.values(like: chunk)
        )
    }
}

extension SeriesTracker {
    private var inconsistency: String? {
        guard entities.count == states.count, Set(entities).count == entities.count,
            entities.isEmpty || names != nil, entities.count <= entityLimit,
            0...1 << 53 ~= rowCount, states.allSatisfy({ 0...rowCount ~= $0.lastRow })
        else {
            return "the entities and their states do not agree"
        }
        let expected = names?.missing ?? ChannelValues(numbers: [], texts: [])
        let channelCount = expected.numbers.count + expected.texts.count
        for state in states {
            guard state.values.numbers.count == expected.numbers.count,
                state.values.texts.count == expected.texts.count,
                state.silences.count == channelCount,
                state.sums.count == state.counts.count,
                state.sums.isEmpty || state.sums.count == expected.numbers.count
            else { return "a state is of other channels" }
            guard state.isSound(options, clock, numberCount: expected.numbers.count) else {
                return "the numbers of a state do not agree"
            }
        }
        return nil
    }

    private func check(_ found: ChannelNames) throws(SeriesError) {
        guard let names, names != found else { return }
        let before = (names.numeric + names.categorical).sorted()
        let now = (found.numeric + found.categorical).sorted()
        throw SeriesError(
            .conflictingOptions,
            "the columns \(listedNames(now)) are not the \(listedNames(before)) of the rows before, of"
                + " the same kinds; read all rows by one schema"
        )
    }

    /// The number of the entity of each row, and by row the entities that gave way to new ones.
    private mutating func entityNumbers(
        of count: Int,
        _ keys: RowKeys,
        _ names: ChannelNames
    ) throws(SeriesError) -> (numbers: [Int?], forgotten: [Int: String]) {
        try checkEntityCount(of: count, keys)
        var result: [Int?] = []
        result.reserveCapacity(count)
        var forgotten: [Int: String] = [:]
        for row in 0..<count {
            rowCount += 1
            guard let name = keys.entity(row) else {
                result.append(nil)
                continue
            }
            let number: Int
            if let known = numbers[name] {
                number = known
            } else if entities.count < entityLimit {
                number = entities.count
                entities.append(name)
                states.append(EntityState(names: names))
            } else {
                number = ages.oldest(of: states)
                forgotten[row] = entities[number]
                numbers[entities[number]] = nil
                entities[number] = name
                states[number] = EntityState(names: names)
            }
            numbers[name] = number
            states[number].lastRow = rowCount
            result.append(number)
        }
        return (result, forgotten)
    }

    /// An entity of a chunk must not give way to another one of the same chunk.
    private func checkEntityCount(of count: Int, _ keys: RowKeys) throws(SeriesError) {
        guard options.entityColumn != nil, count > entityLimit else { return }
        var names: Set<String> = []
        for row in 0..<count {
            if let name = keys.entity(row) { names.insert(name) }
            guard names.count > entityLimit else { continue }
            throw SeriesError(
                .tooManyEntities,
                "more than \(entityLimit) entities in column"
                    + " \(quoted(options.entityColumn ?? "")) at once; name the column that tells series"
                    + " apart, or split the data"
            )
        }
    }
}

/// Finds the entities whose last rows are the oldest.
private struct EntityAges: Sendable {
    /// So many are looked up at a time.
    private static let count = 1_024
    /// Numbers of entities and their last rows when they were looked up, the oldest at the end.
    private var oldest: [(number: Int, lastRow: Int)] = []

    /// - Complexity: O(log *n*) on the average, over many calls.
    mutating func oldest(of states: [EntityState]) -> Int {
        while let next = oldest.popLast() {
            // The others can only have become younger.
            if states[next.number].lastRow == next.lastRow { return next.number }
        }
        let order = states.indices.sorted { states[$0].lastRow < states[$1].lastRow }
        oldest = order.prefix(Self.count).reversed().map { ($0, states[$0].lastRow) }
        return oldest.removeLast().number
    }
}
