import OddityEvaluation

extension FindingsReport {
    /// The report as one HTML file.
    public var html: String {
        var body = Markup()
        body.raw("<header><p class=\"kind\">Findings</p>")
        body.element("h1", title)
        if !subtitle.isEmpty { body.element("p", "class=\"subtitle\"", subtitle) }
        body.element("p", "class=\"lead\"", sentence)
        body.raw("</header>")
        addFigures(to: &body)
        addHistogram(to: &body)
        if !oddestRows.isEmpty {
            body.raw("<section>")
            let title = "The oddest \(unit.rawValue)s"
            let rows = Array(oddestRows.prefix(EvaluationReport.rowLimit))
            body.element("h2", title)
            body.raw(RowTable(rows: rows, label: title).html(RowTable.Parts(of: rows)))
            body.raw("</section>")
        }
        addBlame(to: &body)
        addOverview(to: &body)
        addLeftOut(to: &body)
        addColumns(to: &body)
        body.addSections(modelCard, title: "Model card")
        body.raw("<footer><p>Made by Oddity, without labels: an anomaly is what looks unlike the ")
        body.raw("rest, which may be an error, a rare case, or news. A higher score is odder.</p>")
        body.raw("</footer>")
        return HTMLPage(title: title, body: body.text).text
    }

    private func counted(_ count: Int) -> String {
        "\(NumberText.count(count)) \(unit.rawValue)\(count == 1 ? "" : "s")"
    }

    /// What was found, in one or two sentences.
    private var sentence: String {
        var text =
            anomalyCount == 0
            ? "None of \(counted(count)) is called an anomaly"
            : "\(NumberText.count(anomalyCount)) of \(counted(count)) "
                + "\(anomalyCount == 1 ? "is called an anomaly" : "are called anomalies") "
                + "(\(NumberText.percent(Double(anomalyCount) / Double(max(count, 1)))))"
        if let expectedCount {
            let number = NumberText.fixed(expectedCount, decimals: expectedCount < 10 ? 1 : 0)
            text += "; \(number) would be if all were normal"
        }
        text += "."
        if let leftOut, !leftOut.isEmpty {
            text +=
                " \(counted(leftOut.count)) "
                + (leftOut.count == 1
                    ? "stands so far out that nothing was learned from it."
                    : "stand so far out that nothing was learned from them.")
        }
        if let oddShare {
            let of =
                oddShare.count < count ? "Of the \(counted(oddShare.count)) that were drawn: " : ""
            text += " " + of + sentence(oddShare)
        }
        return text
    }

    private func sentence(_ share: OddShare) -> String {
        let count = Int(share.oddCount.rounded())
        let verb = count == 1 ? "stands" : "stand"
        let confidence = confidence(share)
        guard share.leastOddCount > 0 else {
            return count == 0
                ? "None stands out beyond what chance would give."
                : "About \(NumberText.count(count)) \(verb) out beyond what chance would give, and with "
                    + "\(confidence) it may be none."
        }
        return
            "About \(NumberText.count(count)) \(verb) out beyond what chance would give, at least "
            + "\(NumberText.count(share.leastOddCount)) with \(confidence)."
    }

    private func confidence(_ share: OddShare) -> String {
        NumberText.fixed(share.confidence * 100, decimals: 0) + NumberText.percentSign
            + " confidence"
    }

    private func addFigures(to body: inout Markup) {
        var cards = [
            PageFigure("Judged", NumberText.count(count), "\(unit.rawValue)s"),
            PageFigure(
                "Anomalies",
                NumberText.count(anomalyCount),
                NumberText.percent(Double(anomalyCount) / Double(max(count, 1)))
            ),
        ]
        if let expectedCount {
            cards.append(
                PageFigure(
                    "By chance",
                    NumberText.fixed(expectedCount, decimals: expectedCount < 10 ? 1 : 0),
                    "if all were normal"
                )
            )
        }
        if let oddShare {
            cards.append(
                PageFigure(
                    "Beyond chance",
                    "about " + NumberText.count(Int(oddShare.oddCount.rounded())),
                    "at least \(NumberText.count(oddShare.leastOddCount)), with "
                        + confidence(oddShare)
                )
            )
        }
        if let threshold, threshold.isFinite {
            cards.append(
                PageFigure("Threshold", NumberText.significant(threshold).trimmedZeros, decision)
            )
        }
        if let leftOut {
            cards.append(
                PageFigure("Left out", NumberText.count(leftOut.count), "not learned from")
            )
        }
        body.addFigures(cards)
    }

