internal import OddityDetectors
internal import OddityEvaluation

extension GraphBuilder {
    /// The logarithm of the distance of rows from the nearest row of training, both in normal scores.
    ///
    /// - Parameters:
    ///   - features: of single precision.
    ///   - neighbors: what is known of the rows of training.
    ///   - heldOut: the logarithms of distances of held-out rows.
    /// - Returns: one column of double precision.
    func logDistance(
        of features: GraphValue,
        from neighbors: TableArithmetic.Neighbors,
        heldOut: SurvivalFunction?
    ) -> GraphValue {
        logDistance(
            of: normalScores(of: features, neighbors.curves),
            from: neighbors.references,
            least: Tolerance.distance(sizes: neighbors.curves.map { _ in 1 }, heldOut: heldOut)
        )
    }

    private func normalScores(
        of features: GraphValue,
        _ curves: [TableArithmetic.Curve]
    ) -> GraphValue {
        let ranked = curves.indices.filter { !curves[$0].values.isEmpty }
        let others = curves.indices.filter { curves[$0].values.isEmpty }
        guard !ranked.isEmpty else { return features }
        let functions = ranked.map { place in
            PiecewiseFunction(
                through: curves[place].values.map(Double.init),
                curves[place].results.map(Double.init),
                slope: 1 / Double(curves[place].scale)
            )
        }
        let scores = values(of: functions, at: features.columns(ranked).cast(to: .double))
            .cast(to: .float)
        guard !others.isEmpty else { return scores }
        let places = ranked + others
        let order = places.indices.sorted { places[$0] < places[$1] }
        return joined([scores, features.columns(others)]).columns(order)
    }
}
