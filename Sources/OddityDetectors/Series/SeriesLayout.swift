internal import OdditySeries

/// The sizes of what a detector sees and remembers of a series.
struct SeriesLayout: Sendable, Equatable {
    /// The features of a step.
    let featureCount: Int
    /// α of each average beside the step itself.
    let rates: [Float]
    /// The steps in a window, 1 for a network that sees averages.
    let windowLength: Int
    /// Whether the network sees windows.
    let usesWindows: Bool
    /// Whether the network sees what was before the step.
    let forecasts: Bool
    /// The steps of a series before the first that is scored.
    let warmUpCount: Int
    /// The span of the slowest average, in steps.
    let spanLength: Int
    /// The position of the code among the network's layers.
    let codeLayer: Int
    /// Whether a step may take the place of the one before.
    let keepsBefore: Bool

    init(
        _ network: SeriesNetwork,
        _ scaling: SeriesScaling,
        windowLength: Int,
        warmUpCount: Int,
        options: SeriesOptions
    ) {
        featureCount = scaling.featureCount
        rates = scaling.rates
        usesWindows = network.usesWindows
        self.windowLength = network.usesWindows ? windowLength : 1
        forecasts = network.target == .forecast
        self.warmUpCount = warmUpCount
        spanLength = windowLength
        codeLayer = network.codeLayer
        keepsBefore = options.duplicates == .last || options.duplicates == .mean
    }

    var spanCount: Int { rates.count }
    /// The rate at which what was seen fades over the window.
    var fadingRate: Float { 2 / Float(spanLength + 1) }
    /// Whether the averages of residuals are taken, and not the residuals of averages.
    var averagesResiduals: Bool { usesWindows || forecasts }
    /// The numbers after which the ranges of what the network sees repeat: those of a step of a window.
    var rangeSize: Int { usesWindows ? featureCount : inputSize }
    /// The numbers that the network sees.
    ///
    /// Without windows: the step, its averages, and its activity.
    var inputSize: Int { featureCount * (usesWindows ? windowLength : rates.count + 2) }
    /// The numbers of a network's residual.
    var residualSize: Int { averagesResiduals ? featureCount : inputSize }
    /// The numbers that a step is judged by.
    var judgedSize: Int {
        averagesResiduals ? featureCount * (rates.count + 1) : inputSize
    }
}
