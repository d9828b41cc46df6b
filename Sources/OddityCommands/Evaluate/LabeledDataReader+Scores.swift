internal import ArgumentParser
internal import OddityDatasets
internal import OddityDetectors
internal import OddityImages
internal import OddityRecords

extension LabeledDataReader {
    /// What a model makes of rows, images or steps, with labels where the options tell of any.
    func scored(by model: Model) throws -> ScoredData {
        try CommandFailure.reporting(file: data) {
            switch model {
            case .table(let detector): try scoredRows(by: detector)
            case .images(let detector): try scoredImages(by: detector)
            case .series(let detector): try scoredSteps(by: detector)
            }
        }
    }

    /// What the rows of a table get.
    ///
    /// - Parameter onRows: takes the rows of each piece, and which of them labels call anomalies.
    func scoredRows(
        by detector: FittedTableDetector,
        onRows: (Table, (Int) -> Bool) -> Void = { _, _ in }
    ) throws -> ScoredData {
        try checkImages(data, areExpected: false, by: model)
        try checkOptionsForRows()
        var labels = try rowLabels()
        var rate = timeColumn.map(RowRate.init(column:))
        let time = timeColumn.flatMap { detector.requiredSchema[$0] == nil ? $0 : nil }
        let kept = Set([labels?.requiredColumn, time].compactMap { $0 })
        var scores: [RowScore] = []
        try readRows(for: detector, keeping: kept, reading.options()) { chunk in
            try labels?.append(chunk, file: data)
            rate?.append(chunk)
            let first = scores.count
            onRows(chunk) { labels?.values[first + $0] ?? false }
            scores += try detector.scores(of: chunk, threadCount: threads.count)
        }
        try labels?.checkPositive(file: data)
        return ScoredData(
            source: fileName(data),
            scores: scores,
            labels: labels?.values,
            rowsPerDay: try rate?.perDay(file: data)
        )
    }

    /// What images get; of labelled folders those that are labelled.
    private func scoredImages(by detector: FittedImageDetector) throws -> ScoredData {
        try checkImages(data, areExpected: true, by: model)
        try checkOptionsForImages()
        let collection = try ImageCollection(path: data, options: broken.options)
        let images = try EvaluatedImages(
            collection.hasLabels || needsLabels ? collection.labeledImages : collection,
            detector: detector,
            preparer: detector.storedPreparer(model),
            drawsStrips: false,
            threadCount: threads.count,
            onSkip: { Console.error("skipped: \($0.error)") }
        )
        return ScoredData(
            source: fileName(data),
            scores: images.scores,
            labels: collection.hasLabels ? images.labels : nil
        )
    }

    /// What the steps of series get, those without a score left out.
    private func scoredSteps(by detector: FittedSeriesDetector) throws -> ScoredData {
        try checkImages(data, areExpected: false, by: model)
        try checkOptionsForSeries()
        var truth = try hasLabels ? SeriesLabels(self, for: detector) : nil
        var source = try SeriesSource(
            data,
            for: detector,
            keeping: Set([truth?.column].compactMap { $0 }),
            options: reading.options()
        )
        var scorer = SeriesScorer(detector, adaptation: adaptation)
        var steps: [RowScore?] = []
        while let chunk = try source.nextChunk() {
            try truth?.append(chunk, file: data)
            steps += try scorer.scores(of: chunk, threadCount: threads.count).map(\.judgedScore)
        }
        try truth?.checkPositive(file: data)
        let labels = truth?.values
        let scored = steps.indices.filter { steps[$0] != nil }
        return ScoredData(
            source: fileName(data),
            scores: scored.compactMap { steps[$0] },
            labels: labels.map { labels in scored.map { labels[$0] } }
        )
    }

    /// Whether the truth of series or tables is looked at.
    private var hasLabels: Bool {
        needsLabels || truth.label != nil || truth.labels != nil
    }
}
