extension Markup {
    /// Adds images, figures and alarms of series.
    mutating func addSeries(_ series: SeriesSection) {
        raw("<section class=\"wide\">")
        element("h2", series.charts.count > 1 ? "The oddest series" : "The series")
        element("p", series.lead)
        for chart in series.charts {
            raw(
                "<p class=\"zoom\" hidden=\"hidden\"><label>zoom <input type=\"range\" min=\"1\" max=\"32\" "
            )
            raw("step=\"0.5\" value=\"1\" aria-label=\"Stretch the time axis\"/></label></p>")
            addChart(chart.titled(), attributes: " data-zoom=\"time\" tabindex=\"0\"")
        }
        for note in series.notes { element("p", "class=\"note\"", note) }
        raw("</section>")
        if !series.alarms.isEmpty {
            raw("<section>")
            element("h2", "Alarms")
            addAlarms(series.alarms)
            raw("</section>")
        }
        addCloseUps(series)
        if !series.figures.isEmpty {
            raw("<section>")
            element("h2", "Events and alarms in figures")
            addFigureTable(series.figures)
            raw("</section>")
        }
    }

    private mutating func addAlarms(_ alarms: [SeriesSection.Alarm]) {
        let shown = alarms.prefix(EvaluationReport.rowLimit)
        let hasEntities = shown.contains { $0.entity != nil }
        raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"folds\" aria-label=\"Alarms\">")
        raw("<thead><tr>")
        if hasEntities { raw("<th scope=\"col\">series</th>") }
        raw("<th scope=\"col\">start</th><th scope=\"col\">end</th>")
        raw("<th scope=\"col\" class=\"number\">rows</th>")
        raw("<th scope=\"col\" class=\"number\">peak score</th>")
        raw("<th scope=\"col\">columns</th><th scope=\"col\">truth</th></tr></thead><tbody>")
        for alarm in shown {
            raw("<tr>")
            if hasEntities {
                element("td", "data-label=\"series\"", Markup.cut(alarm.entity ?? "–", to: 60))
            }
            element("th", "scope=\"row\" class=\"when\"", alarm.start)
            element("td", "class=\"when\" data-label=\"end\"", alarm.end)
            let peak = NumberText.significant(alarm.peakScore)
            element(
                "td",
                "class=\"number\" data-label=\"rows\"",
                NumberText.count(alarm.rowCount)
            )
            element("td", "class=\"number\" data-label=\"peak score\"", peak)
            element("td", "data-label=\"columns\"", Markup.cut(alarm.columns, to: 160))
            raw("<td class=\"when\" data-label=\"truth\">")
            raw(alarm.isTrue ? "an event" : "<span class=\"anomaly\">false alarm</span>")
            raw("</td></tr>")
        }
        raw("</tbody></table></div>")
        if alarms.count > shown.count {
            let rest = alarms.count - shown.count
            element("p", "class=\"note\"", "and \(NumberText.count(rest)) more alarms")
        }
    }

    /// Adds the alarms in close-up, folded but for the first.
    private mutating func addCloseUps(_ series: SeriesSection) {
        guard !series.closeUps.isEmpty else { return }
        raw("<section class=\"wide\">")
        element("h2", "Alarms in close-up")
        for (index, chart) in series.closeUps.enumerated() {
            raw("<details class=\"closeup\"\(index == 0 ? " open=\"open\"" : "")><summary>")
            escaped(chart.title)
            raw("</summary><figure>\(chart.drawn(isStandalone: false))</figure></details>")
        }
        if series.alarms.count > series.closeUps.count {
            let rest = series.alarms.count - series.closeUps.count
            element(
                "p",
                "class=\"note\"",
                "and \(NumberText.count(rest)) more alarms, listed above"
            )
        }
        raw("</section>")
    }

    private mutating func addFigureTable(_ figures: [SeriesSection.Figure]) {
        raw("<div class=\"scroll\" tabindex=\"0\"><table class=\"folds\"><thead><tr>")
        raw(
            "<th scope=\"col\">Figure</th><th scope=\"col\" class=\"number\">value</th><th scope=\"col\">what it says</th>"
        )
        raw("</tr></thead><tbody>")
        for figure in figures {
            raw("<tr><th scope=\"row\">")
            escaped(figure.name)
            raw("</th>")
            element("td", "class=\"number\" data-label=\"value\"", figure.value)
            element("td", "class=\"reason\"", figure.note)
            raw("</tr>")
        }
        raw("</tbody></table></div>")
    }
}
