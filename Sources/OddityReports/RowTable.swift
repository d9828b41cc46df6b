/// Rows with their reasons as a table, one reason a line.
struct RowTable {
    let rows: [ReportedRow]
    /// What the table is called for those who cannot see it.
    let label: String
    /// What a row is, as the first heading says.
    var unit = "row"
    /// The columns of the data that rows have beside their name.
    var ownColumns: [String] = []
    /// What a script pages through in it; nil for a table that nothing moves.
    var list: RowList?

    /// The parts that a table has because one of its rows has them.
    struct Parts: Equatable {
        let hasPValue, isExtrapolated, hasTruth, hasReasons: Bool

        init(of rows: some Collection<ReportedRow>) {
            hasPValue = rows.contains { $0.pValue != nil }
            isExtrapolated = rows.contains(where: \.isPValueExtrapolated)
            hasTruth = rows.contains { $0.isAnomaly != nil }
            hasReasons = rows.contains { !$0.reasons.isEmpty }
        }
    }

    /// The table with its headings.
    ///
    /// - Parameter parts: those of all rows that a script may put into it.
    func html(_ parts: Parts) -> String {
        var html = Markup()
        html.raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"rows folds\"")
        if let list { html.raw(" data-list=\"\(list.rawValue)\"") }
        html.raw(" aria-label=\"\(Markup.escape(label))\"><thead><tr>")
        html.element("th", "scope=\"col\"", unit.prefix(1).uppercased() + unit.dropFirst())
        for name in ownColumns { html.element("th", "scope=\"col\"", Markup.cut(name, to: 60)) }
        html.raw("<th scope=\"col\" class=\"number\">score</th>")
        if parts.hasPValue { html.raw("<th scope=\"col\" class=\"number\">p-value</th>") }
        html.raw("<th scope=\"col\">verdict</th>")
        if parts.hasTruth { html.raw("<th scope=\"col\">truth</th>") }
        if parts.hasReasons {
            html.raw("<th scope=\"col\">column</th><th scope=\"col\" class=\"number\">value</th>")
            html.raw("<th scope=\"col\" class=\"number\">expected</th>")
            html.raw("<th scope=\"col\" class=\"share\">share of the error</th>")
        }
        html.raw("</tr></thead>")
        for row in rows { add(row, parts, to: &html) }
        html.raw("</table></div>")
        if parts.isExtrapolated {
            html.element(
                "p",
                "class=\"note\"",
                "≈ is odder than all held-out rows: the p-value is what their tail suggests."
            )
        }
        return html.text
    }

    private func add(_ row: ReportedRow, _ parts: Parts, to html: inout Markup) {
        let lines = max(1, row.reasons.count)
        let span = lines > 1 ? " rowspan=\"\(lines)\"" : ""
        html.raw("<tbody><tr><th scope=\"rowgroup\"\(span)>")
        html.escaped(row.nameText)
        html.raw("</th>")
        for (name, value) in zip(ownColumns, row.own) {
            html.raw("<td class=\"kept\"\(span) data-label=\"\(Markup.escape(name))\">")
            html.escaped(Markup.cut(value, to: 60))
            html.raw("</td>")
        }
        let number = "class=\"number\"\(span)"
        html.element("td", "\(number) data-label=\"score\"", NumberText.significant(row.score))
        if parts.hasPValue {
            html.element("td", "\(number) data-label=\"p-value\"", row.pValueText)
        }
        html.raw("<td\(span) data-label=\"verdict\">\(Self.verdict(row.isFlagged))</td>")
        if parts.hasTruth {
            html.raw(
                "<td\(span) data-label=\"truth\">\(row.isAnomaly.map(Self.verdict) ?? "–")</td>"
            )
        }
        for index in 0..<lines where parts.hasReasons {
            if index > 0 { html.raw("<tr>") }
            Self.add(row.reasons.indices.contains(index) ? row.reasons[index] : nil, to: &html)
            html.raw("</tr>")
        }
        html.raw(parts.hasReasons ? "</tbody>" : "</tr></tbody>")
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

    private static func verdict(_ isAnomaly: Bool) -> String {
        isAnomaly ? "<span class=\"anomaly\">anomaly</span>" : "normal"
    }
}

extension ReportedRow {
    /// The name, as long as a table has room for it.
    var nameText: String { Markup.cut(name, to: 160) }

    /// The p-value; one that follows from the tail is marked.
    var pValueText: String {
        guard let pValue else { return "–" }
        return (isPValueExtrapolated ? "≈ " : "") + NumberText.significant(pValue, digits: 2)
    }
}
