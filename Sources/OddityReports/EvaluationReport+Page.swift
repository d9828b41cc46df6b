import OddityEvaluation

extension EvaluationReport {
    /// The report as one HTML file.
    public var html: String {
        var body = Markup()
        addHeader(to: &body)
        addFigures(to: &body)
        if let series { body.addSeries(series) }
        addCurves(to: &body)
        addThresholds(to: &body)
        for section in images { body.addImages(section) }
        addRows(to: &body)
        addTraining(to: &body)
        addModelCard(to: &body)
        body.raw("<footer><p>Made by Oddity. A higher score is odder; a row is called an anomaly ")
        body.raw(
            "when its score is at least the threshold. Thresholds chosen on these labels look "
        )
        body.raw("better here than they will on new rows.</p></footer>")
        return HTMLPage(title: title, body: body.text).text
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
            cards.append(PageFigure("AUROC", Self.figure(roc.area), "chance 0.500"))
        }
        if let curve = precisionRecall {
            let chance = "chance \(Self.figure(curve.prevalence))"
            cards.append(
                PageFigure("Average precision", Self.figure(curve.averagePrecision), chance)
            )
        }
        if let matrix = own?.confusionMatrix {
            cards.append(PageFigure("Detection rate", NumberText.percent(matrix.recall), "recall"))
            cards.append(
                PageFigure(
                    "False-alarm rate",
                    NumberText.percent(matrix.falseAlarmRate),
                    "of normal rows"
                )
            )
            cards.append(PageFigure("Precision", NumberText.percent(matrix.precision), "of alarms"))
            cards.append(PageFigure("F1", Self.figure(matrix.f1), "harmonic mean"))
        }
        body.addFigures(cards)
    }

    private func addCurves(to body: inout Markup) {
        let charts = [rocChart?.titled(.regular), precisionRecallChart?.titled(.regular)].compactMap
        { $0 }
        if !charts.isEmpty {
            body.raw("<section><h2>How well the scores separate</h2><div class=\"pair\">")
            for chart in charts { body.addChart(chart) }
            body.raw("</div></section>")
        }
        if let chart = histogramChart?.titled(.wide) {
            body.raw("<section class=\"wide\">")
            body.addChart(chart, heading: "h2")
            body.raw("</section>")
        }
    }

    private func addThresholds(to body: inout Markup) {
        guard !operatingPoints.isEmpty else { return }
        body.raw("<section><h2>Thresholds side by side</h2>\(thresholdTable())</section>")
    }

    private func addRows(to body: inout Markup) {
        for (title, rows) in [
            ("The oddest rows", oddestRows), ("False alarms", falseAlarms),
            ("Missed anomalies", missedAnomalies),
        ] where !rows.isEmpty {
            body.raw("<section>")
            body.element("h2", title)
            body.raw(Self.rowTable(rows, label: title))
            body.raw("</section>")
        }
    }

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
