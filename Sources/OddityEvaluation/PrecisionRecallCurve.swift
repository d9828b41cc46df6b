/// Precision against recall, the curve to look at when anomalies are rare.
///
/// One point per threshold, from the highest score down to the lowest.
public struct PrecisionRecallCurve: Equatable, Sendable {
    /// What one threshold does.
    public struct Point: Equatable, Hashable, Sendable {
        /// Rows with `score >= threshold` are called anomalies.
        public let threshold: Double
        /// The share of the rows called anomalies that are anomalies.
        public let precision: Double
        /// The share of the anomalies called anomalies.
        public let recall: Double
    }

    /// The points, highest threshold first; recall never falls from one to the next.
    ///
    /// The conventional end point (precision 1, recall 0), which belongs to no threshold, is not
    /// among them.
    public let points: [Point]

    /// The average precision (AP).
    ///
    /// Σ (recallₖ − recallₖ₋₁) · precisionₖ over all thresholds, without interpolation: the
    /// definition of scikit-learn's `average_precision_score`. A random score gets about the
    /// prevalence.
    public let averagePrecision: Double

    /// The share of anomalies among the rows: the precision of a random score.
    public let prevalence: Double

    /// Draws the curve.
    ///
    /// - Parameters:
    ///   - scores: Scores and labels with rows of both classes.
    ///   - dropsVertical: Whether points inside a vertical stretch of the curve (the same recall as
    ///     both neighbours) are left out (the default). The average precision is always that of
    ///     all points.
    /// - Throws: `EvaluationError` with code `oneClassOnly`.
    /// - Complexity: O(*n*).
    public init(_ scores: LabeledScores, dropsVertical: Bool = true) throws {
        try scores.requireBothClasses(for: "a precision-recall curve")
        let cuts = scores.cuts
        let anomalies = Double(scores.anomalyCount)
        var points: [Point] = []
        var sum = 0.0
        var trueBefore = 0
        for (index, cut) in cuts.enumerated() {
            let caught = Double(cut.truePositives)
            let precision = caught / Double(cut.truePositives + cut.falsePositives)
            let gained = cut.truePositives - trueBefore
            sum += Double(gained) * precision
            let isInside =
                gained == 0 && index > 0 && index + 1 < cuts.count
                && cuts[index + 1].truePositives == cut.truePositives
            trueBefore = cut.truePositives
            if dropsVertical, isInside { continue }
            points.append(
                Point(
                    threshold: cut.threshold,
                    precision: precision,
                    recall: caught / anomalies
                )
            )
        }
        self.points = points
        averagePrecision = sum / anomalies
        prevalence = scores.prevalence
    }

    /// Draws the curve of scores and labels.
    ///
    /// - Parameters:
    ///   - scores: One score per row; higher is odder.
    ///   - labels: One label per row; `true` is an anomaly.
    /// - Throws: `EvaluationError` as `LabeledScores` does, and with code `oneClassOnly`.
    public init(scores: [Double], labels: [Bool]) throws {
        try self.init(LabeledScores(scores: scores, labels: labels))
    }
}
