/// Points of two kinds over two axes, as an SVG image: the many in one path, the few that matter each with its name.
public struct ScatterChart: Equatable, Sendable {
    /// A point that is marked and named.
    public struct NamedPoint: Equatable, Sendable {
        /// What it says when pointed at.
        public var name: String
        /// Where it is.
        public var point: ChartPoint

        /// Makes a point.
        public init(name: String, point: ChartPoint) {
            self.name = name
            self.point = point
        }
    }

    /// What the chart shows.
    public var title: String
    /// What is to be seen in it, for readers who cannot see it.
    public var summary: String
    /// The horizontal axis.
    public var xAxis: ChartAxis
    /// The vertical axis.
    public var yAxis: ChartAxis
    /// The points that are not marked.
    public var points: [ChartPoint]
    /// What they are called in the legend.
    public var pointsName: String
    /// The points that are marked.
    public var marked: [NamedPoint]
    /// What they are called in the legend.
    public var markedName: String

    /// Describes a chart.
    ///
    /// - Parameters:
    ///   - title: What the chart shows.
    ///   - summary: What is to be seen in it, for readers who cannot see it.
    ///   - xAxis: The horizontal axis.
    ///   - yAxis: The vertical axis.
    ///   - points: The points that are not marked.
    ///   - pointsName: What they are called in the legend.
    ///   - marked: The points that are marked.
    ///   - markedName: What they are called in the legend.
    public init(
        title: String,
        summary: String = "",
        xAxis: ChartAxis,
        yAxis: ChartAxis,
        points: [ChartPoint],
        pointsName: String,
        marked: [NamedPoint],
        markedName: String
    ) {
        self.title = title
        self.summary = summary
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.points = points
        self.pointsName = pointsName
        self.marked = marked
        self.markedName = markedName
    }

    /// The image as a complete SVG document.
    public var svg: String { drawn(isStandalone: true) }

    /// The image, with its own style sheet and heading or for a page that has them.
    func drawn(isStandalone: Bool, size: ChartFrame.Size = .regular) -> String {
        var svg = Markup()
        let plane = ChartPlane(
            xAxis,
            yAxis,
            points: points + marked.map(\.point),
            xMargin: 0.03,
            legend: [(.dots(.blue), pointsName), (.marker(.vermilion, .diamond), markedName)],
            heading: isStandalone ? title : nil,
            size: size,
            into: &svg
        )
        let dots = points.compactMap(plane.pixel).map { Self.dot(x: $0.x, y: $0.y) }.joined()
        if !dots.isEmpty { svg.raw("<path class=\"dots blue\" d=\"\(dots)\"/>") }
        for point in marked {
            plane.draw(.vermilion, .diamond, at: point.point, tip: point.name, into: &svg)
        }
        return plane.wrap(svg, title: title, summary: summary, isStandalone: isStandalone)
    }

    /// A line of no length: with round ends it is a dot.
    static func dot(x: Double, y: Double) -> String {
        "M\(NumberText.coordinate(x)) \(NumberText.coordinate(y))h0"
    }
}
