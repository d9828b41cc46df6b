internal import OddityDetectors
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OddityRecords
internal import OdditySeries

extension FitConfiguration {
    /// The detector of steps of series.
    func seriesDetector() throws -> SeriesDetector {
        var result = SeriesDetector()
        result.windowLength = try options.integer(.window)
        if let stride = try options.integer(.stride) { result.stride = stride }
        result.alarmsPerDay = try options.number(.alarmsPerDay)
        result.trend = try options.choice(.trend)
        result.season = try options.choice(.season)
        if let kind: SeriesNetwork.Kind = try options.choice(.network) {
            result.network.kind = kind
        }
        if try options.flag(.forecast) == true { result.network.target = .forecast }
        if let seed = try seed { result.seed = seed }
        if let folds = try options.integer(.folds) { result.folds = folds }
        try apply(toNetworkOf: &result)
        if let loss: Loss = try options.named(.loss) { result.loss = loss }
        if let rate = try options.number(.learningRate) { result.learningRate = rate }
        result.batchSize = try options.integer(.batchSize)
        result.epochs = try options.integer(.epochs)
        result.patience = try options.integer(.patience)
        if let scaling: ScalingMethod = try options.choice(.scaling) {
            result.preparation.scaling = scaling
        }
        guard result.alarmsPerDay == nil || options.value(.falseAlarmRate) == nil else {
            throw InvalidArgument("give one of the options alarms_per_day and false_alarm_rate")
        }
        try result.validate()
        return result
    }

    private func apply(toNetworkOf result: inout SeriesDetector) throws {
        if let sizes = try options.integers(.hidden) {
            guard sizes.count > 1 else {
                throw options.invalid(
                    .hidden,
                    "at least one layer and the code for series, such as [64, 8]"
                )
            }
            result.network.latentSize = sizes.last
            result.network.hiddenSizes = sizes.dropLast()
        }
        if options.value(.variant) != nil { result.network.variant = try options.chosenVariant() }
        if let layers: PenalizedLayers = try options.choice(.sparsityLayers), layers != .code {
            throw options.invalid(.sparsityLayers, "\"code\" for series")
        }
        let scoring: TableDetector.Scoring? = try options.choice(.scoring)
        guard scoring == nil || scoring == .residual || scoring == .residualAndCode else {
            throw options.invalid(.scoring, "\"residual\" or \"residual-and-code\" for series")
        }
        result.countsCodeDistance = scoring == .residualAndCode
    }

    /// How the rows are a series.
    func seriesOptions() throws -> SeriesOptions {
        var result = SeriesOptions(
            timeColumn: try options.text(.time),
            entityColumn: try options.text(.entity)
        )
        if result.timeColumn != nil, try options.flag(.series) == true {
            throw InvalidArgument("options time and series both say what the order is; give one")
        }
        if result.timeColumn == nil, let stray = options.firstGiven(in: FitOption.needingTime) {
            throw InvalidArgument("option \(stray.rawValue) needs time, the column of times")
        }
        if let limit = try options.number(.gapLimit) {
            guard limit >= 1, limit.isFinite else {
                throw options.invalid(.gapLimit, "a number of intervals of at least 1")
            }
            result.gapLimit = limit
        }
        if let limit = try options.integer(.fillLimit) {
            guard 0...1_000_000 ~= limit else {
                throw options.invalid(.fillLimit, "a number of steps from 0 up")
            }
            result.fillLimit = limit
        }
        if try options.flag(.sort) == true { result.order = .sort }
        if let policy: SeriesOptions.DuplicatePolicy = try options.choice(.duplicates) {
            result.duplicates = policy
        }
        if let policy: SeriesOptions.SamplingPolicy = try options.named(.sampling) {
            result.sampling = policy
        }
        result.timeFormat = try timeFormat()
        result.timeZone = try timeZone()
        return result
    }
}
