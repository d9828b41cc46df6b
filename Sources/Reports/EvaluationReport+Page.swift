import Evaluation

extension EvaluationReport {
    /// The report as one HTML file.
    public var html: String {
        var body = Markup()
        addHeader(to: &body)
        addFigures(to: &body)
        addCurves(to: &body)
        addThresholds(to: &body)
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
                    + "\(NumberText.count(matrix.anomalyCount)) anomalies "
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
        var cards: [(name: String, value: String, note: String)] = []
        if let roc {
            cards.append(("AUROC", Self.figure(roc.area), "chance 0.500"))
        }
        if let curve = precisionRecall {
            let chance = "chance \(Self.figure(curve.prevalence))"
            cards.append(("Average precision", Self.figure(curve.averagePrecision), chance))
        }
        if let matrix = own?.confusionMatrix {
            cards.append(("Detection rate", NumberText.percent(matrix.recall), "recall"))
            cards.append(
                ("False-alarm rate", NumberText.percent(matrix.falseAlarmRate), "of normal rows")
            )
            cards.append(("Precision", NumberText.percent(matrix.precision), "of alarms"))
            cards.append(("F1", Self.figure(matrix.f1), "harmonic mean"))
        }
        guard !cards.isEmpty else { return }
        body.raw("<dl class=\"cards\">")
        for card in cards {
            body.raw("<div>")
            body.element("dt", card.name)
            body.element("dd", "class=\"value\"", card.value)
            body.element("dd", "class=\"note\"", card.note)
            body.raw("</div>")
        }
        body.raw("</dl>")
    }

    private func addCurves(to body: inout Markup) {
        let charts = [rocChart?.titled(.regular), precisionRecallChart?.titled(.regular)].compactMap
        { $0 }
        if !charts.isEmpty {
            body.raw("<section><h2>How well the scores separate</h2><div class=\"pair\">")
            for chart in charts { Self.addFigure(chart, to: &body) }
            body.raw("</div></section>")
        }
        if let chart = histogramChart?.titled(.wide) {
            body.raw("<section class=\"wide\">")
            Self.addFigure(chart, heading: "h2", to: &body)
            body.raw("</section>")
        }
    }

    private static func addFigure(
        _ chart: (title: String, svg: String),
        heading: String = "h3",
        to body: inout Markup
    ) {
        body.raw("<figure><figcaption>")
        body.element(heading, chart.title)
        body.raw("</figcaption>\(chart.svg)</figure>")
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
        Self.addFigure(chart, heading: "h2", to: &body)
        body.raw("</section>")
    }

    private func addModelCard(to body: inout Markup) {
        let sections = modelCard.filter { !$0.entries.isEmpty }
        guard !sections.isEmpty else { return }
        body.raw("<section><h2>Model card</h2><div class=\"pair card\">")
        for section in sections {
            body.raw("<section>")
            body.element("h3", section.title)
            body.raw("<dl>")
            for entry in section.entries {
                body.raw("<div>")
                body.element("dt", Self.cut(entry.name))
                body.element("dd", Self.cut(entry.value))
                body.raw("</div>")
            }
            body.raw("</dl></section>")
        }
        body.raw("</div></section>")
    }
}

extension LineChart {
    /// The title and the picture for a page.
    fileprivate func titled(_ size: ChartFrame.Size) -> (title: String, svg: String) {
        (title, drawn(isStandalone: false, size: size))
    }
}

extension HistogramChart {
    /// The title and the picture for a page.
    fileprivate func titled(_ size: ChartFrame.Size) -> (title: String, svg: String) {
        (title, drawn(isStandalone: false, size: size))
    }
}