    private func addHistogram(to body: inout Markup) {
        let chart = HistogramChart(
            title: "Scores",
            summary: "How many \(unit.rawValue)s have which score"
                + (countedCount < count
                    ? ", told from \(counted(countedCount)) taken evenly." : "."),
            histogram: histogram,
            threshold: threshold
        )
        body.raw("<section class=\"wide\">")
        body.addChart(chart.titled(.wide), heading: "h2")
        body.raw("</section>")
    }

    private func addOverview(to body: inout Markup) {
        guard let overview else { return }
        body.raw("<section class=\"wide\">")
        body.addChart(
            (overview.title, overview.drawn(isStandalone: false, size: .wide)),
            heading: "h2"
        )
        if !overview.summary.isEmpty { body.element("p", "class=\"note\"", overview.summary) }
        body.raw("</section>")
    }

    private func addBlame(to body: inout Markup) {
        guard !blamedColumns.isEmpty else { return }
        body.raw("<section><h2>Columns to blame</h2>")
        body.raw("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>")
        body.raw("<th scope=\"col\">Column</th>")
        body.raw("<th scope=\"col\" class=\"number\">first reason of</th>")
        body.raw("<th scope=\"col\" class=\"number\">any reason of</th>")
        body.raw("<th scope=\"col\" class=\"share\">share of the anomalies</th>")
        body.raw("</tr></thead><tbody>")
        for column in blamedColumns.prefix(Self.columnLimit) {
            let share = Double(column.count) / Double(max(anomalyCount, 1))
            body.raw("<tr>")
            body.element("th", "scope=\"row\"", Markup.cut(column.name, to: 60))
            body.element("td", "class=\"number\"", NumberText.count(column.firstCount))
            body.element("td", "class=\"number\"", NumberText.count(column.count))
            let width = NumberText.coordinate(min(max(share, 0), 1) * 100)
            body.raw("<td class=\"share\"><span class=\"bar\">")
            body.raw("<i style=\"width:\(width)%\"></i></span>")
            body.escaped(NumberText.fixed(share * 100, decimals: 0) + NumberText.percentSign)
            body.raw("</td></tr>")
        }
        body.raw("</tbody></table></div>")
        addRest(blamedColumns.count, "column", to: &body)
        body.raw("</section>")
    }

    private func addLeftOut(to body: inout Markup) {
        guard let leftOut, !leftOut.isEmpty else { return }
        body.raw("<section><h2>Left out of training</h2>")
        let shown = leftOut.prefix(200).joined(separator: ", ")
        let rest = leftOut.count > 200 ? " and \(NumberText.count(leftOut.count - 200)) more" : ""
        body.element(
            "p",
            "\(counted(leftOut.count)) so far out that chance does not explain it, judged like new "
                + "\(unit.rawValue)s: \(shown)\(rest)."
        )
        body.raw("</section>")
    }

    private func addColumns(to body: inout Markup) {
        guard !columns.isEmpty else { return }
        body.raw("<section><h2>The data</h2>")
        body.raw("<div class=\"scroll\" tabindex=\"0\"><table><thead><tr>")
        body.raw("<th scope=\"col\">Column</th><th scope=\"col\">used as</th>")
        body.raw("<th scope=\"col\" class=\"number\">missing</th>")
        body.raw("<th scope=\"col\">holds</th><th scope=\"col\">to look at</th>")
        body.raw("</tr></thead><tbody>")
        for column in columns.prefix(Self.columnLimit) {
            body.raw("<tr>")
            body.element("th", "scope=\"row\"", Markup.cut(column.name, to: 60))
            body.element("td", column.role)
            body.element("td", "class=\"number\"", NumberText.count(column.missingCount))
            body.element("td", Markup.cut(column.content, to: 120))
            body.element("td", column.note.isEmpty ? "–" : Markup.cut(column.note, to: 160))
            body.raw("</tr>")
        }
        body.raw("</tbody></table></div>")
        addRest(columns.count, "column", to: &body)
        body.raw("</section>")
    }

    private func addRest(_ count: Int, _ name: String, to body: inout Markup) {
        guard count > Self.columnLimit else { return }
        body.element(
            "p",
            "class=\"note\"",
            "and \(NumberText.count(count - Self.columnLimit)) more \(name)s"
        )
    }
}
