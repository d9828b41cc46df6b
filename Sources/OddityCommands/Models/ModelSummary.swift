internal import OddityDatasets
internal import OddityDetectors
internal import OddityNeuralNetworks
internal import OddityPreprocessing

/// What a model is, for programs: `--json` of `fit`, `inspect` and `verify`.
struct ModelSummary: Encodable {
    struct Column: Encodable {
        let name: String
        let kind: String
        /// Whether it was the same in every training row.
        let isOnlyWatched: Bool
    }

    struct Training: Encodable {
        let epochs: Int
        let bestEpoch: Int
        let trainingLoss: Double
        let heldOutLoss: OrNull<Double>
    }

    let producer: String
    let trainingSource: OrNull<String>
    let trainingRows: Int
    /// The rows that stood so far out that nothing was learned from them.
    let leftOutRows: Int
    let calibrationRows: Int
    let columns: [Column]
    let layerSizes: [Int]
    let parameters: Int
    let members: [Training]
    let decisionRule: String
    /// Of the score, or of the error where the rule looks at that; null where no row can pass it.
    let threshold: OrNull<Double>
    let configuration: TableDetector

    init(_ detector: FittedTableDetector) {
        producer = detector.provenance.producer
        trainingSource = OrNull(detector.provenance.source)
        trainingRows = detector.provenance.trainingCount
        leftOutRows = detector.provenance.leftOutCount
        calibrationRows = detector.heldOut.count
        columns = detector.preparer.columns.map {
            Column(name: $0.name, kind: $0.kind.rawValue, isOnlyWatched: $0.isOnlyWatched)
        }
        layerSizes = detector.layerSizes
        parameters = detector.parameterCount
        members = detector.histories.compactMap { history in
            history.kept.map { best in
                Training(
                    epochs: history.epochs.count,
                    bestEpoch: best.epoch,
                    trainingLoss: best.trainingLoss,
                    heldOutLoss: OrNull(best.validationLoss)
                )
            }
        }
        decisionRule = "\(detector.decisionRule)"
        let threshold = detector.threshold
        self.threshold = OrNull(threshold.isFinite ? threshold : nil)
        configuration = detector.configuration
    }
}
