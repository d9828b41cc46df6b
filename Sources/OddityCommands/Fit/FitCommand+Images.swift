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
        if let option = labels.firstGiven ?? firstGiven(of: "--contamination") {
            throw ValidationError("\(option) is for tables, and \(train) holds images")
        }
        let settings = try imageDetector()
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
            if json { try Console.printText(OddityRecords.json(ImageModelSummary(detector))) }
        }
    }
}
