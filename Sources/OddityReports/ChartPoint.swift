/// A point of a chart, in the units of its axes.
public struct ChartPoint: Equatable, Hashable, Sendable {
    /// The horizontal value.
    public var x: Double
    /// The vertical value.
    public var y: Double

    /// Makes a point; values that are not finite are left out of an image.
    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}
