/// A threshold chosen by a criterion, and what it does to the rows it was chosen on.
///
/// A threshold chosen on labels and judged on the same rows looks better than it will be: choose on
/// one set and judge on another where the figure matters.
public struct ThresholdChoice: Equatable, Sendable {
    /// What was asked for.
    public let criterion: ThresholdCriterion

    /// Rows with `score >= threshold` are called anomalies.
    ///
    /// It is the lowest score that is called an anomaly, or, where calling nothing an anomaly is
    /// best, the next number above the highest score.
    public let threshold: Double

    /// What the threshold does to the rows.
    public let confusionMatrix: ConfusionMatrix

    /// The criterion at the threshold: J, the distance to (0, 1), Fβ, the expected cost per row, the false-alarm rate, or
    /// the detection rate.
    public let value: Double
}
