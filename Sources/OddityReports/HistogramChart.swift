public import OddityEvaluation

/// The scores of both classes as overlaid bars, as an SVG image.
///
/// Bins are drawn equally wide; an outermost bin that gathers far scores stands apart and is
/// labelled with its open end.
public struct HistogramChart: Equatable, Sendable {
    /// What the chart shows.
    public var title: String
    /// What is to be seen in it, for readers who cannot see it.
    public var summary: String
    /// The counts.
    public var histogram: ScoreHistogram
    /// Where the threshold is, if it is to be shown.
    public var threshold: Double?
    /// The scale of the counts; logarithmic shows few anomalies beside many normal rows.
    public var countScale: ChartAxis.Scale

    /// Describes a chart.
    ///
    /// - Parameters:
    ///   - title: What the chart shows.
    ///   - summary: What is to be seen in it, for readers who cannot see it.
    ///   - histogram: The counts.
    ///   - threshold: Where the threshold is, if it is to be shown.
    ///   - countScale: The scale of the counts; by default logarithmic when the larger class's
    ///     tallest bar is more than 12 times the other's.
    public init(
        title: String,
        summary: String = "",
        histogram: ScoreHistogram,
        threshold: Double? = nil,
        countScale: ChartAxis.Scale? = nil
    ) {
        self.title = title
        self.summary = summary
        self.histogram = histogram
        self.threshold = threshold
        let tallest = [
            histogram.normalCounts.max() ?? 0, histogram.anomalyCounts.max() ?? 0,
        ].sorted()
        let isLopsided = tallest[0] > 0 && tallest[1] > 12 * tallest[0]
        self.countScale = countScale ?? (isLopsided ? .logarithmic : .linear)
    }

    /// The image as a complete SVG document.
    public var svg: String { drawn(isStandalone: true) }
}
