extension ROCCurve {
    /// The interval of the area under the curve over samples of rows like these, by DeLong's variance (1988) and the normal
    /// distribution, cut at 0 and 1.
    ///
    /// - Parameters:
    ///   - scores: The scores and labels, with rows of both classes.
    ///   - confidence: The share of such intervals that hold the true area.
    /// - Returns: The interval; nil where the rows tell none: fewer than two of a class, or no row of one class among those of
    ///   the other.
    /// - Throws: ``EvaluationError`` with code `oneClassOnly` or `invalidRate`.
    /// - Complexity: O(*n*).
    public static func areaInterval(
        _ scores: LabeledScores,
        confidence: Double = 0.95
    ) throws -> ConfidenceInterval? {
        let errorCount = try ConfidenceInterval.errorCount(confidence)
        let placements = try Placements(scores)
        guard let variance = placements.variance, variance > 0 else { return nil }
        let margin = errorCount * variance.squareRoot()
        return ConfidenceInterval(
            lower: max(0, placements.area - margin),
            upper: min(1, placements.area + margin),
            confidence: confidence
        )
    }

    /// The area under the part of the curve up to a false-alarm rate, on a scale from 0.5 for a random score to 1 for a
    /// perfect one (McClish 1989, “Analyzing a Portion of the ROC Curve”, Medical Decision Making 9).
    ///
    /// As `roc_auc_score(…, max_fpr=rate)` of scikit-learn. Below 0.5 the score is worse than a random one there.
    ///
    /// - Parameter rate: The false-alarm rate, above 0 and at most 1.
    /// - Throws: ``EvaluationError`` with code `invalidRate`.
    public func standardizedArea(upTo rate: Double) throws(EvaluationError) -> Double {
        guard rate > 0, rate <= 1 else {
            throw EvaluationError(
                code: .invalidRate,
                message:
                    "a false-alarm rate of \(rate) ends no part of the curve; give one above 0 and at most 1"
            )
        }
        var part = 0.0
        for (last, next) in zip(points, points.dropFirst()) {
            guard last.falseAlarmRate < rate else { break }
            let width = next.falseAlarmRate - last.falseAlarmRate
            let end = min(next.falseAlarmRate, rate)
            let share = width > 0 ? (end - last.falseAlarmRate) / width : 1
            let height = last.detectionRate + share * (next.detectionRate - last.detectionRate)
            part += (end - last.falseAlarmRate) * (last.detectionRate + height) / 2
        }
        let least = rate * rate / 2
        return (1 + (part - least) / (rate - least)) / 2
    }
}
