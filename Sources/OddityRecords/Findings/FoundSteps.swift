internal import OddityDatasets
package import OddityDetectors
internal import OddityReports

/// What is told of all rows of series that were learned from, gathered part by part: a file of scores, a page, and the
/// oddest rows for a person.
package struct FoundSteps {
    /// The number of rows that were judged.
    package private(set) var rowCount = 0
    /// The number of them that are called anomalies.
    package private(set) var anomalyCount = 0
    /// What became of rows without a score.
    package private(set) var states = SeriesStates()
    /// The page; nil where none is made.
    package private(set) var page: FindingsPage?
    private var scoredCount = 0
    private let detector: FittedSeriesDetector
    private let writer: ScoreWriter?
    private var choice: RowChoice

    /// - Parameters:
    ///   - detector: what was learned.
    ///   - writer: where all rows are written; nil for nowhere.
    ///   - makesPage: whether to make a page.
    ///   - top: how many of the oddest rows are kept for a person.
    package init(
        by detector: FittedSeriesDetector,
        writer: ScoreWriter? = nil,
        makesPage: Bool = false,
        top: Int = 0
    ) {
        self.detector = detector
        self.writer = writer
        page = makesPage ? FindingsPage(unit: .step, rule: detector.decisionRule) : nil
        choice = RowChoice(limit: top)
    }

    /// The oddest rows, of equal ones the first first.
    package var oddest: [ScoredLine] { choice.rest }

    /// How many would be called anomalies if all were normal; nil where they are not judged by a rate.
    package var expectedFalseAlarmCount: Double? {
        detector.decisionRule.expectedFalseAlarmCount(of: scoredCount)
    }

    /// Takes all rows, and closes the file.
    package mutating func add(_ findings: SeriesFindings) throws {
        try add(findings.rows)
        try writer?.close()
    }

    /// Judges all rows of a series of which some were learned from, and closes the file.
    ///
    /// - Parameters:
    ///   - source: the rows.
    ///   - finder: what judges them.
    ///   - smoother: ranks them by what follows.
    ///   - reasonCount: the most columns to name for a row.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: gets the number of rows that were judged, part by part.
    /// - Throws: ``DatasetError`` if a row cannot be read, and what writing throws.
    package mutating func add(
        _ source: SeriesSource,
        judgedBy finder: SeriesFinder,
        smoother: SeriesSmoother<SeriesScore>,
        reasonCount: Int,
        threadCount: Int,
        onProgress: (Int) -> Void = { _ in }
    ) throws {
        var (source, smoother) = (source, smoother)
        var scorer = SeriesScorer(finder.detector)
        var judgedCount = 0
        while let chunk = try source.nextChunk() {
            let rows = try finder.rows(
                of: chunk,
                firstRow: judgedCount,
                by: &scorer,
                reasonCount: reasonCount,
                threadCount: threadCount
            )
            judgedCount += rows.count
            try add(rows.flatMap { smoother.take($0, $0) }.map { $0.item.ranked(by: $0.score) })
            onProgress(judgedCount)
        }
        try add(smoother.finish().map { $0.item.ranked(by: $0.score) })
        try writer?.close()
    }

    private mutating func add(_ rows: [SeriesScore]) throws {
        try writer?.write(rows, firstRow: rowCount)
        states.add(rows)
        let keys = detector.scoreKeys
        for (place, row) in rows.enumerated() {
            let number = rowCount + place
            if row.isAnomaly { anomalyCount += 1 }
            guard let score = row.score else { continue }
            scoredCount += 1
            page?.append(
                score,
                judged: row.judgedScore,
                isAnomaly: row.isAnomaly,
                reasons: row.reasons,
                name: row.name(row: number, keys)
            )
            if choice.mayTake(score.score) {
                _ = choice.taken(ScoredLine(row, row: number, keys: keys))
            }
        }
        rowCount += rows.count
    }
}
