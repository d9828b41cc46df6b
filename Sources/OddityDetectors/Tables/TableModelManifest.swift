internal import OddityNeuralNetworks
internal import OddityPlatform
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
    /// The columns whose mix there weighs the held-out rows; nil where they are not weighed.
    var recalibrationColumns: [String]?
    /// The loss of each member by epoch.
    var histories: [[EpochRecord]]
}

extension TableModelManifest {
    /// What no fit can have written; nil where all parts belong together.
    var flaw: String? {
        producerFlaw(producer)
            ?? trainingCountFlaw(trainingRowCount, atLeast: max(2, configuration.folds), "rows")
            ?? decisionRule.flaw ?? decisionOrigin?.flaw
            ?? histories.flaw(epochLimit: epochLimit, isSigned: configuration.loss == .gaussian)
            ?? rowFlaw ?? evidenceFlaw
            ?? preparer.flaw(learnedBy: configuration.preparation)
    }

    /// The most epochs of a member; a training that pulls codes to their centre has as many again.
    private var epochLimit: Int? {
        configuration.epochs.map { configuration.svddWeight == nil ? $0 : 2 * $0 }
    }

    private var rowFlaw: String? {
        if histories.count != configuration.folds {
            return "it has \(histories.count) training histories for \(configuration.folds) members"
        }
        if histories.contains(where: { $0.isEmpty != (configuration.importedLayers != nil) }) {
            return "a member was trained for no epoch"
        }
        if let leftOutRowCount, !(0...trainingCountLimit ~= leftOutRowCount) {
            return "\(leftOutRowCount) rows were left out of its training"
        }
        if preparer.featureCount == 0 { return "none of its columns is learned from" }
        if statistics?.knotCounts != nil,
            !configuration.storesRows || configuration.scoring != .residualAndCode
        {
            return "it compares rows with those of training, which its settings do not"
        }
        return nil
    }

    /// Evidence weighs −ln of a conformal p-value, which is a whole number of n + 1 rows.
    private var evidenceFlaw: String? {
        let total = Double(trainingRowCount) + 1
        let count = exp(-evidenceSurprise) * total
        let isCount = abs(count - count.rounded()) <= 1e-9 * total && count > 0.5
        return evidenceSurprise >= 0 && isCount
            ? nil
            : "its evidence weighs \(evidenceSurprise), which \(trainingRowCount) rows do not give"
    }
}
