extension SeriesChart {
    private static let panelHeight = 104.0
    private static let gap = 14.0

    /// The image, with its own style sheet and heading or for a page that has them.
    func drawn(isStandalone: Bool) -> String {
        let xMap = AxisMap(xAxis, values: panels.flatMap(\.xValues))
        let yMaps = panels.map { panel in
            AxisMap(ChartAxis(title: panel.title), values: panel.yValues, margin: 0.06)
        }
        let widest = yMaps.flatMap { $0.ticks(about: 3) }.map(\.label.count).max() ?? 0
        var size = ChartFrame.Size.wide
        let head = ChartFrame(
            size: size,
            heading: isStandalone ? title : nil,
            legend: legend.entries,
            widestLabel: widest
        )
        let pitch = SeriesChart.panelHeight + SeriesChart.gap
        size.height = head.top + 10 + pitch * Double(panels.count) + 46
        var svg = Markup()
        head.drawHeading(into: &svg)
        head.drawLegend(into: &svg)
        for (index, (panel, yMap)) in zip(panels, yMaps).enumerated() {
            let top = head.top + 10 + pitch * Double(index)
            let frame = ChartFrame(
                left: head.left,
                right: head.right,
                top: top,
                bottom: top + SeriesChart.panelHeight
            )
            draw(panel, in: frame, xMap, yMap, into: &svg)
            let isLast = index == panels.count - 1
            frame.drawHorizontalAxis(
                xMap.ticks(about: 8).compactMap { tick in
                    xMap.place(tick.value).map { (frame.x($0), isLast ? tick.label : "") }
                },
                title: isLast ? xAxis.title : "",
                hasGrid: true,
                into: &svg
            )
        }
        return ChartFrame.wrap(
            svg,
            size: size,
            title: title,
            summary: summary,
            isStandalone: isStandalone
        )
    }

    /// The title and the image for a page.
    func titled() -> (title: String, svg: String) { (title, drawn(isStandalone: false)) }

    private func draw(
        _ panel: Panel,
        in frame: ChartFrame,
        _ xMap: AxisMap,
        _ yMap: AxisMap,
        into svg: inout Markup
    ) {
        let x = { (value: Double) in xMap.place(value).map { frame.x(min(max($0, 0), 1)) } }
        let pixel = { (point: ChartPoint) -> ChartPoint? in
            guard let x = x(point.x), let y = yMap.place(point.y) else { return nil }
            return ChartPoint(x: x, y: frame.y(min(max(y, 0), 1)))
        }
        for span in spans {
            guard let start = x(span.range.lowerBound), let end = x(span.range.upperBound) else {
                continue
            }
            // A span of one row can be seen too.
            let width = NumberText.coordinate(max(end - start, 1.5))
            svg.raw(
                "<rect class=\"band \(span.color.rawValue)\" x=\"\(NumberText.coordinate(start))\" "
                    + "y=\"\(NumberText.coordinate(frame.top))\" width=\"\(width)\" "
                    + "height=\"\(NumberText.coordinate(frame.bottom - frame.top))\"/>"
            )
        }
        frame.drawVerticalAxis(
            yMap.ticks(about: 3).compactMap { tick in
                yMap.place(tick.value).map { (frame.y($0), tick.label) }
            },
            title: Markup.cut(panel.title, to: 18),
            into: &svg
        )
        if let band = panel.band {
            let path = ChartPath.area(band.lower.map(pixel), band.upper.map(pixel))
            svg.raw("<path class=\"band blue\" d=\"\(path)\"/>")
        }
        if case .horizontal(let y) = panel.reference?.place, let place = yMap.place(y) {
            let height = NumberText.coordinate(frame.y(place))
            let left = NumberText.coordinate(frame.left)
            svg.raw("<path class=\"reference\" d=\"M\(left) \(height)")
            svg.raw("H\(NumberText.coordinate(frame.right))\"/>")
        }
        for curve in panel.curves {
            let path = ChartPath.curve(curve.points.map(pixel))
            svg.raw(
                "<path class=\"curve \(curve.style.rawValue) \(curve.color.rawValue)\" d=\"\(path)\"/>"
            )
        }
        if panel.curves.allSatisfy(\.points.isEmpty) { frame.drawNoData(into: &svg) }
    }

    private var legend: ChartLegend {
        var legend = ChartLegend()
        for panel in panels {
            for curve in panel.curves {
                legend.add(.curve(curve.color, curve.style), curve.name)
            }
            if let band = panel.band { legend.add(.band(.blue), band.name) }
            if let line = panel.reference { legend.add(.reference, line.name) }
        }
        for span in spans { legend.add(.band(span.color), span.name) }
        return legend
    }
}

extension SeriesChart.Panel {
    fileprivate var xValues: [Double] {
        curves.flatMap { $0.points.map(\.x) } + (band?.lower.map(\.x) ?? [])
    }

    /// What the vertical axis must show; a threshold too.
    fileprivate var yValues: [Double] {
        var values = curves.flatMap { $0.points.map(\.y) }
        if let band { values += band.lower.map(\.y) + band.upper.map(\.y) }
        if case .horizontal(let y) = reference?.place { values.append(y) }
        return values
    }
}
