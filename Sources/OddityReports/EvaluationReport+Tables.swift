import OddityEvaluation

extension EvaluationReport {
    /// The thresholds side by side.
    func thresholdTable() -> String {
        var html = Markup()
        html.raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"folds\"><thead><tr>")
        html.raw("<th scope=\"col\">Threshold</th>")
        let names = [
            "score ≥", "detection rate", "false-alarm rate", "precision", "F1", "MCC", "caught",
            "missed", "false alarms",
        ]
        for name in names { html.element("th", "scope=\"col\" class=\"number\"", name) }
        html.raw("</tr></thead><tbody>")
        for (index, point) in operatingPoints.enumerated() {
            let matrix = point.confusionMatrix
            html.raw(point.isModelsOwn ? "<tr class=\"own\">" : "<tr>")
            html.raw("<th scope=\"row\"><div class=\"point\">\(Self.symbol(of: index))<span>")
            html.escaped(point.name)
            if !point.note.isEmpty { html.element("small", Markup.cut(point.note)) }
            html.raw("</span></div></th>")
            let cells = [
                NumberText.significant(point.threshold),
                NumberText.percent(matrix.recall), NumberText.percent(matrix.falseAlarmRate),
                NumberText.percent(matrix.precision), Self.figure(matrix.f1),
                Self.figure(matrix.matthewsCorrelation), NumberText.count(matrix.truePositives),
                NumberText.count(matrix.falseNegatives), NumberText.count(matrix.falsePositives),
            ]
            for (column, cell) in cells.enumerated() {
                let full = column == 0 ? " title=\"\(point.threshold)\"" : ""
                html.element("td", "class=\"number\"\(full) data-label=\"\(names[column])\"", cell)
            }
            html.raw("</tr>")
        }
        html.raw("</tbody></table></div>")
        return html.text
    }

    /// The marker of an operating point, as it is in the charts.
    private static func symbol(of index: Int) -> String {
        let (color, shape) = look(of: index)
        var svg = Markup()
        svg.raw("<svg class=\"chart symbol\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">")
        ChartFrame.drawMarker(color, shape, x: 8, y: 8, tip: "", into: &svg)
        svg.raw("</svg>")
        return svg.text
    }

    static func figure(_ value: Double?) -> String {
        value.map { NumberText.fixed($0, decimals: 3) } ?? "–"
    }
}
