public import OddityDatasets
internal import OddityNeuralNetworks
public import OddityPreprocessing
public import OdditySeries

/// A fitted detector of odd steps of series: it scores rows, explains them, and is saved to one file.
///
/// It is a value that never changes by use; what changes as rows come is in a ``SeriesScorer``.
public struct FittedSeriesDetector: FittedDetector {
    /// Steps of series.
    public static let kind = DetectorKind.series

    /// How it was made.
    public let configuration: SeriesDetector
    /// Where the time and the entity of a row are, and how flaws of series are met.
    public let options: SeriesOptions
    /// The sampling interval, and how times are written.
    public let clock: SeriesClock
    /// How far back it looks, in steps, and why.
    ///
    /// The first so many steps of a series have no score.
    public let window: WindowLength
    /// How rows become features.
    public let preparer: TablePreparer
    /// The number of series it was fitted to.
    public let trainingEntityCount: Int
    /// What held-out steps got from the members that had not seen them.
    public let trainingHeldOut: HeldOutScores
    /// When a row is called an anomaly; a p-value of at most 0.01 by default.
    public var decision = Decision.standard
    /// Newer normal data that scores are measured against; nil for those of the fit.
    public var recalibration: Recalibration?
    /// Where it comes from.
    public var provenance: Provenance
    /// How odd rows become alarms.
    public var alarms = AlarmSettings()
    let scaling: SeriesScaling
    let members: [SeriesMember]
    let calibration: SeriesCalibration

    init(
        configuration: SeriesDetector,
        options: SeriesOptions,
        clock: SeriesClock,
        window: WindowLength,
        preparer: TablePreparer,
        scaling: SeriesScaling,
        members: [SeriesMember],
        calibration: SeriesCalibration,
        heldOut: HeldOutScores,
        provenance: Provenance,
        trainingEntityCount: Int
    ) {
        self.configuration = configuration
        self.options = options
        self.clock = clock
        self.window = window
        self.preparer = preparer
        self.scaling = scaling
        self.members = members
        self.calibration = calibration
        trainingHeldOut = heldOut
        self.provenance = provenance
        self.trainingEntityCount = trainingEntityCount
    }

    var layout: SeriesLayout {
        SeriesLayout(
            configuration.network,
            scaling,
            windowLength: window.steps,
            options: options
        )
    }

    /// The columns that are judged, which rows must have beside those of ``options``.
    public var requiredSchema: Schema { preparer.requiredSchema }
    /// The columns of time and entity, where there are any.
    public var keyColumns: [String] {
        [options.timeColumn, options.entityColumn].compactMap { $0 }
    }
    /// The number of columns it looks at.
    public var columnCount: Int { preparer.columns.count }
    /// For each member how its training went.
    public var histories: [TrainingHistory] {
        members.map { TrainingHistory($0.history, keepsBest: configuration.patience != nil) }
    }
    /// The number of parameters of each network.
    public var parameterCount: Int { members[0].network.parameterCount }
    /// The spans of the moving averages that steps are judged by, in steps, beside the step itself.
    public var spans: [Double] { scaling.spans }
}
