/// Curves over two axes, as an SVG image.
///
/// The image needs no script and no font file, follows the reader's light or dark setting, and
/// carries a title and a description for screen readers. The same chart is always the same text.
public struct LineChart: Equatable, Sendable {
    /// What the chart shows.
    public var title: String
    /// What is to be seen in it, for readers who cannot see it.
    public var summary: String
    /// The horizontal axis.
    public var xAxis: ChartAxis
    /// The vertical axis.
    public var yAxis: ChartAxis
    /// The curves, drawn in this order.
    public var series: [ChartSeries]
    /// Lines to compare with, drawn below the curves.
    public var references: [ReferenceLine]
    /// Points that matter, drawn above the curves.
    public var markers: [ChartMarker]

    /// Describes a chart.
    ///
    /// - Parameters:
    ///   - title: What the chart shows.
    ///   - summary: What is to be seen in it, for readers who cannot see it.
    ///   - xAxis: The horizontal axis.
    ///   - yAxis: The vertical axis.
    ///   - series: The curves.
    ///   - references: Lines to compare with.
    ///   - markers: Points that matter.
    public init(
        title: String,
        summary: String = "",
        xAxis: ChartAxis,
        yAxis: ChartAxis,
        series: [ChartSeries],
        references: [ReferenceLine] = [],
        markers: [ChartMarker] = []
    ) {
        self.title = title
        self.summary = summary
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.series = series
        self.references = references
        self.markers = markers
    }

    /// The image as a complete SVG document.
    public var svg: String { drawn(isStandalone: true) }
}

extension LineChart {
    /// The image, with its own style sheet and heading or for a page that has them.
    func drawn(isStandalone: Bool, size: ChartFrame.Size = .regular) -> String {
        var svg = Markup()
        let plane = plane(isStandalone: isStandalone, size: size, into: &svg)
        let (xMap, yMap) = (plane.xMap, plane.yMap)
        for reference in references {
            let ends: (ChartPoint, ChartPoint)
            switch reference.place {
            case .vertical(let x):
                ends = (ChartPoint(x: x, y: yMap.low), ChartPoint(x: x, y: yMap.high))
            case .horizontal(let y):
                ends = (ChartPoint(x: xMap.low, y: y), ChartPoint(x: xMap.high, y: y))
            case .segment(let start, let end): ends = (start, end)
            }
            guard let start = plane.pixel(ends.0), let end = plane.pixel(ends.1) else { continue }
            svg.raw("<path class=\"reference\" d=\"\(ChartPath.line([start, end]))\"/>")
        }
        for curve in series {
            draw(curve, pixels: curve.points.map(plane.pixel), into: &svg)
        }
        for marker in markers {
            plane.draw(marker.color, marker.shape, at: marker.point, tip: marker.name, into: &svg)
        }
        return plane.wrap(svg, title: title, summary: summary, isStandalone: isStandalone)
    }

    private func plane(
        isStandalone: Bool,
        size: ChartFrame.Size,
        into svg: inout Markup
    ) -> ChartPlane {
        ChartPlane(
            xAxis,
            yAxis,
            points: series.flatMap(\.points) + markers.map(\.point),
            legend: legend.entries,
            heading: isStandalone ? title : nil,
            size: size,
            into: &svg
        )
    }

    /// Where (0, 0) and (1, 1) are drawn on a page, for a script that moves a point.
    func unitSquare(size: ChartFrame.Size = .regular) -> String {
        var unused = Markup()
        let plane = plane(isStandalone: false, size: size, into: &unused)
        return [ChartPoint(x: 0, y: 0), ChartPoint(x: 1, y: 1)].compactMap(plane.pixel)
            .map { "\(NumberText.coordinate($0.x)) \(NumberText.coordinate($0.y))" }
            .joined(separator: " ")
    }

    private var legend: ChartLegend {
        var legend = ChartLegend()
        for curve in series { legend.add(.curve(curve.color, curve.style), curve.name) }
        for marker in markers { legend.add(.marker(marker.color, marker.shape), marker.name) }
        for line in references { legend.add(.reference, line.name) }
        return legend
    }

    /// Draws the stretches of a curve between points that cannot be shown.
    private func draw(_ curve: ChartSeries, pixels: [ChartPoint?], into svg: inout Markup) {
        // Many curves share the ink that one page can hold.
        let path = ChartPath.curve(pixels, columnWidth: max(1, Double(series.count) / 8))
        guard !path.isEmpty else { return }
        svg.raw("<path class=\"curve \(curve.style.rawValue) \(curve.color.rawValue)\" ")
        svg.raw("d=\"\(path)\"/>")
    }
}
