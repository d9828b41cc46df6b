public import OddityEvaluation

/// What a threshold is on.
public enum ThresholdMeasure: String, CaseIterable, Sendable {
    /// The score, −log₁₀ of the p-value: calibrated, and of all that is judged.
    case score
    /// The reconstruction error of the networks alone, in squared units of the prepared features.
    case error

    /// What it is of something that was scored.
    public func value(of row: RowScore) -> Double { self == .score ? row.score : row.error }
}

extension FittedDetector {
    /// What the held-out normal data got: what thresholds are chosen from without labels.
    ///
    /// - Throws: ``DetectorError`` for a model of the first release, which kept nothing of them.
    public func heldOutValues(of measure: ThresholdMeasure) throws -> NormalValues {
        let values = measure == .score ? heldOut.scores : heldOut.errors
        guard !values.isEmpty else { throw DetectorError.keepsNoHeldOutScores }
        return try NormalValues(
            ascending: values,
            count: heldOut.count,
            tailCount: heldOut.isThinned ? HeldOutScores.tailCount : values.count,
            stride: heldOut.isThinned ? HeldOutScores.stride(ofCount: heldOut.count) : 1
        )
    }

    /// The decision by a rule that needs no labels.
    ///
    /// Setting ``decision`` to it puts it in force.
    ///
    /// - Parameters:
    ///   - rule: how the threshold follows from the held-out data.
    ///   - measure: what it is on. On the score, `ThresholdRule.conformal` and `.alertsPerDay` become a false-alarm rate.
    /// - Throws: `EvaluationError` where the rule gives no threshold, ``DetectorError`` for a model that kept no held-out
    ///   scores.
    public func decision(
        by rule: ThresholdRule,
        of measure: ThresholdMeasure = .score
    ) throws -> Decision {
        let threshold = try heldOutValues(of: measure).threshold(by: rule)
        if measure == .score, let rate = rule.promisedRate {
            return Decision(rule: .falseAlarmRate(rate), origin: .heldOut(rule))
        }
        return Decision(rule: DecisionRule(threshold, of: measure), origin: .heldOut(rule))
    }

    /// The decision that is best on labelled data.
    ///
    /// It looks better on these than it will on others: judge it on data that had no part in the choice.
    ///
    /// - Parameters:
    ///   - criterion: what a good threshold is.
    ///   - labeled: what the data got, by the measure (``ThresholdMeasure/value(of:)``), and whether each is an anomaly.
    ///   - source: the name of their file, for the model.
    ///   - measure: what the threshold is on.
    /// - Throws: `EvaluationError` where the criterion cannot be, or needs a class that is not there.
    public func decision(
        by criterion: ThresholdCriterion,
        on labeled: LabeledScores,
        source: String? = nil,
        of measure: ThresholdMeasure = .score
    ) throws -> Decision {
        Decision(
            rule: DecisionRule(try labeled.threshold(by: criterion).threshold, of: measure),
            origin: .labeled(
                criterion,
                source: source,
                count: labeled.count,
                anomalyCount: labeled.anomalyCount
            )
        )
    }

    /// The share of the held-out normal data that a rule calls anomalies; nil for a model that kept no held-out scores.
    public func heldOutShare(flaggedBy rule: DecisionRule) -> Double? {
        guard let values = try? heldOutValues(of: rule.thresholdMeasure) else { return nil }
        let threshold = rule.threshold(heldOutCount: heldOut.count)
        return Double(values.count(atLeast: threshold)) / Double(values.count)
    }
}

extension ThresholdRule {
    /// The rate at which new normal rows reach the threshold, of a rule that promises one.
    fileprivate var promisedRate: Double? {
        switch self {
        case .conformal(let rate): rate
        case .alertsPerDay(let alerts, let rows): alerts / rows
        default: nil
        }
    }
}

extension DecisionRule {
    /// A threshold on a measure.
    public init(_ threshold: Double, of measure: ThresholdMeasure) {
        self = measure == .score ? .score(threshold) : .error(threshold)
    }

    /// What the rule's threshold is on.
    public var thresholdMeasure: ThresholdMeasure {
        if case .error = self { .error } else { .score }
    }
}
