internal import ArgumentParser
internal import OddityDetectors
internal import OddityImages
internal import OddityRecords
internal import OddityReports

extension ScoreCommand {
    /// Scores images, some at a time.
    func scoreImages(_ detector: FittedImageDetector) throws {
        if let option = reading.firstGiven ?? badRows.firstGiven ?? choice.firstGiven
            ?? firstGiven(of: "--reasons", "--reasons-for")
        {
            throw ValidationError("\(option) is for tables, and \(data) holds images")
        }
        try refuseEvents()
        var detector = detector
        decision.apply(to: &detector.decisionRule)
        let preparer = try detector.storedPreparer(model)
        let collection = try ImageCollection(path: data, options: broken.options)
        try discoveries.apply(to: &detector) { detector in
            try collection.chunks(of: preparer.suggestedChunkSize).flatMap { range in
                let batch = try preparer.applied(
                    to: collection,
                    in: range,
                    threadCount: threads.count
                )
                return try detector.scores(of: batch, threadCount: threads.count).map(\.pValue)
            }
        }
        discoveries.showReach(of: detector)
        let writer = try ImageScoreWriter(format: format, path: output ?? "-")
        let strips = try maps.map { try HeatMapWriter(folder: $0, detector: detector) }
        var monitor = ShiftMonitor(detector)
        var page = report.map { _ in FindingsPage(unit: .image, rule: detector.decisionRule) }
        for range in collection.chunks(of: preparer.suggestedChunkSize) {
            let batch = try preparer.applied(
                to: collection,
                in: range,
                threadCount: threads.count
            )
            let scores = try detector.scores(of: batch, threadCount: threads.count)
            monitor.add(scores)
            for (image, score) in zip(batch.images, scores) {
                try writer.write(
                    score,
                    isAnomaly: detector.isAnomaly(score),
                    number: image.index + 1,
                    name: collection.name(at: image.index)
                )
                page?.append(
                    score,
                    isAnomaly: detector.isAnomaly(score),
                    name: collection.name(at: image.index)
                )
            }
            for image in batch.skipped { Console.error("skipped: \(image.error)") }
            try strips?.write(
                batch,
                scores: scores,
                names: collection.name(at:),
                threadCount: threads.count
            )
            try writer.flush()
        }
        try writer.close()
        try write(page, of: detector, ModelCard(detector).sections, monitor.shift)
        Notices.show(monitor.shift, by: detector, model: model)
        Console.error(
            "\(counted(writer.count, "image")), "
                + "\(counted(writer.anomalyCount, "anomaly", "anomalies")) "
                + "(\(discoveries.text(detector)))"
                + (strips.map { "; \(counted($0.count, "strip")) in \(maps ?? "")" } ?? "")
        )
    }
}

extension FittedImageDetector {
    /// How images become its rows.
    func storedPreparer(_ model: String) throws -> ImagePreparer {
        guard let preparer else {
            throw MisplacedFile(
                description:
                    "\(model): this model was fitted to numbers in a program, and does not know "
                    + "how to prepare images; fit it anew from the images"
            )
        }
        return preparer
    }
}
