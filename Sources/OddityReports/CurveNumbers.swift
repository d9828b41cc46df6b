internal import OddityPlatform

/// The numbers of one curve of a report.
public struct CurveNumbers: Sendable {
    /// One point of a curve.
    public struct Point: Equatable, Sendable {
        /// What the curve is drawn over.
        public let x: Double
        /// What it shows.
        public let y: Double
        /// The threshold that the point belongs to; nil for a curve without any.
        public let threshold: Double?
    }

    /// What the curve is called: `roc`, `precision-recall`, `cost`, `p-values`, `training-1`, `validation-1` and so on.
    public let name: String
    /// The points in their order.
    public private(set) var points: [Point]
    /// How the chart of the curve spreads its values.
    let scales: (x: ChartAxis.Scale, y: ChartAxis.Scale)

    /// The curve without the points that a chart of 1,000 by 1,000 dots would not show: none is farther than a dot from
    /// the lines between those that stay.
    public var thinned: CurveNumbers {
        let shown = points.indices.filter {
            Self.place(points[$0].x, scales.x).isFinite
                && Self.place(points[$0].y, scales.y).isFinite
        }
        let x = Self.spread(shown.map { Self.place(points[$0].x, scales.x) })
        let y = Self.spread(shown.map { Self.place(points[$0].y, scales.y) })
        var thinned = self
        thinned.points = Thinning.kept(
            of: zip(x, y).map { ChartPoint(x: $0, y: $1) },
            tolerance: 1
        ).map { points[shown[$0]] }
        return thinned
    }

    /// Where a value is along an axis; not finite where it has no place.
    private static func place(_ value: Double, _ scale: ChartAxis.Scale) -> Double {
        scale == .logarithmic ? (value > 0 ? log(value) : .nan) : value
    }

    /// Places from 0 to 1,000.
    private static func spread(_ places: [Double]) -> [Double] {
        guard let lowest = places.min(), let highest = places.max(), highest > lowest else {
            return places.map { _ in 0 }
        }
        return places.map { ($0 - lowest) / (highest - lowest) * 1000 }
    }
}
