/// A single point that matters, such as a threshold on a curve.
public struct ChartMarker: Equatable, Sendable {
    /// The form of the marker, so that colour is never the only difference.
    public enum Shape: String, CaseIterable, Sendable {
        /// A disc.
        case circle
        /// A square.
        case square
        /// A square on its corner.
        case diamond
        /// A triangle pointing up.
        case triangle
    }

    /// The name in the legend.
    public var name: String
    /// Where it is.
    public var point: ChartPoint
    /// The colour.
    public var color: ChartColor
    /// The form.
    public var shape: Shape

    /// Makes a marker.
    ///
    /// - Parameters:
    ///   - name: The name in the legend.
    ///   - point: Where it is.
    ///   - color: The colour.
    ///   - shape: The form.
    public init(name: String, point: ChartPoint, color: ChartColor, shape: Shape) {
        self.name = name
        self.point = point
        self.color = color
        self.shape = shape
    }
}
