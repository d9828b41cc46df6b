internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OdditySeries

/// What the model file of a detector of series says beside its numbers.
struct SeriesModelManifest: Codable {
    /// More steps than any series has.
    static let stepLimit = 1 << 48

    /// The kind of detector.
    var detector = DetectorKind.series.rawValue
    /// The release that wrote the file.
    var producer: String
    var configuration: SeriesDetector
    var options: SeriesOptions
    var clock: SeriesClock
    var window: WindowLength
    var preparer: TablePreparer
    var scaling: SeriesScaling
    var trainingStepCount: Int
    var trainingEntityCount: Int
    var trainingSource: String?
    /// The steps that calibrate the scores.
    var calibrationStepCount: Int
    var decisionRule: DecisionRule
    /// How the rule was chosen; nil in files of the first release.
    var decisionOrigin: Decision.Origin?
    /// The name of the newer normal data that scores are measured against.
    var recalibrationSource: String?
    var alarms: AlarmSettings
    /// The loss of each member by epoch.
    var histories: [[EpochRecord]]
}
