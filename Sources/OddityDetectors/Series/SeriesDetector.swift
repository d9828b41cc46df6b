public import OddityNeuralNetworks
public import OddityPreprocessing

/// A detector of odd steps of time series, to be fitted.
///
/// An autoencoder rebuilds what a step and its recent past look like: by default the step and its exponential
/// moving averages (``SeriesNetwork/Kind-swift.enum/averages``), or a window of steps through a dense, convolutional or
/// recurrent network. What it cannot rebuild, at once or on average over the recent past, makes a step odd.
///
/// A score depends on the step and those before it alone, so a stream gets the same scores as a file.
///
///     var options = SeriesOptions()
///     options.timeColumn = "time"
///     let detector = try SeriesDetector().fitted(to: table, options: options)
///     var scorer = SeriesScorer(detector)
///     for row in try scorer.scores(of: newRows) where row.isAnomaly { … }
///
/// Several members are trained, each without one block of consecutive steps and what lies next to it;
/// what they make of the block they never saw calibrates the scores.
public struct SeriesDetector: Codable, Sendable, Equatable {
    /// What rebuilds the recent past; moving averages by default.
    public var network = SeriesNetwork()
    /// How far back the detector looks, in steps.
    ///
    /// The span of the slowest average, and the length of the window of the other networks. Nil, the
    /// default, is chosen from the data: what they suggest, but for averages at least 32 and at most
    /// 64, and in any case at most a twelfth of the training steps.
    public var windowLength: Int?
    /// How many steps lie between the beginnings of two windows that a network is trained on; 1 by default.
    ///
    /// With averages, every n-th step is trained on. Scores are of every step all the same.
    public var stride = 1
    /// Whether the distance of a step's code to the nearest code of training counts beside its residuals; off
    /// by default.
    public var countsCodeDistance = false
    /// The number of members, each trained without one block; 5 by default, at least 2.
    public var folds = 5
    /// The loss that training minimizes; the mean squared error by default.
    public var loss: Loss = .meanSquaredError
    /// The size of a training step; 0.003 by default, falling to 0 along a cosine.
    public var learningRate = 3e-3
    /// Rows in a training step.
    ///
    /// Nil, the default, is 32 below 2,000 steps and 64 from there on.
    public var batchSize: Int?
    /// Passes over the training steps at most.
    ///
    /// Nil, the default, is as many as make 40 passes, but at least 400 and at most 1,200 training steps, and
    /// at least one pass.
    public var epochs: Int?
    /// Epochs without a better loss on the held-out block after which training stops.
    ///
    /// By default a training runs to its last epoch, whose parameters are kept; with patience, those of the
    /// best one are.
    public var patience: Int?
    /// How numbers are scaled and missing values are filled before anything else.
    public var preparation = TablePreparation(clippingLimit: 60)
    /// What is done about columns that rise, fall or wander; nil, the default, is ``SeriesTrend/auto``.
    public var trend: SeriesTrend?
    /// What is done about columns that repeat every day or week; nil, the default, is ``SeriesSeason/auto``.
    public var season: SeriesSeason?
    /// The most alarms a day on normal steps; nil by default: rows are called anomalies by a false-alarm
    /// rate.
    ///
    /// The decision rule is then a score, such that the alarms of ``FittedSeriesDetector/alarmRule()`` on
    /// held-out steps keep the budget, on average over the ways in which they may wander.
    public var alarmsPerDay: Double?
    /// Where all random numbers come from: same seed, same data, same model.
    public var seed: UInt64 = 0

    /// The fewest steps that a detector is fitted to, 60.
    public static let minimumStepCount = 60

    /// A detector with every setting at its default.
    public init() {}

    /// The number of rows in a training step.
    func resolvedBatchSize(stepCount: Int) -> Int { batchSize ?? (stepCount < 2_000 ? 32 : 64) }

    /// The number of passes over `rowCount` training rows of a series of `stepCount` steps.
    package func resolvedEpochs(rowCount: Int, stepCount: Int) -> Int {
        if let epochs { return epochs }
        let batchSize = resolvedBatchSize(stepCount: stepCount)
        let stepsPerEpoch = (rowCount + batchSize - 1) / batchSize
        let steps = min(max(40 * stepCount / batchSize, 400), 1_200)
        return max(1, (steps + stepsPerEpoch / 2) / stepsPerEpoch)
    }
}
