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

    /// Which rows of a table a moved threshold shows.
    enum RowList: String {
        /// All of them.
        case oddest
        /// Those that are called anomalies.
        case alarms
        /// Those that are not.
        case missed

        func shows(_ row: ReportedRow) -> Bool {
            switch self {
            case .oddest: true
            case .alarms: row.isFlagged
            case .missed: !row.isFlagged
            }
        }
    }

    /// Rows with their reasons, one reason a line.
    ///
    /// - Parameters:
    ///   - list: Which rows are seen at first; nil for a table that nothing moves.
    ///   - total: The number of rows that could be seen; nil for those given.
    static func rowTable(
        _ rows: [ReportedRow],
        label: String,
        list: RowList? = nil,
        total: Int? = nil
    ) -> String {
        let shown = rows.prefix(list == nil || list == .oddest ? rowLimit : movingRowLimit)
        let seenCount = list.map { list in shown.count(where: list.shows) } ?? shown.count
        let hasPValue = shown.contains { $0.pValue != nil }
        let hasTruth = shown.contains { $0.isAnomaly != nil }
        let hasReasons = shown.contains { !$0.reasons.isEmpty }
        var html = Markup()
        html.raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"rows folds\"")
        if let list { html.raw(" data-list=\"\(list.rawValue)\"") }
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
            html.raw("<tbody\(attributes(of: row, in: list))><tr><th scope=\"rowgroup\"\(span)>")
            html.escaped(Markup.cut(row.name, to: 160))
            html.raw("</th>")
            let number = "class=\"number\"\(span)"
            html.element("td", "\(number) data-label=\"score\"", NumberText.significant(row.score))
            if hasPValue {
                html.element(
                    "td",
                    "\(number) data-label=\"p-value\"",
                    row.pValueText
                )
            }
            html.raw(
                "<td\(span) data-label=\"verdict\">\(verdict(row.isFlagged, canMove: list != nil))</td>"
            )
            if hasTruth {
                html.raw(
                    "<td\(span) data-label=\"truth\">\(row.isAnomaly.map { verdict($0) } ?? "–")</td>"
                )
            }
            for index in 0..<lines where hasReasons {
                if index > 0 { html.raw("<tr>") }
                add(row.reasons.indices.contains(index) ? row.reasons[index] : nil, to: &html)
                html.raw("</tr>")
            }
            html.raw(hasReasons ? "</tbody>" : "</tr></tbody>")
        }
        html.raw("</table></div>")
        if shown.contains(where: \.isPValueExtrapolated) {
            html.element(
                "p",
                "class=\"note\"",
                "≈ is odder than all held-out rows: the p-value is what their tail suggests."
            )
        }
        let hidden = (total ?? rows.count) - seenCount
        let text = hidden > 0 ? "and \(NumberText.count(hidden)) more rows" : ""
        guard let list, list != .oddest else {
            if hidden > 0 { html.element("p", "class=\"note\"", text) }
            return html.text
        }
        html.element("p", "class=\"note\" id=\"\(list.rawValue)-count\"", text)
        html.raw("<button type=\"button\" id=\"\(list.rawValue)-more\" ")
        html.raw("data-more=\"\(list.rawValue)\" hidden=\"hidden\">Show more</button>")
        return html.text
    }

    /// What a script needs of a row, and whether it is seen without one.
    private static func attributes(of row: ReportedRow, in list: RowList?) -> String {
        guard let list else { return "" }
        let measure = row.measure.isFinite ? "\(row.measure)" : "0"
        return " data-measure=\"\(measure)\"" + (list.shows(row) ? "" : " hidden=\"hidden\"")
    }

    private static func add(_ reason: ReportedRow.Reason?, to html: inout Markup) {
        guard let reason else {
            html.raw("<td colspan=\"4\">–</td>")
            return
        }
        html.element("td", "class=\"reason\"", Markup.cut(reason.column, to: 60))
        html.element(
            "td",
            "class=\"number\" data-label=\"value\"",
            Markup.cut(reason.value, to: 60)
        )
        html.element(
            "td",
            "class=\"number\" data-label=\"expected\"",
            Markup.cut(reason.expected, to: 60)
        )
        html.addShare(reason.share)
    }

    /// - Parameter canMove: whether a script may change it.
    private static func verdict(_ isAnomaly: Bool, canMove: Bool = false) -> String {
        let classes = (canMove ? ["verdict"] : []) + (isAnomaly ? ["anomaly"] : [])
        let text = isAnomaly ? "anomaly" : "normal"
        guard !classes.isEmpty else { return text }
        return "<span class=\"\(classes.joined(separator: " "))\">\(text)</span>"
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

extension ReportedRow {
    /// The p-value; one that follows from the tail is marked.
    fileprivate var pValueText: String {
        guard let pValue else { return "–" }
        return (isPValueExtrapolated ? "≈ " : "") + NumberText.significant(pValue, digits: 2)
    }
}
