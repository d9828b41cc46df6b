import OddityEvaluation

extension EvaluationReport {
    /// The report as one HTML file.
    public var html: String {
        var body = Markup()
        addHeader(to: &body)
        addFigures(to: &body)
        if let series { body.addSeries(series) }
        addCurves(to: &body)
        movableThreshold?.add(to: &body)
        addDistributions(to: &body)
        addThresholds(to: &body)
        for section in images { body.addImages(section) }
        addRows(to: &body)
        body.addDrift(drift)
        addTraining(to: &body)
        addModelCard(to: &body)
        body.raw("<footer><p>Made by Oddity. A higher score is odder; a row is called an anomaly ")
        body.raw(
            "when its score is at least the threshold. Thresholds chosen on these labels look "
        )
        body.raw("better here than they will on new rows.</p></footer>")
        let scripts =
            (hasLists ? [PageScript.rowsText] : [])
            + (series?.charts.isEmpty == false ? [PageScript.zoomText] : [])
            + (movableThreshold == nil ? [] : [PageScript.moverText])
        return HTMLPage(title: title, body: body.text, script: scripts.joined(separator: "\n")).text
    }

    private var own: OperatingPoint? { operatingPoints.first { $0.isModelsOwn } }

    private func addHeader(to body: inout Markup) {
        body.raw("<header><p class=\"kind\">Evaluation report</p>")
        body.element("h1", title)
        if !subtitle.isEmpty { body.element("p", "class=\"subtitle\"", subtitle) }
        if let sentence { body.element("p", "class=\"lead\"", sentence) }
        body.raw("</header>")
    }

    /// What the model's threshold does, in one sentence.
    private var sentence: String? {
        guard let own else { return nil }
        let matrix = own.confusionMatrix
        var parts: [String] = []
        if matrix.anomalyCount > 0 {
            parts.append(
                "catches \(NumberText.count(matrix.truePositives)) of "
                    + "\(NumberText.count(matrix.anomalyCount)) "
                    + (series == nil ? "anomalies " : "anomalous rows ")
                    + "(\(NumberText.percent(matrix.recall)))"
            )
        }
        if matrix.normalCount > 0 {
            parts.append(
                "raises \(NumberText.count(matrix.falsePositives)) false "
                    + (matrix.falsePositives == 1 ? "alarm" : "alarms")
                    + " on \(NumberText.count(matrix.normalCount)) normal rows "
                    + "(\(NumberText.percent(matrix.falseAlarmRate)))"
            )
        }
        return "The detector " + parts.joined(separator: " and ") + "."
    }

    private func addFigures(to body: inout Markup) {
        var cards: [PageFigure] = []
        if let roc {
            let chance = "\(Self.range(areaInterval))chance 0.500"
            cards.append(
                PageFigure(
                    "AUROC",
                    Self.figure(roc.area),
                    chance,
                    "how often an anomaly scores above a normal row"
                )
            )
        }
        if let curve = precisionRecall {
            let chance =
                "\(Self.range(averagePrecisionInterval))chance \(Self.figure(curve.prevalence))"
            cards.append(
                PageFigure(
                    "Average precision",
                    Self.figure(curve.averagePrecision),
                    chance,
                    "precision, averaged from the oddest row down"
                )
            )
        }
        if let matrix = own?.confusionMatrix {
            cards.append(
                PageFigure(
                    "Detection rate",
                    NumberText.percent(matrix.recall),
                    "of anomalies; recall"
                )
            )
            cards.append(
                PageFigure(
                    "False-alarm rate",
                    NumberText.percent(matrix.falseAlarmRate),
                    "of normal rows"
                )
            )
            cards.append(PageFigure("Precision", NumberText.percent(matrix.precision), "of alarms"))
            cards.append(
                PageFigure("F1", Self.figure(matrix.f1), "of precision and detection rate")
            )
        }
        body.addFigures(cards)
    }

    /// An interval before what else is said of a figure.
    private static func range(_ interval: ConfidenceInterval?) -> String {
        guard let interval else { return "" }
        return
            "\(figure(interval.lower)) to \(figure(interval.upper)) at \(NumberText.fixed(interval.confidence * 100, decimals: 0))\(NumberText.percentSign), "
    }

    private func addCurves(to body: inout Markup) {
        let charts = [("roc", rocChart), ("precision-recall", precisionRecallChart)]
        if charts.contains(where: { $1 != nil }) {
            body.raw("<section><h2>How well the scores separate</h2><div class=\"pair\">")
            for (name, chart) in charts {
                guard let chart else { continue }
                let unit = " data-curve=\"\(name)\" data-unit=\"\(chart.unitSquare())\""
                body.addChart(
                    chart.titled(.regular),
                    attributes: movableThreshold == nil ? "" : unit
                )
            }
            body.raw("</div></section>")
        }
    }

    private func addDistributions(to body: inout Markup) {
        let charts = [
            (histogramChart?.titled(.wide), nil), (costChart?.titled(.wide), nil),
            (pValueChart?.titled(.wide), pValueChart?.summary),
        ]
        for case (let chart?, let note) in charts {
            body.raw("<section class=\"wide\">")
            body.addChart(chart, heading: "h2")
            if let note { body.element("p", "class=\"note\"", note) }
            body.raw("</section>")
        }
    }

    private func addThresholds(to body: inout Markup) {
        guard !operatingPoints.isEmpty else { return }
        body.raw("<section><h2>Thresholds side by side</h2>\(thresholdTable())")
        body.element(
            "p",
            "class=\"note\"",
            "F1 is the harmonic mean of precision and detection rate. MCC is Matthews's correlation of verdicts and truth: 1 "
                + "without a mistake, 0 for guessing, and unlike F1 it counts normal rows too."
        )
        body.raw("</section>")
    }

    private func addRows(to body: inout Markup) {
        let lists = RowLists(of: self)
        guard hasLists else { return }
        for list in lists.shown {
            body.raw("<section>")
            body.element("h2", list.title(of: self))
            body.raw("\(lists.html(list))</section>")
        }
        body.raw("<script type=\"application/json\" id=\"rows\">\(lists.json)</script>")
    }

    private var hasLists: Bool { !RowLists(of: self).shown.isEmpty }

    private func addTraining(to body: inout Markup) {
        guard let chart = trainingChart?.titled(.wide) else { return }
        body.raw("<section class=\"wide\">")
        body.addChart(chart, heading: "h2")
        body.raw("</section>")
    }

    private func addModelCard(to body: inout Markup) {
        body.addSections(modelCard, title: "Model card")
    }
}
