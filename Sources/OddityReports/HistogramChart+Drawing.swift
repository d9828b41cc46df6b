import OddityEvaluation

extension HistogramChart {
    /// The image, with its own style sheet and heading or for a page that has them.
    func drawn(isStandalone: Bool, size: ChartFrame.Size = .regular) -> String {
        let tallest = Double((histogram.normalCounts + histogram.anomalyCounts).max() ?? 0)
        let isLogarithmic = countScale == .logarithmic
        var countAxis = ChartAxis(title: "rows", scale: countScale)
        // On a logarithmic axis a single row must rise above the ground.
        countAxis.range = isLogarithmic ? 0.5...max(tallest * 1.3, 2) : 0...max(tallest * 1.05, 1)
        let countMap = AxisMap(countAxis, values: [])
        let ticks = countMap.ticks(about: 5).filter { $0.value == $0.value.rounded() }
        var legend: [(key: ChartFrame.LegendKey, name: String)] = [
            (.bars(.blue), "normal"), (.bars(.vermilion), "anomaly"),
        ]
        if let threshold {
            legend.append((.rule, "threshold \(NumberText.significant(threshold).trimmedZeros)"))
        }
        let frame = ChartFrame(
            size: size,
            heading: isStandalone ? title : nil,
            legend: legend,
            widestLabel: ticks.map(\.label.count).max() ?? 0
        )
        let bins = BinLayout(histogram, tickCount: size == .wide ? 12 : 6)

        var svg = Markup()
        frame.drawHeading(into: &svg)
        frame.drawLegend(into: &svg)
        frame.drawVerticalAxis(
            ticks.compactMap { tick in
                countMap.place(tick.value).map { (frame.y($0), tick.label) }
            },
            title: isLogarithmic ? "rows (logarithmic)" : "rows",
            into: &svg
        )
        let scaleNote = histogram.spacing == .logarithmic ? " (logarithmic)" : ""
        frame.drawHorizontalAxis(
            bins.ticks.map { (frame.x($0.place), $0.label) },
            title: "score, odder to the right\(scaleNote)",
            hasGrid: false,
            into: &svg
        )

        for (color, counts) in [
            (ChartColor.blue, histogram.normalCounts), (.vermilion, histogram.anomalyCounts),
        ] {
            let path = outline(of: counts, bins: bins, frame: frame, map: countMap)
            if !path.isEmpty { svg.raw("<path class=\"bars \(color.rawValue)\" d=\"\(path)\"/>") }
        }
        if let threshold, threshold.isFinite {
            let x = NumberText.coordinate(frame.x(bins.place(threshold)))
            let (top, bottom) = (
                NumberText.coordinate(frame.top), NumberText.coordinate(frame.bottom)
            )
            svg.raw("<path class=\"rule\" d=\"M\(x) \(top)V\(bottom)\"/>")
        }
        return ChartFrame.wrap(
            svg,
            size: size,
            title: title,
            summary: summary,
            isStandalone: isStandalone
        )
    }

    /// The closed outline of neighbouring bars.
    private func outline(
        of counts: [Int],
        bins: BinLayout,
        frame: ChartFrame,
        map: AxisMap
    ) -> String {
        let ground = NumberText.coordinate(frame.bottom)
        var path = ""
        var isOpen = false
        var lastEnd = -1.0
        for (index, count) in counts.enumerated() {
            let (start, end) = bins.extents[index]
            if isOpen, count == 0 || start != lastEnd {
                path += "V\(ground)Z"
                isOpen = false
            }
            guard count > 0, let place = map.place(Double(count)) else { continue }
            if !isOpen { path += "M\(NumberText.coordinate(frame.x(start))) \(ground)" }
            path += "V\(NumberText.coordinate(frame.y(place)))"
            path += "H\(NumberText.coordinate(frame.x(end)))"
            isOpen = true
            lastEnd = end
        }
        return path + (isOpen ? "V\(ground)Z" : "")
    }
}

/// Where bins lie between 0 and 1 along the axis.
private struct BinLayout {
    /// Where each bin begins and ends.
    private(set) var extents: [(start: Double, end: Double)] = []
    /// Labelled places.
    private(set) var ticks: [(place: Double, label: String)] = []

    private let edges: [Double]
    private let map: AxisMap
    /// The bins between the tails, and where they lie.
    private let inner: Range<Int>
    private let span: (start: Double, end: Double)

    /// The gap between a tail's bin and the others, in bins.
    private static let gap = 0.6

    init(_ histogram: ScoreHistogram, tickCount: Int) {
        edges = histogram.edges
        let bins = histogram.binCount
        let lower = histogram.hasLowerTail && bins > 2
        let upper = histogram.hasUpperTail && bins > 2
        inner = (lower ? 1 : 0)..<(upper ? bins - 1 : bins)
        let width =
            Double(bins) + (lower ? Self.gap : 0) + (upper ? Self.gap : 0)
        let start = lower ? (1 + Self.gap) / width : 0
        let end = 1 - (upper ? (1 + Self.gap) / width : 0)
        span = (start, end)
        var axis = ChartAxis(
            title: "",
            scale: histogram.spacing == .logarithmic ? .logarithmic : .linear
        )
        axis.range = edges[inner.lowerBound]...edges[inner.upperBound]
        map = AxisMap(axis, values: [])

        let count = Double(inner.count)
        let edge = { (index: Int) in
            start + (end - start) * Double(index) / count
        }
        if lower { extents.append((0, 1 / width)) }
        for index in 0..<inner.count { extents.append((edge(index), edge(index + 1))) }
        if upper { extents.append((1 - 1 / width, 1)) }

        // Labels near a tail would run into its own.
        let reserve = 0.09
        for tick in map.ticks(about: tickCount) {
            guard let place = map.place(tick.value) else { continue }
            let x = start + (end - start) * place
            if lower, x < 1 / width + reserve { continue }
            if upper, x > 1 - 1 / width - reserve { continue }
            ticks.append((x, tick.label))
        }
        if lower {
            let label = NumberText.significant(edges[inner.lowerBound], digits: 2)
            ticks.append((0.5 / width, "< \(label)"))
        }
        if upper {
            let label = NumberText.significant(edges[inner.upperBound], digits: 2)
            ticks.append((1 - 0.5 / width - 0.01, "≥ \(label)"))
        }
    }

    /// Where a score lies; far scores lie inside the bin that gathers them.
    func place(_ score: Double) -> Double {
        if inner.lowerBound > 0, score < edges[inner.lowerBound] {
            return (extents[0].start + extents[0].end) / 2
        }
        if inner.upperBound < extents.count, score >= edges[inner.upperBound] {
            let last = extents[extents.count - 1]
            return (last.start + last.end) / 2
        }
        let place = map.place(score) ?? 0
        return span.start + (span.end - span.start) * min(max(place, 0), 1)
    }
}
