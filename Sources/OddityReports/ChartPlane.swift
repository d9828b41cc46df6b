/// Two axes of numbers, drawn with what stands around them: what charts of curves and of points begin and end with.
struct ChartPlane {
    let xMap: AxisMap
    let yMap: AxisMap
    private let frame: ChartFrame
    private let size: ChartFrame.Size
    private let isEmpty: Bool

    /// Draws heading, legend and axes.
    ///
    /// - Parameters:
    ///   - points: all that is to be seen.
    ///   - xMargin: the share of the horizontal axis that stays free at both ends.
    ///   - heading: the title, for an image without a page.
    init(
        _ xAxis: ChartAxis,
        _ yAxis: ChartAxis,
        points: [ChartPoint],
        xMargin: Double = 0,
        legend: [(key: ChartFrame.LegendKey, name: String)],
        heading: String?,
        size: ChartFrame.Size,
        into svg: inout Markup
    ) {
        xMap = AxisMap(xAxis, values: points.lazy.map(\.x), margin: xMargin)
        yMap = AxisMap(yAxis, values: points.lazy.map(\.y), margin: 0.04)
        let (xMap, yMap) = (xMap, yMap)
        let yTicks = yMap.ticks(about: 5)
        let frame = ChartFrame(
            size: size,
            heading: heading,
            legend: legend,
            widestLabel: yTicks.map(\.label.count).max() ?? 0
        )
        frame.drawHeading(into: &svg)
        frame.drawLegend(into: &svg)
        frame.drawVerticalAxis(
            yTicks.compactMap { tick in
                yMap.place(tick.value).map { (frame.y($0), tick.label) }
            },
            title: yAxis.title,
            into: &svg
        )
        frame.drawHorizontalAxis(
            xMap.ticks(about: size == .wide ? 10 : 6).compactMap { tick in
                xMap.place(tick.value).map { (frame.x($0), tick.label) }
            },
            title: xAxis.title,
            hasGrid: true,
            into: &svg
        )
        (self.frame, self.size, isEmpty) = (frame, size, points.isEmpty)
    }

    /// Where a point is drawn; nil for one that its axes cannot show.
    func pixel(_ point: ChartPoint) -> ChartPoint? {
        guard let x = xMap.place(point.x), let y = yMap.place(point.y) else { return nil }
        return ChartPoint(x: frame.x(min(max(x, 0), 1)), y: frame.y(min(max(y, 0), 1)))
    }

    /// Draws a marked point that says its name when pointed at.
    func draw(
        _ color: ChartColor,
        _ shape: ChartMarker.Shape,
        at point: ChartPoint,
        tip: String,
        into svg: inout Markup
    ) {
        guard let place = pixel(point) else { return }
        ChartFrame.drawMarker(color, shape, x: place.x, y: place.y, tip: tip, into: &svg)
    }

    /// The finished image.
    func wrap(_ drawn: Markup, title: String, summary: String, isStandalone: Bool) -> String {
        var svg = drawn
        if isEmpty { frame.drawNoData(into: &svg) }
        return ChartFrame.wrap(
            svg,
            size: size,
            title: title,
            summary: summary,
            isStandalone: isStandalone
        )
    }
}
