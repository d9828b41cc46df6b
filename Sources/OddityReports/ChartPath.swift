/// Curves as the paths of an image.
enum ChartPath {
    /// A curve in pixels, interrupted where a point cannot be shown and thinned to what can be seen.
    static func curve(_ pixels: [ChartPoint?], columnWidth: Double = 1) -> String {
        pixels.split(separator: nil).map { stretch in
            let points = Thinning.thinned(stretch.compactMap { $0 }, columnWidth: columnWidth)
            return line(points) + (points.count == 1 ? "h0.1" : "")
        }.joined()
    }

    /// The area between two curves of as many points.
    static func area(_ lower: [ChartPoint?], _ upper: [ChartPoint?]) -> String {
        let pairs = zip(lower, upper).map { lower, upper in
            lower.flatMap { lower in upper.map { (lower, $0) } }
        }
        return pairs.split { $0 == nil }.map { stretch in
            let edges = stretch.compactMap { $0 }
            return line(Thinning.thinned(edges.map(\.1)))
                + line(Thinning.thinned(edges.map(\.0)).reversed(), start: "L") + "Z"
        }.joined()
    }

    /// Straight lines from point to point.
    static func line(_ points: [ChartPoint], start: String = "M") -> String {
        points.enumerated().map { index, point in
            "\(index == 0 ? start : "L")\(NumberText.coordinate(point.x)) "
                + NumberText.coordinate(point.y)
        }.joined()
    }
}
