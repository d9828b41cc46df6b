public import OddityDatasets
public import OdditySeries

/// Finds the odd steps of series that may be longer than memory: some rows that follow one another were learned from, and
/// all are judged, in their order.
///
///     let finder = try SeriesDetector().finder(learningFrom: latest, firstRow: 9_000_000)
///     var scorer = SeriesScorer(finder.detector)
///     while let chunk = try source.nextChunk() {
///         for row in try finder.rows(of: chunk, firstRow: chunk.firstRow, by: &scorer) where row.isAnomaly { … }
///     }
///
/// A step that was learned from is judged by the network that did not see its block: its p-value is its rank among all
/// such steps with a score. Other rows are judged like those of another file, and so are the first of those that were
/// learned from, which only served as the past of others.
public struct SeriesFinder: Sendable {
    /// What was learned.
    public var detector: FittedSeriesDetector
    /// The rows that were learned from, by their numbers in the series, counted from 0.
    public let learnedRows: Range<Int>
    /// Their scores among one another; nil for those that have none.
    private let scores: [RowScore?]
    /// How many of the first of them have none, as what came before them was not at hand.
    private let warmUpCount: Int

    init(_ fit: SeriesDetectorFit, firstRow: Int, rule: DecisionRule) {
        detector = fit.detector
        if rule != detector.decisionRule { detector.decisionRule = rule }
        let steps = fit.heldOutScores
        let scores = fit.series.steps.map { step in step.flatMap { steps[$0] } }
        warmUpCount = scores.firstIndex { $0 != nil } ?? scores.count
        self.scores = scores
        learnedRows = firstRow..<firstRow + scores.count
    }

    /// Judges the rows that come next.
    ///
    /// - Parameters:
    ///   - chunk: rows as ``SeriesScorer/scores(of:reasonCount:reasonsFor:expecting:threadCount:)`` takes them.
    ///   - firstRow: the number of the first of them in the series, counted from 0.
    ///   - scorer: what has judged the rows before them by ``detector``; at first a new one that does not adapt.
    ///   - reasonCount: the most columns to name for a row.
    ///   - threadCount: threads to use; the result does not depend on it.
    /// - Returns: what is said of each row; see ``SeriesSmoother`` for ranking them by what follows.
    /// - Throws: `SeriesError` or `PreparationError` if the rows do not fit.
    public func rows(
        of chunk: Table,
        firstRow: Int,
        by scorer: inout SeriesScorer,
        reasonCount: Int = 0,
        threadCount: Int = 1
    ) throws -> [SeriesScore] {
        try scorer.scores(of: chunk, reasonCount: reasonCount, threadCount: threadCount)
            .enumerated().map { place, row in
                let number = firstRow + place
                return learnedRows.contains(number) ? replacingScore(of: row, at: number) : row
            }
    }

    /// The same row with the score of a row that was learned from, or none.
    func replacingScore(of row: SeriesScore, at number: Int) -> SeriesScore {
        let place = number - learnedRows.lowerBound
        guard place >= warmUpCount else { return row }
        let score = scores[place]
        return SeriesScore(
            state: row.state,
            entity: row.entity,
            instant: row.instant,
            verdict: score.map { detector.verdict($0, reasons: row.reasons) },
            expected: row.expected,
            startsSegment: row.startsSegment,
            missingColumns: row.missingColumns,
            forgottenEntity: row.forgottenEntity
        )
    }
}

extension SeriesDetector {
    /// Fits to some rows of series that may hold odd steps, to judge all of them.
    ///
    /// All steps are learned from, each by all networks but one.
    ///
    /// - Parameters:
    ///   - table: the rows to learn from, as for a fit.
    ///   - firstRow: the number of the first of them in the series, counted from 0.
    ///   - options: where the time and the entity of a row are, and how flaws of series are met.
    ///   - file: named in errors.
    ///   - rule: when a step is called an anomaly; a false-alarm rate of 1 % by default.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each epoch of each member, from any thread; what it throws ends the fit.
    /// - Throws: like ``fitted(to:options:file:threadCount:onProgress:)``.
    public func finder(
        learningFrom table: Table,
        firstRow: Int = 0,
        options: SeriesOptions = SeriesOptions(),
        file: String = "the table",
        rule: DecisionRule = .falseAlarmRate(0.01),
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (FittingProgress) throws -> Void = { _ in }
    ) throws -> SeriesFinder {
        let fit = try fit(
            to: table,
            options: options,
            file: file,
            threadCount: threadCount,
            onProgress: onProgress
        )
        return SeriesFinder(fit, firstRow: firstRow, rule: rule)
    }
}
