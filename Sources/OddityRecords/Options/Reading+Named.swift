// The names of how numbers and times are written, and of how rows become series.

public import OddityDatasets
public import OdditySeries

/// How times are written where the data leave it open.
public enum TimeOrder: String, CaseIterable, Sendable, NamedChoice {
    /// As in 3/4/2024 for the third of April.
    case dayFirst = "day-first"
    /// As in 3/4/2024 for the fourth of March.
    case monthFirst = "month-first"

    /// Times that are written so.
    public var format: TimestampFormat {
        switch self {
        case .dayFirst: TimestampFormat(shape: .dayMonthYear)
        case .monthFirst: TimestampFormat(shape: .monthDayYear)
        }
    }
}

extension TimestampFormat: NamedChoice {
    private static let numberShapes: KeyValuePairs<String, Shape> = [
        "seconds": .seconds, "milliseconds": .milliseconds, "microseconds": .microseconds,
        "nanoseconds": .nanoseconds, "excel": .excelDays, "year": .year, "yyyymm": .compactMonth,
        "yymmdd": .compactShortDate, "yyyymmdd": .compactDate, "yyyymmddhhmm": .compactMinute,
        "yyyymmddhhmmss": .compactSecond,
    ]

    /// What numbers in a column of times are.
    public init?(named name: String) {
        guard let shape = Self.numberShapes.first(where: { $0.key == name })?.value else {
            return nil
        }
        self.init(shape: shape)
    }

    /// The names of all values.
    public static var names: [String] { numberShapes.map(\.key) }
}

extension NumberNotation.DecimalMark: NamedChoice {
    /// Reads the name of a value; nil for another text.
    public init?(named name: String) {
        self.init(rawValue: ["point": ".", "comma": ","][name] ?? name)
    }

    /// The names of all values.
    public static var names: [String] { ["point", "comma"] }
}

extension NumberNotation.GroupMark: NamedChoice {
    /// Reads the name of a value; nil for another text.
    public init?(named name: String) {
        let names = [",": "comma", ".": "point", " ": "blank", "'": "apostrophe", "space": "blank"]
        self.init(rawValue: names[name] ?? name)
    }
}

extension SeriesOptions.SamplingPolicy: NamedChoice {
    /// A name, or the interval to resample at.
    public init?(named name: String) {
        switch name {
        case "refuse": self = .refuse
        case "accept": self = .accept
        case "resample": self = .resample(interval: nil)
        default:
            guard let interval = nanoseconds(name) else { return nil }
            self = .resample(interval: interval)
        }
    }

    /// The forms of all values.
    public static var names: [String] {
        ["refuse", "accept", "resample", "an interval such as 10s"]
    }
}

/// A duration such as `500ms`.
private func nanoseconds(_ text: String) -> Int64? {
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
