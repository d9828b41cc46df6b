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
            "Train on every so many-th window only; every row is scored all the same (default: 1).",
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
    var network: String?

    @Flag(help: "Forecast each step from those before it, instead of rebuilding it.")
    var forecast = false

    @Option(
        help: ArgumentHelp(
            "How times are written where the data leave it open: day-first, as in 3/4/2024 for the third of April, or month-first.",
            valueName: "order"
        )
    )
    var timeOrder: String?

    @Option(
        help: ArgumentHelp(
            "What numbers in the column of times are: seconds, milliseconds, microseconds or nanoseconds (since 1970), excel (days), year, yyyymm, yymmdd, yyyymmdd, yyyymmddhhmm or yyyymmddhhmmss. Found out when not given.",
            valueName: "name"
        )
    )
    var timeFormat: String?

    @Option(
        help: ArgumentHelp(
            "The zone of times that are written without an offset, such as Europe/Berlin; without it they count as UTC.",
            valueName: "name"
        )
    )
    var timeZone: String?

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
    var duplicates: String?

    @Option(
        help: ArgumentHelp(
            "What to do with a series whose steps differ in length: refuse, accept (each row is one step), resample (at its usual interval), or an interval to resample at, such as 500ms, 10s or 5min (default: refuse).",
            valueName: "name"
        )
    )
    var sampling: String?

    @Option(
        help: ArgumentHelp(
            "Instead of a false-alarm rate, the most alarms a day on normal rows; the model says what its held-out rows can promise. Needs --time.",
            valueName: "count"
        )
    )
    var alarmsPerDay: Double?

    /// Whether rows are to be taken as series.
    var isGiven: Bool { series || time != nil || entity != nil }

    /// The first option that was given, for data that are no series.
    var firstGiven: String? {
        let options = [
            ("--time", time != nil), ("--series", series), ("--entity", entity != nil),
            ("--window", window != nil), ("--stride", stride != nil),
            ("--network", network != nil), ("--forecast", forecast),
            ("--time-order", timeOrder != nil), ("--time-format", timeFormat != nil),
            ("--time-zone", timeZone != nil), ("--gap-limit", gapLimit != nil),
            ("--fill-limit", fillLimit != nil), ("--sort", sort),
            ("--duplicates", duplicates != nil), ("--sampling", sampling != nil),
            ("--alarms-per-day", alarmsPerDay != nil),
        ]
        return options.first { $0.1 }?.0
    }

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
        let needsTime = [
            ("--gap-limit", gapLimit != nil), ("--sort", sort),
            ("--duplicates", duplicates != nil), ("--sampling", sampling != nil),
            ("--time-order", timeOrder != nil), ("--time-format", timeFormat != nil),
            ("--time-zone", timeZone != nil), ("--alarms-per-day", alarmsPerDay != nil),
        ]
        if time == nil, let option = needsTime.first(where: { $0.1 })?.0 {
            throw ValidationError("\(option) needs --time, the column of times")
        }
    }

    /// Puts the network that was asked for into a detector.
    func apply(to detector: inout SeriesDetector) throws {
        detector.windowLength = window
        if let stride { detector.stride = stride }
        detector.alarmsPerDay = alarmsPerDay
        if let network { detector.network.kind = try named(network, "--network") }
        if forecast { detector.network.target = .forecast }
    }

    /// How the rows are a series.
    func options() throws -> SeriesOptions {
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
        if let duplicates { options.duplicates = try named(duplicates, "--duplicates") }
        switch timeOrder {
        case nil: break
        case "day-first": options.timeFormat = TimestampFormat(shape: .dayMonthYear)
        case "month-first": options.timeFormat = TimestampFormat(shape: .monthDayYear)
        default: throw ValidationError("--time-order is day-first or month-first")
        }
        if let timeFormat {
            guard timeOrder == nil else {
                throw ValidationError(
                    "--time-order is for dates and --time-format for numbers; give one"
                )
            }
            guard let shape = Self.numberShapes[timeFormat] else {
                throw ValidationError(
                    "--time-format is one of \(Self.numberShapes.keys.sorted().joined(separator: ", ")), not"
                        + " \"\(timeFormat)\""
                )
            }
            options.timeFormat = TimestampFormat(shape: shape)
        }
        if let timeZone {
            do {
                options.timeZone = try TimeZoneRules(named: timeZone)
            } catch {
                throw ValidationError("\(error)")
            }
        }
        switch sampling {
        case nil, "refuse": break
        case "accept": options.sampling = .accept
        case "resample": options.sampling = .resample(interval: nil)
        case let text?:
            guard let interval = SeriesArguments.nanoseconds(text) else {
                throw ValidationError(
                    "--sampling is refuse, accept, resample or an interval such as 500ms, 10s or "
                        + "5min, not \"\(text)\""
                )
            }
            options.sampling = .resample(interval: interval)
        }
        return options
    }

    private func named<Value: RawRepresentable<String>>(
        _ text: String,
        _ option: String
    ) throws -> Value {
        guard let value = Value(rawValue: text) else {
            throw ValidationError("\(option) does not know \"\(text)\"; see oddity help fit")
        }
        return value
    }

    private static let numberShapes: [String: TimestampFormat.Shape] = [
        "seconds": .seconds, "milliseconds": .milliseconds, "microseconds": .microseconds,
        "nanoseconds": .nanoseconds, "excel": .excelDays, "year": .year, "yyyymm": .compactMonth,
        "yymmdd": .compactShortDate, "yyyymmdd": .compactDate, "yyyymmddhhmm": .compactMinute,
        "yyyymmddhhmmss": .compactSecond,
    ]

    /// A duration such as `500ms`.
    private static func nanoseconds(_ text: String) -> Int64? {
        let units: [(String, Double)] = [
            ("ms", 1e6), ("us", 1e3), ("ns", 1), ("min", 60e9), ("s", 1e9), ("h", 3_600e9),
            ("d", 86_400e9),
        ]
        guard let unit = units.first(where: { text.hasSuffix($0.0) }),
            let count = Double(text.dropLast(unit.0.count)), count > 0
        else { return nil }
        let nanoseconds = (count * unit.1).rounded()
        return nanoseconds >= 1 && nanoseconds < 1e18 ? Int64(nanoseconds) : nil
    }
}
