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
            least: Tolerance.distance(sizes: neighbors.curves.map { _ in 1 }, heldOut: heldOut),
            precision: .double
        )
    }

    private func normalScores(
        of features: GraphValue,
        _ curves: [TableArithmetic.Curve]
    ) -> GraphValue {
        let ranked = curves.indices.filter { !curves[$0].values.isEmpty }
        let others = curves.indices.filter { curves[$0].values.isEmpty }
        guard !ranked.isEmpty else { return features }
        let scores = quantiles(of: ranked.map { curves[$0] }, at: features.columns(ranked))
        guard !others.isEmpty else { return scores }
        let places = ranked + others
        let order = places.indices.sorted { places[$0] < places[$1] }
        return joined([scores, features.columns(others)]).columns(order)
    }

    /// What curves make of columns, in single precision and step by step as `NormalScores` does: a row of the training has the
    /// very scores that are stored of it.
    private func quantiles(of curves: [TableArithmetic.Curve], at x: GraphValue) -> GraphValue {
        let pieces = curves.map { $0.pieces.map { $0.map(Double.init) } }
        // A knot belongs to the piece that it begins.
        let found = chosen(
            of: pieces,
            ends: curves.map { $0.values.map(Double.init) },
            at: x.cast(to: .double)
        ) { !($0 < $1) }.cast(to: .float)
        let fraction = (x - found.column(0)) / found.column(1)
        return found.column(2) + fraction * found.column(3)
    }
}

extension TableArithmetic.Curve {
    /// For each piece where it begins, its width, its result there, and by how much the result grows over the width.
    fileprivate var pieces: [[Float]] {
        let last = values.count - 1
        var pieces: [[Float]] = [[values[0], scale, results[0], 1]]
        for place in 0..<last {
            let (width, growth) = (
                values[place + 1] - values[place], results[place + 1] - results[place]
            )
            pieces.append([values[place], width, results[place], growth])
        }
        return pieces + [[values[last], scale, results[last], 1]]
    }
}
