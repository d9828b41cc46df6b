import OddityEvaluation

extension EvaluationReport {
    /// The thresholds side by side.
    func thresholdTable() -> String {
        var html = Markup()
        html.raw("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>")
        html.raw("<th scope=\"col\">Threshold</th>")
        for name in [
            "score ≥", "detection rate", "false-alarm rate", "precision", "F1", "MCC", "caught",
            "missed", "false alarms",
        ] {
            html.element("th", "scope=\"col\" class=\"number\"", name)
        }
        html.raw("</tr></thead><tbody>")
        for (index, point) in operatingPoints.enumerated() {
            let matrix = point.confusionMatrix
            html.raw(point.isModelsOwn ? "<tr class=\"own\">" : "<tr>")
            html.raw("<th scope=\"row\"><div class=\"point\">\(Self.symbol(of: index))<span>")
            html.escaped(point.name)
            if !point.note.isEmpty { html.element("small", Markup.cut(point.note)) }
            html.raw("</span></div></th>")
            let full = "class=\"number\" title=\"\(point.threshold)\""
            html.element("td", full, NumberText.significant(point.threshold))
            for cell in [
                NumberText.percent(matrix.recall), NumberText.percent(matrix.falseAlarmRate),
                NumberText.percent(matrix.precision), Self.figure(matrix.f1),
                Self.figure(matrix.matthewsCorrelation), NumberText.count(matrix.truePositives),
                NumberText.count(matrix.falseNegatives), NumberText.count(matrix.falsePositives),
            ] {
                html.element("td", "class=\"number\"", cell)
            }
            html.raw("</tr>")
        }
        html.raw("</tbody></table></div>")
        return html.text
    }

    /// Rows with their reasons, one reason a line.
    static func rowTable(_ rows: [ReportedRow], label: String) -> String {
        let shown = rows.prefix(rowLimit)
        let hasPValue = shown.contains { $0.pValue != nil }
        let hasTruth = shown.contains { $0.isAnomaly != nil }
        let hasReasons = shown.contains { !$0.reasons.isEmpty }
        var html = Markup()
        html.raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"rows\"")
        html.raw(" aria-label=\"\(Markup.escape(label))\"><thead><tr>")
        html.raw("<th scope=\"col\">Row</th><th scope=\"col\" class=\"number\">score</th>")
        if hasPValue { html.raw("<th scope=\"col\" class=\"number\">p-value</th>") }
        html.raw("<th scope=\"col\">verdict</th>")
        if hasTruth { html.raw("<th scope=\"col\">truth</th>") }
        if hasReasons {
            html.raw("<th scope=\"col\">column</th><th scope=\"col\" class=\"number\">value</th>")
            html.raw("<th scope=\"col\" class=\"number\">expected</th>")
            html.raw("<th scope=\"col\" class=\"share\">share of the error</th>")
        }
        html.raw("</tr></thead>")
        for row in shown {
            let lines = max(1, row.reasons.count)
            let span = lines > 1 ? " rowspan=\"\(lines)\"" : ""
            html.raw("<tbody><tr><th scope=\"rowgroup\"\(span)>")
            html.escaped(Markup.cut(row.name, to: 60))
            html.raw("</th>")
            let number = "class=\"number\"\(span)"
            html.element("td", number, NumberText.significant(row.score))
            if hasPValue {
                html.element(
                    "td",
                    number,
                    row.pValue.map { NumberText.significant($0, digits: 2) } ?? "–"
                )
            }
            html.raw("<td\(span)>\(verdict(row.isFlagged))</td>")
            if hasTruth {
                html.raw("<td\(span)>\(row.isAnomaly.map(verdict) ?? "–")</td>")
            }
            for index in 0..<lines where hasReasons {
                if index > 0 { html.raw("<tr>") }
                add(row.reasons.indices.contains(index) ? row.reasons[index] : nil, to: &html)
                html.raw("</tr>")
            }
            html.raw(hasReasons ? "</tbody>" : "</tr></tbody>")
        }
        html.raw("</table></div>")
        if rows.count > shown.count {
            html.element(
                "p",
                "class=\"note\"",
                "and \(NumberText.count(rows.count - shown.count)) more rows"
            )
        }
        return html.text
    }

    private static func add(_ reason: ReportedRow.Reason?, to html: inout Markup) {
        guard let reason else {
            html.raw("<td colspan=\"4\">–</td>")
            return
        }
        let share = reason.share.isFinite ? min(max(reason.share, 0), 1) : 0
        let width = NumberText.coordinate(share * 100)
        html.element("td", Markup.cut(reason.column, to: 60))
        html.element("td", "class=\"number\"", Markup.cut(reason.value, to: 60))
        html.element("td", "class=\"number\"", Markup.cut(reason.expected, to: 60))
        html.raw("<td class=\"share\"><span class=\"bar\"><i style=\"width:\(width)%\"></i></span>")
        html.escaped(NumberText.fixed(share * 100, decimals: 0) + NumberText.percentSign)
        html.raw("</td>")
    }

    private static func verdict(_ isAnomaly: Bool) -> String {
        isAnomaly ? "<span class=\"anomaly\">anomaly</span>" : "normal"
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
