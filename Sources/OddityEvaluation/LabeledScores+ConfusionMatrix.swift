extension LabeledScores {
    /// Counts what a threshold does to the rows.
    ///
    /// - Parameter threshold: Rows with `score >= threshold` are called anomalies. It need not be
    ///   one of the scores; infinity calls nothing an anomaly.
    /// - Returns: The four counts.
    /// - Throws: `EvaluationError` with code `invalidThreshold` when the threshold is NaN.
    /// - Complexity: O(log *n*).
    public func confusionMatrix(at threshold: Double) throws -> ConfusionMatrix {
        guard !threshold.isNaN else {
            throw EvaluationError(
                code: .invalidThreshold,
                message: "the threshold is NaN; give a number"
            )
        }
        // The first cut below the threshold; the one before it is the lowest that still counts.
        return matrix(ofFirst: cuts.partitionIndex { $0.threshold < threshold })
    }

    /// The counts when the rows of the first `cutCount` distinct scores are called anomalies.
    func matrix(ofFirst cutCount: Int) -> ConfusionMatrix {
        let flagged = cutCount == 0 ? nil : cuts[cutCount - 1]
        let truePositives = flagged?.truePositives ?? 0
        let falsePositives = flagged?.falsePositives ?? 0
        return ConfusionMatrix(
            truePositives: truePositives,
            falsePositives: falsePositives,
            trueNegatives: normalCount - falsePositives,
            falseNegatives: anomalyCount - truePositives
        )
    }
}
