/// The volume under the ROC and the precision-recall surface (VUS): areas without a threshold,
/// averaged over how far beside an event an alarm still counts.
///
/// For each buffer length *w* from 0 to the longest, labels fade out beside an event as
/// √(1 − *d* / *w*) at distance *d* ≤ *w* / 2, events whose buffers meet count as one, and recall is
/// multiplied with the share of events touched; the areas under both curves are averaged over *w*
/// (Paparrizos et al. 2022, "Volume under the surface", VLDB 15). The numbers are those of
/// `RangeAUC_volume_opt` of the authors' package `vus` 0.0.6, whose curves have a point at each of
/// 250 evenly spaced ranks of the scores.
///
/// Buffers end at the breaks of a series. An unscored row stands below every score.
public struct VolumeUnderSurface: Equatable, Sendable {
    /// The volume under the ROC surface, VUS-ROC; about 0.5 for random scores.
    public let roc: Double
    /// The volume under the precision-recall surface, VUS-PR.
    public let precisionRecall: Double
    /// The longest buffer in rows.
    public let bufferLength: Int

    /// Measures the volumes.
    ///
    /// - Parameters:
    ///   - series: Scores and labels with rows of both classes.
    ///   - bufferLength: The longest buffer in rows, half of it on either side of an event; a usual
    ///     choice is the period of the series or the window of the detector.
    ///   - thresholdCount: The number of points of a curve, at least 2.
    /// - Throws: `EvaluationError` with code `oneClassOnly`, or `invalidSetting` for a buffer that is
    ///   negative or longer than the series, or too few thresholds.
    /// - Complexity: O(*n* log *thresholdCount* + *bufferLength* · (rows in buffers +
    ///   *thresholdCount*)).
    public init(_ series: LabeledSeries, bufferLength: Int, thresholdCount: Int = 250) throws {
        try series.requireBothClasses(for: "a volume under the surface")
        guard bufferLength >= 0, bufferLength <= series.rowCount else {
            throw EvaluationError(
                code: .invalidSetting,
                message: "the buffer length is \(bufferLength) rows and the series has "
                    + "\(series.rowCount); give a number from 0 to the length of the series"
            )
        }
        guard thresholdCount >= 2 else {
            throw EvaluationError(
                code: .invalidSetting,
                message: "the number of thresholds is \(thresholdCount); give at least 2"
            )
        }
        var surface = BufferedSurface(
            series,
            longestHalf: bufferLength / 2,
            thresholdCount: thresholdCount
        )
        var roc = 0.0
        var precisionRecall = 0.0
        for length in 0...bufferLength {
            let areas = surface.areas(bufferLength: length)
            roc += areas.roc
            precisionRecall += areas.precisionRecall
        }
        self.roc = roc / Double(bufferLength + 1)
        self.precisionRecall = precisionRecall / Double(bufferLength + 1)
        self.bufferLength = bufferLength
    }
}
