internal import ArgumentParser
internal import Detectors
internal import Evaluation
internal import Images
internal import Reports

extension EvaluateCommand {
    /// Judges a model on pictures whose folders tell their kinds.
    func evaluatePictures(_ detector: FittedImageDetector) throws {
        let given = [
            ("--label", label), ("--labels", labels), ("--positive", positive),
            ("--baselines", baselines),
        ]
        if let option = reading.firstGiven ?? given.first(where: { $0.1 != nil })?.0 {
            throw ValidationError("\(option) is for tables, and \(data) holds pictures")
        }
        var detector = detector
        decision.apply(to: &detector.decisionRule)
        Notices.show(detector.unreachableRate)
        let pictures = try EvaluatedPictures(
            ImageCollection(path: data, options: broken.options).labeledPictures,
            detector: detector,
            preparer: detector.storedPreparer(model),
            drawsStrips: report != nil,
            threadCount: threads.count
        )
        let rule = detector.decisionRule
        let scores = try LabeledScores(
            scores: pictures.scores.map(rule.measure(of:)),
            labels: pictures.labels
        )
        var page = try EvaluationReport(
            title: "\(fileName(model)) on \(fileName(data))",
            subtitle: "\(counted(scores.count, "picture")), "
                + counted(scores.anomalyCount, "anomaly", "anomalies"),
            scores: scores,
            threshold: rule.threshold(calibrationRowCount: detector.calibrationPictureCount),
            thresholdNote: "\(rule)",
            costFalseAlarm: costFalseAlarm,
            costMiss: costMiss
        )
        if let report {
            page.pictures = pictures.sections
            page.modelCard = ModelCard(detector).sections
            try write(page, to: report)
        }
        let summary = EvaluationSummary(page, scores, nil, pixels: pictures.pixels, of: "picture")
        try Console.print(json ? [OddityCommands.json(summary)] : summary.lines)
        if let report { Console.error(FitReport.line("report", report)) }
    }
}
