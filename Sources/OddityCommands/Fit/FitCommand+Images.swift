internal import ArgumentParser
internal import OddityDetectors
internal import OddityFailures
internal import OddityFiles
internal import OddityImages
internal import OddityRecords

extension FitCommand: ImageFitting {
    var imagePath: String { train }

    /// Fits a detector to images.
    func fitImages() throws {
        if let option = labels.firstGiven
            ?? firstGiven(of: "--contamination", "--keep", "--reasons")
        {
            throw ValidationError("\(option) is for tables, and \(train) holds images")
        }
        if validation.labels != nil {
            throw ValidationError("--labels is for arrays of series, and \(train) holds images")
        }
        let settings = try imageDetector()
        try CommandFailure.reporting(file: train) {
            try checkOutputs()
            let collection = try ImageCollection(path: train, options: broken.options)
            let training = try collection.trainingImages
            try checkValidationImages()
            let survey = try training.survey(threadCount: threads.count)
            for line in ImageFitReport.understood(collection, training, survey) {
                Console.error(line)
            }
            let groups = try images.groups(of: training, foldCount: settings.folds)
            if let groups { Console.error(ImageFitReport.groups(groups)) }
            let progress = FitProgress(memberCount: settings.folds, showsAllEpochs: verbose)
            var (detector, skipped, findings) = try { () throws in
                defer { progress.finish() }
                return try fit(settings, to: training, groups, onProgress: progress.report)
            }()
            for image in skipped {
                Console.error(FitReport.line("skipped", "\(image.error)"))
            }
            detector.decisionRule = .falseAlarmRate(acceptedRate)
            detector.provenance.source = fileName(train)
            let lines = ImageFitReport.learned(detector)
            let chosen = try write(&detector, as: .images(detector))
            for line in lines + chosen { Console.error(line) }
            if let findings { try write(findings) }
            if output != "-" { Console.error(FitReport.line("model", output)) }
            if json { try Console.printText(OddityRecords.json(ImageModelSummary(detector))) }
        }
    }

    /// Fits to images, and judges them where that is asked for.
    private func fit(
        _ settings: ImageDetector,
        to training: ImageCollection,
        _ groups: [Int]?,
        onProgress: @escaping @Sendable (FittingProgress) -> Void
    ) throws -> (
        detector: FittedImageDetector, skipped: [SkippedImage], findings: ImageFindings?
    ) {
        let preparation = try images.preparation(options: broken.options)
        guard scores != nil else {
            let (detector, skipped) = try settings.fitted(
                to: training,
                preparation: preparation,
                groups: groups,
                threadCount: threads.count,
                onProgress: onProgress
            )
            return (detector, skipped, nil)
        }
        let findings = try settings.findings(
            in: training,
            preparation: preparation,
            groups: groups,
            rule: .falseAlarmRate(acceptedRate),
            threadCount: threads.count,
            onProgress: onProgress
        )
        return (findings.detector, findings.skipped, findings)
    }

    /// Writes what networks make of the images that they did not see.
    private func write(_ findings: ImageFindings) throws {
        guard let scores else { return }
        try found.form(in: scores).write(findings)
        tellScores(
            counted(findings.images.count, "image"),
            anomalyCount: findings.anomalyCount,
            judges: "networks that did not see it"
        )
    }
}
