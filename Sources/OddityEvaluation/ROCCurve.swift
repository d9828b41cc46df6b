/// The receiver operating characteristic: detection rate against false-alarm rate.
///
/// One point per threshold, from infinity (nothing is an anomaly, the point (0, 0)) down to the
/// lowest score (everything is, the point (1, 1)).
public struct ROCCurve: Equatable, Sendable {
    /// What one threshold does.
    public struct Point: Equatable, Hashable, Sendable {
        /// Rows with `score >= threshold` are called anomalies; infinity at the first point.
        public let threshold: Double
        /// The share of the normal rows called anomalies.
        public let falseAlarmRate: Double
        /// The share of the anomalies called anomalies.
        public let detectionRate: Double
    }

    /// The points, highest threshold first; both rates never fall from one to the next.
    public let points: [Point]

    /// The area under the curve (AUROC).
    ///
    /// The probability that a random anomaly scores higher than a random normal row, a tie counting
    /// one half: (2 · #{anomaly > normal} + #{anomaly = normal}) / (2 · anomalies · normals). The
    /// counts are whole numbers, so one rounded division is the only error.
    public let area: Double

    /// Draws the curve.
    ///
    /// - Parameters:
    ///   - scores: Scores and labels with rows of both classes.
    ///   - dropsCollinear: Whether points on a straight line between their neighbours are left out
    ///     (the default). The curve and its area stay the same with far fewer points.
    /// - Throws: `EvaluationError` with code `oneClassOnly`.
    /// - Complexity: O(*n*).
    public init(_ scores: LabeledScores, dropsCollinear: Bool = true) throws {
        try scores.requireBothClasses(for: "a ROC curve")
        let cuts = scores.cuts
        area = Self.area(scores)

        var points: [Point] = [
            Point(threshold: .infinity, falseAlarmRate: 0, detectionRate: 0)
        ]
        var lastFalse = 0
        var lastTrue = 0
        for (index, cut) in cuts.enumerated() {
            if dropsCollinear, index + 1 < cuts.count {
                let next = cuts[index + 1]
                let turn =
                    (cut.falsePositives - lastFalse) * (next.truePositives - cut.truePositives)
                    - (cut.truePositives - lastTrue) * (next.falsePositives - cut.falsePositives)
                if turn == 0 { continue }
            }
            lastFalse = cut.falsePositives
            lastTrue = cut.truePositives
            points.append(
                Point(
                    threshold: cut.threshold,
                    falseAlarmRate: Double(cut.falsePositives) / Double(scores.normalCount),
                    detectionRate: Double(cut.truePositives) / Double(scores.anomalyCount)
                )
            )
        }
        self.points = points
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

    static func area(_ scores: LabeledScores) -> Double {
        var twice = 0
        var falseBefore = 0
        var trueBefore = 0
        for cut in scores.cuts {
            // Normal rows below this score count twice, those tied with it once.
            let anomalies = cut.truePositives - trueBefore
            twice += anomalies * (2 * scores.normalCount - falseBefore - cut.falsePositives)
            trueBefore = cut.truePositives
            falseBefore = cut.falsePositives
        }
        return Double(twice) / (2 * Double(scores.anomalyCount) * Double(scores.normalCount))
    }
}
