internal import OddityNeuralNetworks
internal import OddityPreprocessing

/// What a model file says of a detector beside its numbers.
struct TableModelManifest: Codable {
    /// The kind of detector.
    var detector = DetectorKind.table.rawValue
    /// The release that wrote the file.
    var producer: String
    var configuration: TableDetector
    var preparer: TablePreparer
    var trainingRowCount: Int
    var trainingSource: String?
    /// How many rows nothing was learned from; nil for none.
    var leftOutRowCount: Int?
    /// What a cell that training could not have produced adds to a member's score.
    var evidenceSurprise: Double
    /// How distances and p-values are formed; missing in models that were written before folds were pooled.
    var statistics: TableStatistics?
    var decisionRule: DecisionRule
    /// How the rule was chosen; nil in files of the first release.
    var decisionOrigin: Decision.Origin?
    /// The name of the newer normal data that scores are measured against.
    var recalibrationSource: String?
    /// The loss of each member by epoch.
    var histories: [[EpochRecord]]
}
