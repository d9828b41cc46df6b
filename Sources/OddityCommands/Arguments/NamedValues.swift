// Values of the library as they are written on the command line.

public import ArgumentParser
public import OddityDatasets
public import OddityDetectors
public import OddityEvaluation
public import OddityImages
public import OddityModelSelection
public import OddityNeuralNetworks
public import OddityPreprocessing
internal import OddityRecords
public import OdditySeries

extension ScalingMethod: ExpressibleByArgument {}
extension MissingValuePolicy: ExpressibleByArgument {}
extension TableDetector.Scoring: ExpressibleByArgument {}
extension TableDetector.CodeDistance: ExpressibleByArgument {}
extension PenalizedLayers: ExpressibleByArgument {}
extension SearchStrategy: ExpressibleByArgument {}
extension SeriesAdaptation: ExpressibleByArgument {}
extension SeriesSmoothing: ExpressibleByArgument {}
extension SeriesSeason: ExpressibleByArgument {}
extension SeriesTrend: ExpressibleByArgument {}
extension SeriesNetwork.Kind: ExpressibleByArgument {}
extension SeriesOptions.DuplicatePolicy: ExpressibleByArgument {}
extension ImageColor: ExpressibleByArgument {}
extension ImageMeasures: ExpressibleByArgument {}
extension ImageScoring: ExpressibleByArgument {}
extension ConvolutionalNetwork.Bottleneck: ExpressibleByArgument {}
extension QuoteEscape: ExpressibleByArgument {}
extension ScoreFormat: ExpressibleByArgument {}
extension ReasonedRows: ExpressibleByArgument {}
extension ThresholdMeasure: ExpressibleByArgument {}
extension FalseDiscoveryProcedure: ExpressibleByArgument {}

extension Activation: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) { self.init(argument) }

    /// The names of all values.
    public static var allValueStrings: [String] { names }
}

extension Loss: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) { self.init(argument) }
}

extension LearningRateSchedule: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) {
        switch argument {
        case "constant": self = .constant
        case "cosine": self = .cosine()
        case "step": self = .step(epochs: 30, factor: 0.1)
        default: return nil
        }
    }

    /// The names of all values.
    public static var allValueStrings: [String] { ["constant", "cosine", "step"] }
}

extension TableFormat: ExpressibleByArgument {
    private var argument: String {
        switch self {
        case .delimited: "delimited"
        case .jsonLines: "json-lines"
        case .jsonArray: "json-array"
        case .array: "array"
        case .sqlite: "sqlite"
        }
    }

    /// Reads the name of a value; nil for another text.
    public init?(argument: String) {
        guard let found = Self.allCases.first(where: { $0.argument == argument }) else {
            return nil
        }
        self = found
    }

    /// The names of all values.
    public static var allValueStrings: [String] { allCases.map(\.argument) }
}

extension PrincipalComponentAnalysis.Selection: ExpressibleByArgument {
    /// A count, a share of the variance, or `auto`.
    public init?(argument: String) {
        if argument == "auto" {
            self = .aboveAverage
        } else if let count = Int(argument), count > 0 {
            self = .count(count)
        } else if let share = Double(argument), share > 0, share <= 1 {
            self = .variance(share)
        } else {
            return nil
        }
    }
}

extension SeriesOptions.SamplingPolicy: ExpressibleByArgument {
    /// A name, or the interval to resample at.
    public init?(argument: String) {
        switch argument {
        case "refuse": self = .refuse
        case "accept": self = .accept
        case "resample": self = .resample(interval: nil)
        default:
            guard let interval = nanoseconds(argument) else { return nil }
            self = .resample(interval: interval)
        }
    }
}

extension ImageSize: ExpressibleByArgument {
    /// One side, or width x height.
    public init?(argument: String) {
        let sides = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
        guard let width = sides[0], let height = sides.count == 1 ? width : sides[1],
            sides.count <= 2, (4...4096).contains(width), (4...4096).contains(height)
        else { return nil }
        self.init(width: width, height: height)
    }
}

extension ImageNormalization: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) {
        switch argument {
        case "none": self = .none
        case "image": self = .perImage
        case "channel": self = .perChannel
        case "dataset": self = .perDataset
        default: return nil
        }
    }

    /// The names of all values.
    public static var allValueStrings: [String] { ["image", "channel", "dataset", "none"] }
}

extension PixelScore.Summary: ExpressibleByArgument {
    /// `mean`, `top-share`, `top-share(0.1)`, `smoothed-maximum` or `smoothed-maximum(7)`.
    public init?(argument: String) {
        let parts = argument.split(separator: "(", maxSplits: 1, omittingEmptySubsequences: false)
        let number = parts.count == 2 ? String(parts[1].dropLast()) : nil
        guard parts.count == 1 || argument.hasSuffix(")") else { return nil }
        switch (parts[0], number) {
        case ("mean", nil): self = .mean
        case ("top-share", nil): self = .topShare()
        case ("smoothed-maximum", nil): self = .smoothedMaximum()
        case ("top-share", let number?):
            guard let share = Double(number) else { return nil }
            self = .topShare(share)
        case ("smoothed-maximum", let number?):
            guard let side = Int(number) else { return nil }
            self = .smoothedMaximum(side: side)
        default: return nil
        }
    }
}

extension TextEncoding: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) {
        let names = [
            "utf8": "utf-8", "latin-1": "latin1", "iso-8859-1": "latin1", "cp1252": "windows-1252",
        ]
        let name = argument.lowercased()
        self.init(rawValue: names[name] ?? name)
    }
}

extension NumberNotation.DecimalMark: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) {
        self.init(rawValue: ["point": ".", "comma": ","][argument] ?? argument)
    }

    /// The names of all values.
    public static var allValueStrings: [String] { ["point", "comma"] }
}

extension NumberNotation.GroupMark: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) {
        let names = [",": "comma", ".": "point", " ": "blank", "'": "apostrophe", "space": "blank"]
        self.init(rawValue: names[argument] ?? argument)
    }
}

extension TimestampFormat: ExpressibleByArgument {
    private static let numberShapes: KeyValuePairs<String, Shape> = [
        "seconds": .seconds, "milliseconds": .milliseconds, "microseconds": .microseconds,
        "nanoseconds": .nanoseconds, "excel": .excelDays, "year": .year, "yyyymm": .compactMonth,
        "yymmdd": .compactShortDate, "yyyymmdd": .compactDate, "yyyymmddhhmm": .compactMinute,
        "yyyymmddhhmmss": .compactSecond,
    ]

    /// What numbers in a column of times are.
    public init?(argument: String) {
        guard let shape = Self.numberShapes.first(where: { $0.key == argument })?.value else {
            return nil
        }
        self.init(shape: shape)
    }

    /// The names of all values.
    public static var allValueStrings: [String] { numberShapes.map(\.key) }
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
