/// The rectangle of a chart with its axes, grid and legend; curves and bars are drawn into it.
struct ChartFrame {
    /// An entry of the legend.
    enum LegendKey: Equatable {
        case curve(ChartColor, ChartSeries.Style)
        case bars(ChartColor)
        case dots(ChartColor)
        case band(ChartColor)
        case marker(ChartColor, ChartMarker.Shape)
        case reference
        case rule
    }

    /// The size of an image, in its own units.
    struct Size: Equatable {
        let width: Double
        var height = 380.0

        /// One of two side by side, or one by itself.
        static let regular = Size(width: 560)
        /// As wide as a page.
        static let wide = Size(width: 1080)
    }

    private static let legendRow = 21.0
    /// Wide enough for any of the fonts that may be there.
    private static let letterWidth = 7.1

    let left: Double
    let right: Double
    let top: Double
    let bottom: Double

    private let heading: String?
    private let legend: [[(key: LegendKey, name: String)]]

    init(
        size: Size,
        heading: String?,
        legend entries: [(key: LegendKey, name: String)],
        widestLabel: Int
    ) {
        self.heading = heading
        right = size.width - 26
        bottom = size.height - 52
        left = 36 + max(24, Double(widestLabel) * Self.letterWidth)
        var rows: [[(key: LegendKey, name: String)]] = []
        var used = Double.infinity
        for entry in entries {
            let need = Self.width(of: entry.name)
            if used + need > size.width - 24 {
                rows.append([])
                used = 0
            }
            rows[rows.count - 1].append(entry)
            used += need
        }
        legend = rows
        top = 18 + (heading == nil ? 0 : 24) + Double(rows.count) * Self.legendRow
    }

    /// One of several rectangles of an image, without heading and legend.
    init(left: Double, right: Double, top: Double, bottom: Double) {
        (self.left, self.right, self.top, self.bottom) = (left, right, top, bottom)
        heading = nil
        legend = []
    }

    private static func width(of name: String) -> Double {
        // Capitals and digits are wider than small letters.
        name.reduce(46) { $0 + ($1.isUppercase || $1.isNumber ? letterWidth + 1.6 : letterWidth) }
    }

    func x(_ place: Double) -> Double { left + place * (right - left) }
    func y(_ place: Double) -> Double { bottom - place * (bottom - top) }

    // MARK: Parts of the image

    func drawHeading(into svg: inout Markup) {
        guard let heading else { return }
        svg.element("text", "class=\"heading\" x=\"12\" y=\"22\"", heading)
    }

    func drawLegend(into svg: inout Markup) {
        var y = heading == nil ? 14.0 : 38
        for row in legend {
            var x = 12.0
            for (key, name) in row {
                drawKey(key, x: x, y: y, into: &svg)
                svg.element("text", "class=\"name\" x=\"\(c(x + 28))\" y=\"\(c(y + 4.5))\"", name)
                x += Self.width(of: name)
            }
            y += Self.legendRow
        }
    }

    func drawHorizontalAxis(
        _ ticks: [(x: Double, label: String)],
        title: String,
        hasGrid: Bool,
        into svg: inout Markup
    ) {
        if hasGrid, !ticks.isEmpty {
            let path = ticks.map { "M\(c($0.x)) \(c(top))V\(c(bottom))" }.joined()
            svg.raw("<path class=\"grid\" d=\"\(path)\"/>")
        }
        svg.raw("<path class=\"axis\" d=\"M\(c(left)) \(c(bottom))H\(c(right))\"/>")
        for tick in ticks {
            svg.element(
                "text",
                "x=\"\(c(tick.x))\" y=\"\(c(bottom + 18))\" text-anchor=\"middle\"",
                tick.label
            )
        }
        svg.element(
            "text",
            "x=\"\(c((left + right) / 2))\" y=\"\(c(bottom + 41))\" text-anchor=\"middle\"",
            title
        )
    }

    func drawVerticalAxis(
        _ ticks: [(y: Double, label: String)],
        title: String,
        into svg: inout Markup
    ) {
        if !ticks.isEmpty {
            let path = ticks.map { "M\(c(left)) \(c($0.y))H\(c(right))" }.joined()
            svg.raw("<path class=\"grid\" d=\"\(path)\"/>")
        }
        for tick in ticks {
            svg.element(
                "text",
                "x=\"\(c(left - 8))\" y=\"\(c(tick.y + 4.5))\" text-anchor=\"end\"",
                tick.label
            )
        }
        let middle = (top + bottom) / 2
        svg.element(
            "text",
            "x=\"16\" y=\"\(c(middle))\" text-anchor=\"middle\" transform=\"rotate(-90 16 \(c(middle)))\"",
            title
        )
    }

