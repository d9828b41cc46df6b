/// A curve of a line chart.
public struct ChartSeries: Equatable, Sendable {
    /// How a curve is drawn.
    public enum Style: String, Sendable {
        /// A solid line.
        case solid
        /// A line half as wide and translucent, for many curves of one kind.
        case thin
        /// A dashed line.
        case dashed
    }

    /// The name in the legend; curves of the same name, colour and style share one entry, and an
    /// empty name has none.
    public var name: String
    /// The points in drawing order; many are thinned to what can be seen.
    public var points: [ChartPoint]
    /// The colour.
    public var color: ChartColor
    /// How it is drawn.
    public var style: Style

    /// Makes a curve.
    ///
    /// - Parameters:
    ///   - name: The name in the legend.
    ///   - points: The points in drawing order.
    ///   - color: The colour; blue by default.
    ///   - style: How it is drawn; solid by default.
    public init(
        name: String,
        points: [ChartPoint],
        color: ChartColor = .blue,
        style: Style = .solid
    ) {
        self.name = name
        self.points = points
        self.color = color
        self.style = style
    }
}
