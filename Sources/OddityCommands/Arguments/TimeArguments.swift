internal import ArgumentParser
internal import OddityDatasets
internal import OddityPreprocessing
internal import OddityRecords
internal import OdditySeries

/// How times are written, of a series or of columns that are looked at by the calendar.
struct TimeArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How times are written where the data leave it open: day-first, as in 3/4/2024 for the third of April, or month-first.",
            valueName: "order"
        )
    )
    var timeOrder: TimeOrder?

    @Option(
        help: ArgumentHelp(
            "What numbers in the column of times are: seconds, milliseconds, microseconds or nanoseconds (since 1970), excel (days), year, yyyymm, yymmdd, yyyymmdd, yyyymmddhhmm or yyyymmddhhmmss. Found out when not given.",
            valueName: "name"
        )
    )
    var timeFormat: TimestampFormat?

    @Option(
        help: ArgumentHelp(
            "The zone of times that are written without an offset, such as Europe/Berlin; without it they count as UTC. For --time-features, the zone of the clock by which times with an offset and numbers are looked at.",
            valueName: "name"
        )
    )
    var timeZone: String?

    func validate() throws {
        _ = try (format(), zone())
    }

    /// How times are written; nil to find it out.
    func format() throws -> TimestampFormat? {
        guard timeOrder == nil || timeFormat == nil else {
            throw ValidationError(
                "--time-order is for dates and --time-format for numbers; give one"
            )
        }
        return timeOrder?.format ?? timeFormat
    }

    /// The zone that was named.
    func zone() throws -> TimeZoneRules? {
        guard let timeZone else { return nil }
        do {
            return try TimeZoneRules(named: timeZone)
        } catch {
            throw ValidationError("\(error)")
        }
    }

    /// Refuses options without a column of times.
    func check(_ columns: ColumnArguments, _ series: SeriesArguments?) throws {
        guard let option = firstGiven, series?.time == nil, columns.timeFeatures.isEmpty else {
            return
        }
        throw ValidationError(
            series == nil
                ? "\(option) needs --time-features, the columns of times"
                : "\(option) needs --time or --time-features, the column of times"
        )
    }

    /// Puts the format and the zone into the preparation of a table.
    func apply(to preparation: inout TablePreparation) throws {
        preparation.timeFormat = try format()
        preparation.timeZone = try zone()
    }
}
