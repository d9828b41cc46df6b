package import OddityEvaluation

/// The threshold that would have cost least on labelled data, where it is clearly better than the model's own.
package struct BetterThreshold {
    /// A cost is clearly lower when it is at least a twentieth lower.
    private static let gain = 0.05

    /// The threshold of least cost.
    package let threshold: Double
    /// The expected cost of a row, with it and with the model's own.
    package let cost, ownCost: Double

    /// Nil where no threshold is clearly better, or a class is missing.
    ///
    /// - Parameters:
    ///   - scores: what the data got, and what they are.
    ///   - own: the model's threshold.
    ///   - cost: a least cost.
    package init?(
        on scores: LabeledScores,
        than own: Double,
        by cost: ThresholdCriterion
    ) throws {
        guard scores.anomalyCount > 0, scores.normalCount > 0,
            let ownCost = try scores.confusionMatrix(at: own).expectedCost(cost)
        else { return nil }
        let best = try scores.threshold(by: cost)
        guard best.value < ownCost * (1 - BetterThreshold.gain) else { return nil }
        threshold = best.threshold
        self.cost = best.value
        self.ownCost = ownCost
    }

    /// One line for a person.
    ///
    /// - Parameters:
    ///   - kind: what was judged, such as `row`.
    ///   - command: what puts the threshold into the model.
    package func text(of kind: String, command: String) -> String {
        "note: a threshold of \(decimals(threshold, 4)) would have cost \(decimals(cost, 4)) per \(kind) here instead of "
            + "\(decimals(ownCost, 4)); keep it with \(command), and judge it on data that had no part in the choice"
    }
}
