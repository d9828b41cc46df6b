internal import OddityDetectors
internal import OddityEvaluation
internal import OddityLinearAlgebra

extension GraphBuilder {
    /// The logarithm of the distance of codes from those of training.
    ///
    /// - Parameters:
    ///   - codes: rows × latent size, of single precision.
    ///   - distance: what is known of those of training.
    ///   - heldOut: the logarithms of distances of held-out rows.
    /// - Returns: one column of double precision.
    func logDistance(
        of codes: GraphValue,
        _ distance: TableArithmetic.CodeDistance,
        heldOut: SurvivalFunction?
    ) -> GraphValue {
        switch distance {
        case .nearest(let mean, let inverseDeviation, let references, let rank):
            let standardized = (codes - floats(mean)) * floats(inverseDeviation)
            return logDistance(
                of: standardized,
                from: references,
                rank: rank,
                // A code is as large as its mean before that is subtracted.
                least: Tolerance.distance(
                    sizes: zip(mean, inverseDeviation).map { 1 + abs($0 * $1) },
                    heldOut: heldOut
                ),
                precision: .float
            )
        case .central(let center, let whitening):
            let differences = codes - floats(center)
            let whitened =
                whitening.map { differences.times(matrix($0.transposed())) } ?? differences
            return whitened.cast(to: .double).squared.rowSum.squareRoot.atLeast(1e-12).logarithm
        }
    }

    /// The logarithm of the distance of rows from the nearest of some references, or one of the nearest.
    ///
    /// The nearest reference is that of the largest xᵀr − ½|r|²; the distance itself is computed from the differences.
    /// A row that is stored is at distance 0, of which the logarithm is that of 10⁻¹².
    ///
    /// - Parameters:
    ///   - rows: of single precision.
    ///   - references: those to search.
    ///   - rank: which of the nearest is measured to.
    ///   - least: what is nearer is at distance 0.
    ///   - precision: of the root of the squared distance.
    /// - Returns: one column of double precision.
    func logDistance(
        of rows: GraphValue,
        from references: Matrix,
        rank: Int = 1,
        least: Double,
        precision: ElementType
    ) -> GraphValue {
        let halfNorms = (0..<references.rowCount).map { row in
            references.row(row).reduce(0) { $0 + $1 * $1 } / 2
        }
        let all = matrix(references)
        let merits = rows.times(node("Transpose", [all])) - floats(halfNorms)
        let nearest = all.rows(at: merits.place(ofLargest: rank))
        let square = (rows - nearest).squared.sumInOrder(references.columnCount)
        let distance = square.cast(to: precision).squareRoot.cast(to: .double)
        return (distance < least).choosing(distance.number(1e-12), else: distance).logarithm
    }
}

extension GraphValue {
    /// The place of the k-th largest element of each row, without an axis for it.
    fileprivate func place(ofLargest rank: Int) -> GraphValue {
        guard rank > 1 else {
            return graph.node(
                "ArgMax",
                [self],
                [.integer("axis", -1), .integer("keepdims", 0)],
                type: .integer
            )
        }
        return graph.largest(rank, in: self).places.column(rank - 1)
    }
}
