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
    /// How it looks at steps: at what columns hold, and with averages also at how far that is from their recent levels.
    let views: [SeriesView]
    /// What is usual at times of day or week, and taken off before all else; nil where nothing repeats.
    public let season: SeasonalProfile?

    init(
        configuration: SeriesDetector,
        options: SeriesOptions,
        clock: SeriesClock,
        window: WindowLength,
        views: [SeriesView],
        season: SeasonalProfile?,
        heldOut: HeldOutScores,
        provenance: Provenance,
        trainingEntityCount: Int
    ) {
        self.configuration = configuration
        self.options = options
        self.clock = clock
        self.window = window
        self.views = views
        self.season = season
        trainingHeldOut = heldOut
        self.provenance = provenance
        self.trainingEntityCount = trainingEntityCount
    }

    /// The sizes of what is seen in the first view.
    var layout: SeriesLayout { layout(of: views[0]) }
    /// The sizes of what is seen in each view.
    var layouts: [SeriesLayout] { views.map(layout) }
    /// The recent levels that are followed.
    var levelRule: LevelRule {
        LevelRule(
            columns: views[views.count - 1].removed,
            windowLength: window.steps,
            options: options
        )
    }

    private func layout(of view: SeriesView) -> SeriesLayout {
        SeriesLayout(
            configuration.network,
            view.scaling,
            windowLength: view.windowLength,
            warmUpCount: window.steps,
            options: options
        )
    }

    /// How rows become features.
    public var preparer: TablePreparer { views[0].preparer }
    /// The columns that are judged by their distance from their recent level alone, as they moved on in training.
    public var trendColumns: [String] { views[0].removed }
    /// Whether all columns of numbers are judged by their distance from their recent level too.
    public var judgesDistances: Bool { views.count > 1 }

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
        views[0].members.map {
            TrainingHistory($0.history, keepsBest: configuration.patience != nil)
        }
    }
    /// The number of parameters of each member: a network, or one for each way of looking at steps.
    public var parameterCount: Int {
        views.reduce(0) { $0 + $1.members[0].network.parameterCount }
    }
    /// The spans of the moving averages that steps are judged by, in steps, beside the step itself.
    public var spans: [Double] { views[0].scaling.spans }
}
