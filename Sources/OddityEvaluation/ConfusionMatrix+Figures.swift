extension ConfusionMatrix {
    /// The share of the rows called anomalies that are anomalies: tp / (tp + fp).
    public var precision: Double? { Self.ratio(truePositives, flaggedCount) }

    /// The share of the anomalies that were caught: tp / (tp + fn); also called detection rate.
    public var recall: Double? { Self.ratio(truePositives, anomalyCount) }

    /// The share of the normal rows that were called anomalies: fp / (fp + tn).
    public var falseAlarmRate: Double? { Self.ratio(falsePositives, normalCount) }

    /// The share of the rows that were called what they are: (tp + tn) / n.
    public var accuracy: Double? { Self.ratio(truePositives + trueNegatives, count) }

    /// The harmonic mean of precision and recall: 2 tp / (2 tp + fp + fn).
    ///
    /// It is `nil` only when there are neither anomalies nor alarms.
    public var f1: Double? { Self.ratio(2 * truePositives, flaggedCount + anomalyCount) }

    /// Fβ, the harmonic mean of precision and recall where recall weighs β times as much (van Rijsbergen 1979):
    /// (1 + β²) · tp / ((1 + β²) · tp + β² · fn + fp).
    ///
    /// It is `nil` only when there are neither anomalies nor alarms.
    ///
    /// - Parameter beta: above 0.
    public func f(beta: Double) -> Double? {
        let weight = beta * beta
        let whole = Double(flaggedCount) + weight * Double(anomalyCount)
        return whole == 0 ? nil : (1 + weight) * Double(truePositives) / whole
    }

    /// The mean of the shares of the anomalies and of the normal rows that were called what they are.
    public var balancedAccuracy: Double? {
        guard let recall, let falseAlarmRate else { return nil }
        return (recall + 1 - falseAlarmRate) / 2
    }

    /// Youden's J: recall − false-alarm rate, in [−1, 1].
    public var youdenIndex: Double? {
        guard let recall, let falseAlarmRate else { return nil }
        return recall - falseAlarmRate
    }

    /// Matthews's correlation of verdicts and labels, in [−1, 1].
    ///
    /// (tp · tn − fp · fn) / √((tp + fp)(tp + fn)(tn + fp)(tn + fn)); `nil` when any factor below
    /// the root is zero (where scikit-learn answers 0).
    public var matthewsCorrelation: Double? {
        let cleared = trueNegatives + falseNegatives
        guard flaggedCount > 0, cleared > 0, anomalyCount > 0, normalCount > 0 else { return nil }
        let numerator =
            Double(truePositives) * Double(trueNegatives)
            - Double(falsePositives) * Double(falseNegatives)
        // Two roots, because the product of four counts can lose digits and even overflow.
        let verdicts = (Double(flaggedCount) * Double(cleared)).squareRoot()
        let labels = (Double(anomalyCount) * Double(normalCount)).squareRoot()
        return numerator / verdicts / labels
    }

    /// The expected cost per row of ``ThresholdCriterion/leastCost(costFalseAlarm:costMiss:prevalence:)``; `nil` for another
    /// criterion, and where a class is missing.
    public func expectedCost(_ criterion: ThresholdCriterion) -> Double? {
        guard case .leastCost(let costFalseAlarm, let costMiss, let prevalence) = criterion,
            let falseAlarmRate, let recall
        else { return nil }
        let share = prevalence ?? Double(anomalyCount) / Double(count)
        return costFalseAlarm * (1 - share) * falseAlarmRate + costMiss * share * (1 - recall)
    }

    private static func ratio(_ part: Int, _ whole: Int) -> Double? {
        whole == 0 ? nil : Double(part) / Double(whole)
    }
}
