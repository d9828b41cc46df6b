internal import ArgumentParser
internal import OddityDetectors
internal import OdditySeries

/// What makes rows a time series, and how its flaws are met.
struct SeriesArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The rows are a series in the order of this column: dates and times, or seconds, milli-, micro- or nanoseconds since 1970.",
            valueName: "column"
        )
    )
    var time: String?

    @Flag(help: "The rows are a series in the order of the file, one step each.")
    var series = false

    @Option(
        help: ArgumentHelp(
            "The column that tells several series in one file apart.",
            valueName: "column"
        )
    )
    var entity: String?

    @Option(
        help: ArgumentHelp(
            "How many steps the detector looks back (default: chosen from the data, and shown).",
            valueName: "steps"
        )
    )
    var window: Int?

    @Option(
        help: ArgumentHelp(
            "Train on every n-th window only; every row is scored all the same (default: 1).",
            valueName: "steps"
        )
    )
    var stride: Int?

    @Option(
        help: ArgumentHelp(
            "What rebuilds the past: averages (moving averages through dense layers), or windows of steps through dense, convolutional, lstm or gru layers (default: averages).",
            valueName: "name"
        )
    )
    var network: SeriesNetwork.Kind?

    @Flag(help: "Forecast each step from those before it, instead of rebuilding it.")
    var forecast = false

    @Option(
        help: ArgumentHelp(
            "A step longer than this many sampling intervals breaks a series (default: 10).",
            valueName: "intervals"
        )
    )
    var gapLimit: Double?

    @Option(
        help: ArgumentHelp(
            "Fill at most this many missing values in a row with the last one seen; beyond it rows have no score (default: 10).",
            valueName: "steps"
        )
    )
    var fillLimit: Int?

    @Flag(help: "Sort training rows by time; without it, rows out of order are refused.")
    var sort = false

    @Option(
        help: ArgumentHelp(
            "What to do with two rows of one time: refuse, or take the first, the last or their mean (default: refuse).",
            valueName: "name"
        )
    )
    var duplicates: SeriesOptions.DuplicatePolicy?

    @Option(
        help: ArgumentHelp(
            "What to do with a series whose steps differ in length: refuse, accept (each row is one step), resample (at its usual interval), or an interval to resample at, such as 500ms, 10s or 5min (default: refuse).",
            valueName: "name"
        )
    )
    var sampling: SeriesOptions.SamplingPolicy?

    @Option(
        help: ArgumentHelp(
            "What to do about columns that rise, fall or wander all through the training: auto (judge their distance from their recent level), keep (judge their level), or remove (of all columns judge the distance) (default: auto).",
            valueName: "name"
        )
    )
    var trend: SeriesTrend?

    @Option(
        help: ArgumentHelp(
            "What to do about columns that repeat every day or week, where the training has seven days or weeks: auto (judge their distance from what is usual at the time) or keep (judge them as they are) (default: auto). Needs --time.",
            valueName: "name"
        )
    )
    var season: SeriesSeason?

    @Option(
        help: ArgumentHelp(
            "Instead of a false-alarm rate, the most alarms a day on normal rows; the model says what its held-out rows can promise. Needs --time.",
            valueName: "count"
        )
    )
    var alarmsPerDay: Double?

    /// Whether rows are to be taken as series.
    var isGiven: Bool { series || time != nil || entity != nil }

    func validate() throws {
        _ = try options()
        guard isGiven || firstGiven == nil else {
            throw ValidationError(
                "\(firstGiven ?? "") is for series: name their --time column, or say --series"
            )
        }
        guard time == nil || !series else {
            throw ValidationError("--time and --series both say what the order is; give one")
        }
        let needsTime = firstGiven(
            of: "--gap-limit",
            "--sort",
            "--duplicates",
            "--sampling",
            "--season",
            "--alarms-per-day"
        )
        if time == nil, let needsTime {
            throw ValidationError("\(needsTime) needs --time, the column of times")
        }
    }

    /// Puts the network that was asked for into a detector.
    func apply(to detector: inout SeriesDetector) {
        detector.windowLength = window
        if let stride { detector.stride = stride }
        detector.alarmsPerDay = alarmsPerDay
        detector.trend = trend
        detector.season = season
        if let network { detector.network.kind = network }
        if forecast { detector.network.target = .forecast }
    }

    /// How the rows are a series.
    ///
    /// - Parameter times: How its times are written.
    func options(_ times: TimeArguments? = nil) throws -> SeriesOptions {
        var options = SeriesOptions(timeColumn: time, entityColumn: entity)
        if let gapLimit {
            guard gapLimit >= 1, gapLimit.isFinite else {
                throw ValidationError("--gap-limit takes a number of intervals of at least 1")
            }
            options.gapLimit = gapLimit
        }
        if let fillLimit {
            guard 0...1_000_000 ~= fillLimit else {
                throw ValidationError("--fill-limit takes a number of steps from 0 up")
            }
            options.fillLimit = fillLimit
        }
        if sort { options.order = .sort }
        if let duplicates { options.duplicates = duplicates }
        options.timeFormat = try times?.format()
        options.timeZone = try times?.zone()
        if let sampling { options.sampling = sampling }
        return options
    }
}
