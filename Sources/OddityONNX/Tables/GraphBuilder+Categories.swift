internal import OddityLinearAlgebra
internal import OddityPreprocessing

extension GraphBuilder {
    /// A column of categories as features; see `CategoricalEncoder`.
    ///
    /// - Parameter texts: one column, empty where a value is missing.
    /// - Returns: the features, and whether the value is evidence: no level of training.
    func level(
        of texts: GraphValue,
        _ encoder: CategoricalEncoder
    ) -> (features: GraphValue, isEvidence: GraphValue) {
        let known = encoder.levels + (encoder.missingIsLevel ? [""] : [])
        let place = node(
            "LabelEncoder",
            [texts],
            [
                .texts("keys_strings", known), .integers("values_int64s", Array(known.indices)),
                .integer("default_int64", known.count),
            ],
            domain: "ai.onnx.ml",
            type: .integer
        )
        let isEvidence = place > Double(known.count - 1)
        // A row for each level, one for a missing value, and one for what is unknown.
        let codes = encoder.levels.indices.map { Int32($0) }
        let missing: [Int32] = encoder.missingIsLevel ? [-1] : []
        let unknown = Int32(encoder.levels.count)
        let features = encoder.applied(
            to: codes + missing + [unknown],
            levels: encoder.levels + ["\u{0}"]
        )
        guard encoder.featureCount > 0 else { return (place, isEvidence) }
        // One place a row, without its axis.
        return (matrix(features).rows(at: place.column(0)), isEvidence)
    }
}
