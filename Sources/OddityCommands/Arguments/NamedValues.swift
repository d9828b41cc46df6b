// Values of the library as they are written on the command line.

public import ArgumentParser
public import OddityDatasets
public import OddityDetectors
public import OddityEvaluation
public import OddityImages
public import OddityModelSelection
public import OddityNeuralNetworks
public import OddityPreprocessing
public import OddityRecords
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
extension OptimizerName: ExpressibleByArgument {}
extension VariantName: ExpressibleByArgument {}
extension NoiseName: ExpressibleByArgument {}
extension ImageVariant: ExpressibleByArgument {}
extension ImageChange: ExpressibleByArgument {}
extension TimeOrder: ExpressibleByArgument {}

extension Activation: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) { self.init(named: argument) }

    /// The names of all values.
    public static var allValueStrings: [String] { names }
}

extension Loss: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) { self.init(named: argument) }
}

extension LearningRateSchedule: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) { self.init(named: argument) }

    /// The names of all values.
    public static var allValueStrings: [String] { names }
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
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) { self.init(named: argument) }
}

extension SeriesOptions.SamplingPolicy: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) { self.init(named: argument) }
}

extension ImageSize: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) { self.init(named: argument) }
}

extension ImageNormalization: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) { self.init(named: argument) }

    /// The names of all values.
    public static var allValueStrings: [String] { names }
}

extension PixelScore.Summary: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) { self.init(named: argument) }
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
    public init?(argument: String) { self.init(named: argument) }

    /// The names of all values.
    public static var allValueStrings: [String] { names }
}

extension NumberNotation.GroupMark: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) { self.init(named: argument) }
}

extension TimestampFormat: ExpressibleByArgument {
    /// Reads the name of a value; nil for another text.
    public init?(argument: String) { self.init(named: argument) }

    /// The names of all values.
    public static var allValueStrings: [String] { names }
}
