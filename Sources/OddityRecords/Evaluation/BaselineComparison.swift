package import OddityDatasets
package import OddityDetectors
internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityPreprocessing
package import OddityReports

/// Simple detectors that learn from the same rows as the model, to see whether its networks earn their keep.
package final class BaselineComparison {
    /// How well one of them ranks the rows.
    package struct Result: Encodable {
        package let name: String
        /// Null where all rows are of one class.
        package let auroc, averagePrecision: OrNull<Double>
    }

    private let preparer: TablePreparer
    private let threadCount: Int
    private let detectors: [(name: String, fitted: any FittedBaseline)]
    private var scores: [[Double]]

    /// Fits the baselines to the rows that the model was trained on.
    ///
    /// - Parameter path: the training rows.
    package init(
        of detector: FittedTableDetector,
        path: String,
        options: ReadingOptions,
        threadCount: Int
    ) throws {
        preparer = detector.preparer
        self.threadCount = threadCount
        let table = try Table.reading(
            path: path,
            schema: detector.requiredSchema,
            options: options
        )
        let rows = try preparer.applied(to: table).features
        let seed = detector.configuration.seed
        detectors = try Baselines.standard.map { baseline in
            (
                baseline.name,
                try baseline.fitted(to: rows, seed: seed, threadCount: threadCount)
            )
        }
        scores = detectors.map { _ in [] }
    }

    /// Fits row-wise baselines to the rows that a model of series was trained on.
    ///
    /// They see each row by itself: what they miss is what only time tells.
    ///
    /// - Parameter path: the training rows.
    package init(
        ofRowsOf detector: FittedSeriesDetector,
        path: String,
        options: ReadingOptions,
        threadCount: Int
    ) throws {
        preparer = detector.preparer
        self.threadCount = threadCount
        var source = try SeriesSource(path, for: detector, options: options)
        var chunks: [Matrix] = []
        while let chunk = try source.nextChunk() {
            chunks.append(try preparer.applied(to: chunk).features)
        }
        let rows = Matrix(
            rowCount: chunks.reduce(0) { $0 + $1.rowCount },
            columnCount: preparer.featureCount,
            elements: chunks.flatMap(\.elements)
        )
        let seed = detector.configuration.seed
        let baselines: [any BaselineDetector] = [
            RowDeviation(), PCAReconstruction(), IsolationForest(),
        ]
        detectors = try baselines.map { baseline in
            (
                "\(baseline.name), row by row",
                try baseline.fitted(to: rows, seed: seed, threadCount: threadCount)
            )
        }
        scores = detectors.map { _ in [] }
    }

    /// Scores the rows of a chunk.
    package func append(_ chunk: Table) throws {
        let rows = try preparer.applied(to: chunk).features
        for (index, detector) in detectors.enumerated() {
            scores[index] += try detector.fitted.scores(of: rows, threadCount: threadCount)
        }
    }

    /// How well each ranks the rows, in the order of the baselines.
    ///
    /// - Parameter places: the rows that count; nil for all.
    package func results(labels: [Bool], at places: [Int]? = nil) throws -> [Result] {
        try zip(detectors, scores).map { detector, scores in
            let judged = try LabeledScores(
                scores: places.map { $0.map { scores[$0] } } ?? scores,
                labels: places.map { $0.map { labels[$0] } } ?? labels
            )
            let isJudged = judged.anomalyCount > 0 && judged.normalCount > 0
            return Result(
                name: detector.name,
                auroc: OrNull(isJudged ? try ROCCurve(judged).area : nil),
                averagePrecision: OrNull(
                    isJudged ? try PrecisionRecallCurve(judged).averagePrecision : nil
                )
            )
        }
    }
}

extension ModelCardSection {
    /// The model and the baselines side by side.
    package init(_ results: [BaselineComparison.Result], of report: EvaluationReport) {
        let own = BaselineComparison.Result(
            name: "this model",
            auroc: OrNull(report.roc?.area),
            averagePrecision: OrNull(report.precisionRecall?.averagePrecision)
        )
        self.init(
            title: "Beside simple detectors",
            entries: ([own] + results).map { result in
                Entry(
                    name: result.name,
                    value: "AUROC \(decimals(result.auroc.value, 4)), average precision "
                        + decimals(result.averagePrecision.value, 4)
                )
            }
        )
    }
}
