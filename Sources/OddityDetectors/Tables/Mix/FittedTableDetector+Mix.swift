internal import OddityDatasets
internal import OddityPreprocessing

/// What became of held-out rows that were weighed for another mix.
public struct MixSummary: Sendable, Equatable {
    /// The least and the largest weight of a held-out row; their mean is 1.
    public let least, largest: Double
    /// How many rows of equal weight know as much as the weighted ones (Kish's effective sample size).
    public let effectiveCount: Double
    /// How many held-out rows scores are measured against from now on.
    public let count: Int
}

extension FittedTableDetector {
    /// Measures scores against held-out rows that are weighed to have the mix that some columns have in newer data.
    ///
    /// For data in which the mix of some columns has changed, as that of machines or products, and what is normal given
    /// these has not: weighted conformal p-values (Tibshirani, Foygel Barber, Candès and Ramdas 2019, "Conformal prediction
    /// under covariate shift"). Unlike ``recalibrate(on:source:)`` it needs no rows that are known to be normal, as long as
    /// few are odd. The rate is kept as far as the weights are right: they are estimated from the distributions of
    /// single columns, in the cells that the model keeps of them.
    ///
    /// - Parameters:
    ///   - mix: what the newer data hold in these columns.
    ///   - source: the name of the data, for the model.
    /// - Returns: what became of the held-out rows.
    /// - Throws: ``DetectorError`` where they cannot be weighed, or too few of them count.
    @discardableResult
    public mutating func recalibrate(to mix: ColumnMix, source: String? = nil) throws -> MixSummary
    {
        guard let rows = heldOutRows else {
            throw DetectorError.cannotWeigh(
                "the model keeps nothing of what its held-out rows held (it is of an older release, or was fitted without "
                    + "stored rows); fit it anew, or recalibrate on newer normal rows"
            )
        }
        let places = mix.columns.compactMap { name in
            preparer.columns.firstIndex { $0.name == name }
        }
        let scores = trainingHeldOut.scores
        let multiplicities = trainingHeldOut.multiplicities
        let weights = try mix.weights(of: rows, places: places, multiplicities: multiplicities)
        guard weights.count >= Recalibration.minimumCount else {
            throw DetectorError.cannotWeigh(
                "the held-out rows of the training count as \(weights.count) rows where they have the mix of the newer ones "
                    + "in \(listedNames(mix.columns)), and \(Recalibration.minimumCount) are needed; name fewer "
                    + "columns, or recalibrate on newer normal rows"
            )
        }
        recalibration = Recalibration(
            weights.representatives.map {
                RowScore(score: scores[$0], pValue: 1, error: rows.errors[$0])
            },
            unit: .row,
            source: source,
            mixedColumns: mix.columns
        )
        return MixSummary(
            least: weights.values.min() ?? 0,
            largest: weights.values.max() ?? 0,
            effectiveCount: weights.effectiveCount,
            count: weights.count
        )
    }
}

extension HeldOutScores {
    /// How many held-out values each of ``scores`` stands for.
    fileprivate var multiplicities: [Double] {
        guard isThinned else { return scores.map { _ in 1 } }
        let step = Double(HeldOutScores.stride(ofCount: count))
        let body = scores.count - HeldOutScores.tailCount
        return scores.indices.map { $0 < body ? step : 1 }
    }
}
