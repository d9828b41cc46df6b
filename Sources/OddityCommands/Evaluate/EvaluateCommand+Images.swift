internal import ArgumentParser
internal import OddityDetectors
internal import OddityEvaluation
internal import OddityImages
internal import OddityRecords
internal import OddityReports

extension EvaluateCommand {
    /// Judges a model on images whose folders tell their kinds.
    func evaluateImages(_ detector: FittedImageDetector) throws {
        try checkOptionsForImages()
        if let option = firstGiven(of: "--by", "--baselines", "--keep") {
            throw ValidationError("\(option) is for tables, and \(data) holds images")
        }
        var detector = detector
        decision.apply(to: &detector.decisionRule)
        Notices.show(detector.unreachableRate)
        let images = try EvaluatedImages(
            ImageCollection(path: data, options: broken.options).labeledImages,
            detector: detector,
            preparer: detector.storedPreparer(model),
            drawsStrips: outputs.report != nil,
            threadCount: threads.count,
            onSkip: { Console.error("skipped: \($0.error)") }
        )
        let rule = detector.decisionRule
        let scores = try LabeledScores(
            scores: images.scores.map(rule.measure(of:)),
            labels: images.labels
        )
        var monitor = ShiftMonitor(detector)
        monitor.add(zip(images.scores, images.labels).filter { !$1 }.map(\.0))
        Notices.show(monitor.shift, by: detector, model: model, areNormal: true)
        var page = try EvaluationReport(
            title: "\(fileName(model)) on \(fileName(data))",
            subtitle: "\(counted(scores.count, "image")), "
                + counted(scores.anomalyCount, "anomaly", "anomalies"),
            scores: scores,
            threshold: detector.threshold,
            thresholdNote: "\(rule)",
            costFalseAlarm: costs.ofFalseAlarm,
            costMiss: costs.ofMiss
        )
        page.normalPValues = zip(images.scores, images.labels).filter { !$1 }.map(\.0.pValue)
        page.trainingCurves = detector.histories.map(TrainingCurve.init(ofMember:))
            .filter { !$0.training.isEmpty }
        var written: [String] = []
        if outputs.isGiven {
            page.unit = "image"
            page.images = images.sections
            (page.oddestRows, page.falseAlarms, page.missedAnomalies) = images.rows(by: detector)
            page.movableThreshold?.measure =
                detector.decisionRule.thresholdMeasure == .error ? "error" : "score"
            page.modelCard = [ModelCardSection(monitor.shift)] + ModelCard(detector).sections
            written = try outputs.write(page)
        }
        var summary = try EvaluationSummary(
            page,
            scores,
            nil,
            pixels: images.pixels,
            shift: monitor.shift,
            of: "image"
        )
        summary.tops = try top.map { try EvaluationSummary.tops($0.values, of: scores) }
        summary.comparison = try otherModel(
            images.scores.map(rule.measure(of:)),
            images.labels
        )
        try json
            ? Console.printText(OddityRecords.json(summary)) : Console.print(summary.lines)
        for line in written { Console.error(line) }
        try suggestThreshold(on: scores, for: detector, of: "image")
    }
}
