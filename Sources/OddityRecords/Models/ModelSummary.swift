internal import OddityDatasets
package import OddityDetectors
internal import OddityNeuralNetworks
internal import OddityPreprocessing

/// What a model is, for programs: `--json` of `fit`, `inspect` and `verify`.
package struct ModelSummary: Encodable {
    package struct Column: Encodable {
        package let name: String
        package let kind: String
        /// Whether it was the same in every training row.
        package let isOnlyWatched: Bool
    }

    package struct Training: Encodable {
        package let epochs: Int
        package let bestEpoch: Int
        package let trainingLoss: Double
        package let heldOutLoss: OrNull<Double>
    }

    package let producer: String
    package let trainingSource: OrNull<String>
    package let trainingRows: Int
    /// The rows that stood so far out that nothing was learned from them.
    package let leftOutRows: Int
    package let calibrationRows: Int
    package let columns: [Column]
    package let layerSizes: [Int]
    package let parameters: Int
    package let members: [Training]
    /// The newer data that scores are measured against; null for the held-out data of the fit.
    package let recalibrationSource: OrNull<String>
    package let decisionRule: String
    /// How the rule was chosen; null for the standard and for a rule by hand.
    package let decisionOrigin: OrNull<String>
    /// Of the score, or of the error where the rule looks at that; null where no row can pass it.
    package let threshold: OrNull<Double>
    package let configuration: TableDetector

    package init(_ detector: FittedTableDetector) {
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
        recalibrationSource = OrNull(detector.recalibration.map { $0.source ?? "data in memory" })
        decisionRule = "\(detector.decisionRule)"
        decisionOrigin = OrNull(detector.decision.originText(detector.heldOut))
        threshold = OrNull(detector.finiteThreshold)
        configuration = detector.configuration
    }
}
