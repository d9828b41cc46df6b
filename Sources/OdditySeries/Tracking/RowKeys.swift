internal import OddityDatasets

/// The times and entities of the rows of a table.
struct RowKeys {
    /// What the time of a row is.
    enum Time: Equatable {
        case instant(Instant)
        /// There is no column of times.
        case none
        case missing
        case invalid
    }

    private let times: Column?
    private let entities: Column?
    private let format: TimestampFormat?
    /// The times of the levels of a categorical column.
    private let levelTimes: [Instant?]
    /// The names of the levels of the column of entities, where it is categorical.
    private let entityLevels: [String]

    init(
        _ table: Table,
        _ options: SeriesOptions,
        format: TimestampFormat?
    ) throws(SeriesError) {
        self.format = format
        times = try Self.column(options.timeColumn, table, "time")
        entities = try Self.column(options.entityColumn, table, "entity")
        if case .categorical(_, let levels) = times?.values {
            levelTimes = levels.map { Self.utc(format?.instant(of: $0), format) }
        } else {
            levelTimes = []
        }
        if case .categorical(_, let levels) = entities?.values {
            entityLevels = levels
        } else {
            entityLevels = []
        }
    }

    private static func column(
        _ name: String?,
        _ table: Table,
        _ role: String
    ) throws(SeriesError) -> Column? {
        guard let name else { return nil }
        if let column = table[name] { return column }
        throw SeriesError(
            .unknownColumn,
            "no column \(nameWithNearMatches(name, in: table.schema.names)) for the \(role); the"
                + " columns are \(listedNames(table.schema.names))"
        )
    }

    /// The time of a row.
    func time(_ row: Int) -> Time {
        guard let times else { return .none }
        let instant: Instant?
        switch times.values {
        case .numeric(let numbers):
            if numbers[row].isNaN { return .missing }
            instant = Self.utc(format?.instant(of: numbers[row]), format)
        case .categorical(let codes, _):
            if codes[row] < 0 { return .missing }
            instant = levelTimes[Int(codes[row])]
        case .text(let texts):
            guard let text = texts[row] else { return .missing }
            instant = Self.utc(format?.instant(of: text), format)
        }
        return instant.map { .instant($0) } ?? .invalid
    }

    /// The time of a row behind another of its entity: where an hour is there twice, the second reading, if the first
    /// would not be later.
    func time(_ row: Int, behind last: Instant?) -> Time {
        let time = time(row)
        guard let zone = format?.zone, case .instant(let instant) = time, let last,
            instant <= last, let later = zone.laterReading(of: instant), later > last
        else { return time }
        return .instant(later)
    }

    private static func utc(_ instant: Instant?, _ format: TimestampFormat?) -> Instant? {
        guard let zone = format?.zone else { return instant }
        return instant.flatMap(zone.instant(ofLocal:))
    }

    /// The text of a time for a message.
    func timeText(_ row: Int) -> String {
        switch times?.values {
        case .numeric(let numbers): Self.text(of: numbers[row])
        case .categorical(let codes, let levels): codes[row] < 0 ? "" : levels[Int(codes[row])]
        case .text(let texts): texts[row] ?? ""
        case nil: ""
        }
    }

    /// The entity of a row, or nil where it is missing.
    ///
    /// All rows are of one entity without a column.
    func entity(_ row: Int) -> String? {
        switch entities?.values {
        case .numeric(let numbers): numbers[row].isNaN ? nil : Self.text(of: numbers[row])
        case .categorical(let codes, _): codes[row] < 0 ? nil : entityLevels[Int(codes[row])]
        case .text(let texts): texts[row]
        case nil: ""
        }
    }

    private static func text(of number: Double) -> String {
        guard let integer = Int64(exactly: number) else { return "\(number)" }
        return "\(integer)"
    }
}
