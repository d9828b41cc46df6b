internal import ArgumentParser
internal import OddityDetectors
internal import OddityImages
internal import OddityRecords

extension ThresholdCommand {
    /// What labelled rows of a table get.
    func labeledRows(_ detector: FittedTableDetector) throws -> LabeledData {
        try CommandFailure.reporting(file: data) {
            try checkImages(data, areExpected: false, by: model)
            try checkOptionsForRows()
            var labels = Labels(column: try requiredLabel(), positive: truth.positive)
            var scores: [RowScore] = []
            try readRows(for: detector, reading.options()) { chunk in
                try labels.append(chunk, file: data)
                scores += try detector.scores(of: chunk, threadCount: threads.count)
            }
            try labels.checkPositive(file: data)
            return try LabeledData(source: fileName(data), scores: scores, labels: labels.values)
        }
    }

    /// What images get whose folders tell their kinds.
    func labeledImages(_ detector: FittedImageDetector) throws -> LabeledData {
        try CommandFailure.reporting(file: data) {
            try checkImages(data, areExpected: true, by: model)
            try checkOptionsForImages()
            let images = try EvaluatedImages(
                ImageCollection(path: data, options: broken.options).labeledImages,
                detector: detector,
                preparer: detector.storedPreparer(model),
                drawsStrips: false,
                threadCount: threads.count,
                onSkip: { Console.error("skipped: \($0.error)") }
            )
            return try LabeledData(
                source: fileName(data),
                scores: images.scores,
                labels: images.labels
            )
        }
    }

    /// What labelled steps of series get, those without a score left out.
    func labeledSeries(_ detector: FittedSeriesDetector) throws -> LabeledData {
        try CommandFailure.reporting(file: data) {
            try checkImages(data, areExpected: false, by: model)
            try checkOptionsForSeries()
            var truth = try SeriesLabels(self, for: detector)
            var source = try SeriesSource(
                data,
                for: detector,
                keeping: Set([truth.column].compactMap { $0 }),
                options: reading.options()
            )
            var scorer = SeriesScorer(detector)
            var steps: [RowScore?] = []
            while let chunk = try source.nextChunk() {
                try truth.append(chunk, file: data)
                steps += try scorer.scores(of: chunk, threadCount: threads.count).map {
                    $0.verdict?.score
                }
            }
            try truth.checkPositive(file: data)
            let labels = truth.values
            let scored = steps.indices.filter { steps[$0] != nil }
            return try LabeledData(
                source: fileName(data),
                scores: scored.compactMap { steps[$0] },
                labels: scored.map { labels[$0] }
            )
        }
    }
}