    func drawNoData(into svg: inout Markup) {
        svg.element(
            "text",
            "x=\"\(c((left + right) / 2))\" y=\"\(c((top + bottom) / 2))\" text-anchor=\"middle\"",
            "no data"
        )
    }

    /// A marker with what it says when pointed at.
    static func drawMarker(
        _ color: ChartColor,
        _ shape: ChartMarker.Shape,
        x: Double,
        y: Double,
        tip: String,
        into svg: inout Markup
    ) {
        let class_ = "class=\"marker \(color.rawValue)\""
        let title = tip.isEmpty ? "" : "<title>\(Markup.escape(tip))</title>"
        switch shape {
        case .circle:
            svg.raw("<circle \(class_) cx=\"\(c(x))\" cy=\"\(c(y))\" r=\"5.5\">\(title)</circle>")
        case .square:
            draw("M\(c(x - 5)) \(c(y - 5))h10v10h-10z")
        case .diamond:
            draw("M\(c(x)) \(c(y - 6.8))l6.8 6.8l-6.8 6.8l-6.8 -6.8z")
        case .triangle:
            draw("M\(c(x)) \(c(y - 6.4))l6.4 11h-12.8z")
        }
        func draw(_ path: String) {
            svg.raw("<path \(class_) d=\"\(path)\">\(title)</path>")
        }
    }

    private func drawKey(_ key: LegendKey, x: Double, y: Double, into svg: inout Markup) {
        let line = "d=\"M\(c(x)) \(c(y))h22\""
        switch key {
        case .curve(let color, let style):
            svg.raw("<path class=\"curve \(style.rawValue) \(color.rawValue)\" \(line)/>")
        case .bars(let color):
            svg.raw(
                "<rect class=\"bars \(color.rawValue)\" x=\"\(c(x + 4))\" y=\"\(c(y - 6))\" "
                    + "width=\"14\" height=\"12\"/>"
            )
        case .dots(let color):
            svg.raw(
                "<path class=\"dots \(color.rawValue)\" d=\""
                    + [3.0, 11, 19].map { ScatterChart.dot(x: x + $0, y: y) }.joined() + "\"/>"
            )
        case .band(let color):
            svg.raw(
                "<rect class=\"band \(color.rawValue)\" x=\"\(c(x + 2))\" y=\"\(c(y - 6))\" "
                    + "width=\"18\" height=\"12\"/>"
            )
        case .marker(let color, let shape):
            Self.drawMarker(color, shape, x: x + 11, y: y, tip: "", into: &svg)
        case .reference: svg.raw("<path class=\"reference\" \(line)/>")
        case .rule: svg.raw("<path class=\"rule\" \(line)/>")
        }
    }

    /// Wraps a drawing into an element with a name and a description for those who cannot see it.
    static func wrap(
        _ drawing: Markup,
        size: Size,
        title: String,
        summary: String,
        isStandalone: Bool
    ) -> String {
        var svg = Markup()
        svg.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"chart\" role=\"img\" ")
        svg.raw("aria-label=\"\(Markup.escape(title + (summary.isEmpty ? "" : ". " + summary)))\" ")
        svg.raw("viewBox=\"0 0 \(Int(size.width)) \(Int(size.height))\"")
        if isStandalone { svg.raw(" width=\"\(Int(size.width))\" height=\"\(Int(size.height))\"") }
        svg.raw(">")
        if isStandalone {
            svg.element("title", title)
            if !summary.isEmpty { svg.element("desc", summary) }
            svg.raw("<style>\(ChartStyle.standalone)</style>")
            svg.raw("<rect class=\"paper\" width=\"100%\" height=\"100%\"/>")
        }
        svg.raw(drawing.text)
        svg.raw("</svg>")
        return svg.text
    }

    private func c(_ value: Double) -> String { NumberText.coordinate(value) }
    private static func c(_ value: Double) -> String { NumberText.coordinate(value) }
}
