/// A series over time: its score above, its channels below, with spans of time marked in all of them.
///
/// Each panel has a vertical axis of its own; the horizontal axis is shared. However many points there
/// are, at most four stay in each column of pixels, the highest and the lowest among them (Jugel et al. 2014,
/// “M4”), so that no peak is lost and the image stays small.
public struct SeriesChart: Equatable, Sendable {
    /// One of the images above each other.
    public struct Panel: Equatable, Sendable {
        /// What is measured, with its unit.
        public var title: String
        /// The curves, drawn in this order.
        public var curves: [ChartSeries]
        /// Where values were expected, drawn below the curves.
        public var band: Band?
        /// A value to compare with, such as a threshold.
        public var reference: ReferenceLine?

        /// Describes a panel.
        ///
        /// - Parameters:
        ///   - title: What is measured, with its unit.
        ///   - curves: The curves; values that are not finite interrupt them.
        ///   - band: Where values were expected.
        ///   - reference: A value to compare with.
        public init(
            title: String,
            curves: [ChartSeries],
            band: Band? = nil,
            reference: ReferenceLine? = nil
        ) {
            self.title = title
            self.curves = curves
            self.band = band
            self.reference = reference
        }
    }

    /// The room between two curves.
    public struct Band: Equatable, Sendable {
        /// The name in the legend.
        public var name: String
        /// The lower edge; as many points as the upper.
        public var lower: [ChartPoint]
        /// The upper edge.
        public var upper: [ChartPoint]

        /// Makes a band; points that are not finite interrupt it.
        public init(name: String, lower: [ChartPoint], upper: [ChartPoint]) {
            precondition(lower.count == upper.count, "both edges have the same points")
            self.name = name
            self.lower = lower
            self.upper = upper
        }
    }

    /// A span of the horizontal axis that matters.
    public struct Span: Equatable, Sendable {
        /// The name in the legend; spans of one name share an entry.
        public var name: String
        /// From where to where.
        public var range: ClosedRange<Double>
        /// The colour.
        public var color: ChartColor

        /// Makes a span.
        public init(name: String, range: ClosedRange<Double>, color: ChartColor) {
            self.name = name
            self.range = range
            self.color = color
        }
    }

    /// What the chart shows.
    public var title: String
    /// What is to be seen in it, for readers who cannot see it.
    public var summary: String
    /// The horizontal axis.
    public var xAxis: ChartAxis
    /// The images from top to bottom.
    public var panels: [Panel]
    /// What is marked in all of them.
    public var spans: [Span]

    /// Describes a chart.
    ///
    /// - Parameters:
    ///   - title: What the chart shows.
    ///   - summary: What is to be seen in it, for readers who cannot see it.
    ///   - xAxis: The horizontal axis.
    ///   - panels: The images from top to bottom.
    ///   - spans: What is marked in all of them.
    public init(
        title: String,
        summary: String = "",
        xAxis: ChartAxis,
        panels: [Panel],
        spans: [Span] = []
    ) {
        self.title = title
        self.summary = summary
        self.xAxis = xAxis
        self.panels = panels
        self.spans = spans
    }

    /// The image as a complete SVG document.
    public var svg: String { drawn(isStandalone: true) }
}
