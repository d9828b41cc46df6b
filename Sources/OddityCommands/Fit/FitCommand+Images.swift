internal import ArgumentParser
internal import OddityDetectors
internal import OddityFiles
internal import OddityImages

extension FitCommand {
    /// Fits a detector to images.
    func fitImages() throws {
        if let option = columns.firstGiven ?? labels.firstGiven ?? reading.firstGiven
            ?? network.firstGivenForTables ?? (contamination == nil ? nil : "--contamination")
        {
            throw ValidationError("\(option) is for tables, and \(train) holds images")
        }
        var configuration = ImageDetector()
        configuration.seed = network.seed
        if let folds = network.folds { configuration.folds = folds }
        try imageNetwork.apply(to: &configuration, isConvolutional: network.variant.isConvolutional)
        let settings = configuration
        try CommandFailure.reporting(file: train) {
            try OutputFile.checkCanWrite(to: output)
            let collection = try ImageCollection(path: train, options: broken.options)
            let training = try collection.trainingImages
            let survey = try training.survey(threadCount: threads.count)
            for line in ImageFitReport.understood(collection, training, survey) {
                Console.error(line)
            }
            let progress = FitProgress(memberCount: settings.folds, showsAllEpochs: verbose)
            var (detector, skipped) = try { () throws in
                defer { progress.finish() }
                return try settings.fitted(
                    to: collection,
                    preparation: images.preparation(options: broken.options),
                    threadCount: threads.count,
                    onProgress: progress.report
                )
            }()
            for image in skipped {
                Console.error(FitReport.line("skipped", "\(image.error)"))
            }
            detector.decisionRule = .falseAlarmRate(acceptedRate)
            detector.provenance.source = fileName(train)
            try detector.write(to: output)
            for line in ImageFitReport.learned(detector) { Console.error(line) }
            if output != "-" { Console.error(FitReport.line("model", output)) }
            if json { try Console.printText(OddityCommands.json(ImageModelSummary(detector))) }
        }
    }
}

/// What `oddity fit` tells a person about images.
enum ImageFitReport {
    /// What was understood of the data.
    static func understood(
        _ collection: ImageCollection,
        _ training: ImageCollection,
        _ survey: ImageSurvey
    ) -> [String] {
        let sizes =
            survey.commonSize.map { "\($0)" }
            ?? "of \(survey.counts.count) sizes, about \(survey.medianSize)"
        var lines = [
            FitReport.line(
                "data",
                "\(collection.path): \(counted(training.count, "image")), \(sizes), "
                    + (survey.hasColor ? "in color" : "grey")
            )
        ]
        if collection.hasLabels {
            let others = collection.count - training.count
            lines.append(
                FitReport.line(
                    "labels",
                    "folders tell kinds: only good images are learned from"
                        + (others > 0 ? ", \(grouped(others)) others are left out" : "")
                )
            )
        }
        return lines
    }

    /// What was learned.
    static func learned(_ detector: FittedImageDetector) -> [String] {
        let shape = detector.shape
        var lines = [
            FitReport.line(
                "network",
                "\(shape.width) × \(shape.height) pixels, \(counted(detector.memberCount, "member")), "
                    + "\(counted(detector.parameterCount, "parameter")) each"
            ),
            FitReport.line(
                "alignment",
                "\(decimals(detector.alignment, 2)): "
                    + (detector.alignment > 0.2
                        ? "images show the same thing in the same place"
                        : "images are textures, judged by their parts more than as a whole")
            ),
            FitReport.line(
                "calibration",
                "\(counted(detector.heldOut.count, "held-out image")); anomaly when "
                    + "\(detector.decisionRule)"
            ),
        ]
        if detector.configuration.pixelNetwork != .dense {
            let pixels = detector.configuration.pixelText(shape)
            lines.insert(FitReport.line("pixels", pixels), at: 1)
        }
        if detector.configuration.measures == .pixels {
            lines.removeAll { $0.hasPrefix("alignment") }
        }
        if let warning = detector.unreachableRate {
            lines.append(
                FitReport.line(
                    "warning",
                    "\(warning.text). \(warning.remedy("images"))"
                )
            )
        }
        return lines
    }
}
