/// How quickly verdicts on series follow them as they move away from the training.
///
/// Scores stay what they are. What follows is the calibration: the p-value of a row, and so whether it is called
/// an anomaly. At a rate of 1 % a row is one if its score is above the bar,
///
///     max(2, the largest score of the last normal rows),
///
/// and not above 2, the score of one held-out row in a hundred. The last ``memory`` rows count. While an alarm lasts nothing is
/// learned from its rows, but the bar rises by ``rise`` a row, and after ``longestAlarm`` rows it is as high as
/// the rows are: what has not ended by then is a new level. An alarm that ends before leaves the bar higher by ``rise``, so that
/// the share of anomalies comes near the asked one wherever the level is. Rows whose score only fades, as averages forget what
/// they have seen, are no anomalies.
///
/// This is quantile tracking with a step that is bounded (Gibbs and Candès 2021, “Adaptive conformal inference
/// under distribution shift”; Angelopoulos, Candès and Tibshirani 2023, “Conformal PID control for time series
/// prediction”), except that the quantile comes from a window of normal rows, so that it falls as soon as they are past.
public enum SeriesAdaptation: String, Codable, CaseIterable, Sendable {
    /// Not at all: rows are measured against the held-out rows of the training alone.
    case off
    /// Four times as slowly as ``fast``.
    case slow
    /// Within a few hundred rows.
    case fast

    /// So many normal rows are looked back at: 200, or 800.
    public var memory: Int { 200 * factor }
    /// What the bar rises by with each row of an alarm, in scores: 1/100, or 1/400.
    public var rise: Double { 0.01 / Double(factor) }
    /// After so many rows an alarm is a new level: 600, or 2,400.
    public var longestAlarm: Int { 600 * factor }

    private var factor: Int { self == .slow ? 4 : 1 }
}
