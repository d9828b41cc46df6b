internal import OddityDatasets
public import OddityFailures

/// Why a model cannot be written in the format of ONNX.
public enum ONNXError: Failure, Equatable {
    /// It judges steps of series.
    case series
    /// It cuts images into tiles.
    case tiles
    /// A column of times, by its name.
    case timeColumn(String)
    /// A column that has the name of an output.
    case reservedName(String)
    /// A column of numbers so far apart that their differences are infinite.
    case farNumbers(String)
    /// A kind of scoring that draws random codes.
    case scoring(String)
    /// A network that cannot be written yet.
    case layer(String)
    /// A model of an earlier release.
    case earlierModel
}

extension ONNXError: CustomStringConvertible {
    /// One line: what was wrong and what to do.
    public var description: String {
        switch self {
        case .series:
            "a model of series cannot be written as ONNX, since a step is judged by what came before it; score with oddity score or "
                + "oddity watch, or by the library"
        case .tiles:
            "the model cuts images into tiles, which cannot be written as ONNX yet; fit without --tile"
        case .timeColumn(let name):
            "column \(quoted(name)) holds times, which ONNX cannot read; fit without it (--ignore \(name)), or give its hour, "
                + "weekday and month as columns of numbers"
        case .reservedName(let name):
            "column \(quoted(name)) has the name of an output; fit with another name for it"
        case .farNumbers(let name):
            "column \(quoted(name)) holds numbers whose differences are beyond double precision; fit without it, or give it in "
                + "another unit"
        case .scoring(let name):
            "a scoring of \(name) draws codes, which cannot be written as ONNX yet; fit with --scoring residual-and-code"
        case .layer(let name): "\(name) cannot be written as ONNX yet; fit one of dense layers"
        case .earlierModel:
            "the model was written by a release whose arithmetic cannot be written as ONNX; fit it anew"
        }
    }

    /// The model, which was made to be scored otherwise.
    public var blame: Blame { .data }
}
