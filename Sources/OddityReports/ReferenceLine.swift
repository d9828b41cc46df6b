/// A straight line to compare with.
public struct ReferenceLine: Equatable, Sendable {
    /// Where the line runs.
    public enum Place: Equatable, Sendable {
        /// Upright, at a horizontal value.
        case vertical(Double)
        /// Level, at a vertical value.
        case horizontal(Double)
        /// Between two points.
        case segment(ChartPoint, ChartPoint)
    }

    /// The name in the legend.
    public var name: String
    /// Where the line runs.
    public var place: Place

    /// Makes a line.
    ///
    /// - Parameters:
    ///   - name: The name in the legend.
    ///   - place: Where the line runs.
    public init(name: String, place: Place) {
        self.name = name
        self.place = place
    }
}
