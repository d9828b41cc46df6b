internal import OddityDatasets
internal import OddityDetectors
internal import OddityPreprocessing
internal import OddityRecords

/// What a model is, as JSON.
func description(of model: Model) throws -> String {
    let detector = model.detector
    let facts = ModelDescription(model)
    let head = ModelHead(
        kind: model.kindName,
        threshold: OrNull(detector.finiteThreshold),
        measure: detector.decisionRule.thresholdMeasure.rawValue,
        columns: model.columns,
        card: facts.lines
    )
    // Two objects become one.
    let text = try json(head, pretty: false)
    return text.dropLast() + ",\"summary\":" + (try facts.json()) + "}"
}

/// What all kinds of models have.
private struct ModelHead: Encodable {
    struct Column: Encodable {
        let name, kind: String
    }

    let kind: String
    let threshold: OrNull<Double>
    let measure: String
    let columns: [Column]
    let card: [String]
}

extension Model {
    fileprivate var kindName: String {
        switch self {
        case .table: "table"
        case .images: "images"
        case .series: "series"
        }
    }

    fileprivate var columns: [ModelHead.Column] {
        let columns: [PreparedColumn] =
            switch self {
            case .table(let detector): detector.preparer.columns
            case .series(let detector): detector.preparer.columns
            case .images: []
            }
        return columns.map { ModelHead.Column(name: $0.name, kind: $0.kind.rawValue) }
    }
}
