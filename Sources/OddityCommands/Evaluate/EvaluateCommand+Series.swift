internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityEvaluation
internal import OddityRecords
internal import OddityReports

extension EvaluateCommand {
    /// Judges a model on labelled series.
    func evaluateSeries(_ detector: FittedSeriesDetector, _ options: ReadingOptions) throws {
        try checkOptionsForSeries()
        if let option = firstGiven(of: "--by", "--compare", "--keep", "--top") {
            throw ValidationError(
                "\(option) is for rows that stand alone, and the steps of a series depend on one another"
            )
        }
        var detector = detector
        decision.apply(to: &detector.decisionRule)
        var truth = try SeriesLabels(self, for: detector)
        let comparison = try baselines.map {
            try BaselineComparison(
                ofRowsOf: detector,
                path: $0,
                options: options,
                threadCount: threads.count
            )
        }
        let rule = try detector.alarmRule()
        let rows = try evaluated(detector, &truth, rule, options, comparison)
        rows.pace.warning.map(Console.error)
        rows.states.note.map(Console.error)
        try truth.checkPositive(file: data)
        let labels = truth.values
        let judged = try JudgedSeries(rows, labels: labels, rule: rule, detector)

        let scored = rows.rows.indices.filter { rows.rows[$0].measure != nil }
        let scores = try LabeledScores(
            scores: scored.compactMap { rows.rows[$0].measure },
            labels: scored.map { labels[$0] }
        )
        let shift = rows.monitor.shift
        Notices.show(shift, by: detector, model: model, areNormal: true)
        let compared = try comparison?.results(labels: labels, at: scored)
        var page = try EvaluationReport(
            title: "\(fileName(model)) on \(fileName(data))",
            subtitle: "\(counted(judged.truth.rowCount, "row"))\(rows.states.text); "
                + "\(counted(judged.truth.anomalyCount, "anomalous row")) in "
                + counted(judged.truth.events.count, "event"),
            scores: scores,
            threshold: detector.threshold,
            thresholdNote: "\(detector.decisionRule)",
            costFalseAlarm: costs.ofFalseAlarm,
            costMiss: costs.ofMiss,
            hasIntervals: false
        )
        page.normalPValues = rows.normalPValues
        page.trainingCurves = detector.histories.map(TrainingCurve.init(ofMember:))
        let summary = SeriesEvaluationSummary(
            judged,
            rule: rule,
            ofRows: try EvaluationSummary(page, scores, compared, shift: shift, of: "scored row"),
            ranking: try rows.ranking(labels: labels),
            states: rows.states.text
        )
        var written: [String] = []
        if outputs.isGiven {
            page.drift = shift.drift
            page.series = SeriesSection(judged, rows, summary, rule)
            page.modelCard = [ModelCardSection(shift)] + ModelCard(detector).sections
            if let compared {
                page.modelCard.insert(ModelCardSection(compared, of: page), at: 0)
            }
            written = try outputs.write(page)
        }
        try json
            ? Console.printText(OddityRecords.json(summary)) : Console.print(summary.lines)
        for line in written { Console.error(line) }
        try suggestThreshold(on: scores, for: detector)
    }

    private func evaluated(
        _ detector: FittedSeriesDetector,
        _ truth: inout SeriesLabels,
        _ rule: AlarmRule?,
        _ options: ReadingOptions,
        _ comparison: BaselineComparison?
    ) throws -> EvaluatedSeries {
        var source = try SeriesSource(
            data,
            for: detector,
            keeping: Set([truth.column].compactMap { $0 }),
            options: options
        )
        Notices.show(extraColumns: source.extraColumns)
        Notices.show(detector.unreachableRate)
        var rows = EvaluatedSeries(
            detector,
            drawsChannels: outputs.isGiven,
            reasonFloor: rule?.closeThreshold ?? .infinity,
            delay: smoothing.delay(for: detector),
            smoothing: smoothing.method
        )
        var scorer = SeriesScorer(detector, adaptation: following.adaptation)
        while let chunk = try source.nextChunk() {
            try truth.append(chunk, file: data)
            let scores = try scorer.scores(
                of: chunk,
                reasonCount: outputs.isGiven ? min(8, detector.columnCount) : 0,
                expecting: rows.expectedColumns,
                threadCount: threads.count
            )
            rows.append(scores, chunk, labels: truth.values)
            try comparison?.append(chunk)
        }
        rows.finish()
        return rows
    }
}
