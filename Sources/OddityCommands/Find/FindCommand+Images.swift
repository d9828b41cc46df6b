internal import ArgumentParser
internal import OddityDetectors
internal import OddityFiles
internal import OddityImages
internal import OddityRecords
internal import OddityReports

extension FindCommand: ImageFitting {
    var imagePath: String { data }

    /// Finds the odd images of a collection.
    func findInImages() throws {
        if let option = firstGiven(of: "--keep", "--contamination", "--reasons") {
            throw ValidationError("\(option) is for tables, and \(data) holds images")
        }
        let settings = try imageDetector()
        try CommandFailure.reporting(file: data) {
            try checkOutputs()
            let collection = try ImageCollection(path: data, options: broken.options)
            let survey = try collection.survey(threadCount: threads.count)
            for line in ImageFitReport.understood(
                collection,
                collection,
                survey,
                learnsGoodOnly: false
            ) { Console.error(line) }
            let groups = try images.groups(of: collection, foldCount: settings.folds)
            if let groups { Console.error(ImageFitReport.groups(groups)) }
            let progress = FitProgress(memberCount: settings.folds, showsAllEpochs: verbose)
            var findings = try { () throws in
                defer { progress.finish() }
                return try settings.findings(
                    in: collection,
                    preparation: images.preparation(options: broken.options),
                    groups: groups,
                    rule: .falseAlarmRate(falseAlarmRate ?? 0.01),
                    threadCount: threads.count,
                    onProgress: progress.report
                )
            }()
            findings.detector.provenance.source = fileName(data)
            for image in findings.skipped {
                Console.error(FitReport.line("skipped", "\(image.error)"))
            }
            try write(findings)
            try show(findings)
        }
    }

    private func write(_ findings: ImageFindings) throws {
        if let output { try found.form(in: output).write(findings) }
        try keep(findings.detector)
        guard report != nil else { return }
        var page = FindingsPage(unit: .image, rule: findings.detector.decisionRule)
        for image in findings.images {
            page.append(
                image.verdict.score,
                isAnomaly: image.verdict.isAnomaly,
                name: image.name
            )
        }
        try write(
            page,
            "each image judged by networks that did not see it",
            of: findings.detector,
            byChance: findings.expectedFalseAlarmCount,
            ModelCard(findings.detector)
        )
    }

    private func show(_ findings: ImageFindings) throws {
        Notices.show(findings.detector.unreachableRate)
        if output != "-" {
            let writer = try ImageScoreWriter(format: .table, path: "-")
            for image in findings.oddest(top) { try writer.write(image) }
            try writer.close()
        }
        tell(
            counted(findings.images.count, "image"),
            anomalyCount: findings.anomalyCount,
            of: findings.detector,
            byChance: findings.expectedFalseAlarmCount
        )
    }
}
