internal import Detectors
internal import NeuralNetworks
internal import Preprocessing
internal import Reports

/// What a model is, for programs: `--json` of `fit`, `inspect` and `verify`.
struct ModelSummary: Encodable {
    let sections: [String: [String: String]]
    let trainingRows: Int
    let calibrationRows: Int
    let columns: [String]
    let layerSizes: [Int]
    let members: Int
    let heldOutLosses: [Double?]

    init(_ detector: FittedAutoencoder) {
        sections = Dictionary(
            uniqueKeysWithValues: ModelCard(detector).sections.map { section in
                (
                    section.title,
                    Dictionary(uniqueKeysWithValues: section.entries.map { ($0.name, $0.value) })
                )
            })
        trainingRows = detector.trainingRowCount
        calibrationRows = detector.calibrationRowCount
        columns = detector.preparer.columns.map(\.name)
        layerSizes = detector.layerSizes
        members = detector.memberCount
        heldOutLosses = detector.histories.map { bestEpoch($0)?.validationLoss }
    }
}
