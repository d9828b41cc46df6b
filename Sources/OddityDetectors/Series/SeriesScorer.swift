public import OddityDatasets
internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityPlatform
internal import OddityPreprocessing
internal import OdditySeries

/// Scores the rows of series as they come.
///
/// It remembers of each series what the detector looks back at. A row's score depends on the rows of its
/// series before it, and not on how rows are cut into chunks or on the number of threads: a stream and a
/// file get the same scores, bit for bit.
///
/// With an adaptation it follows series that move away from the training, see ``SeriesAdaptation``.
///
///     var scorer = SeriesScorer(detector, adaptation: .fast)
///     for chunk in chunks {
///         for row in try scorer.scores(of: chunk) { … }
///     }
public struct SeriesScorer: Sendable {
    /// What scores the rows.
    public let detector: FittedSeriesDetector
    /// How quickly verdicts follow the series.
    public let adaptation: SeriesAdaptation
    private var tracker: SeriesTracker
    /// For each view.
    private var workspaces: [SeriesWorkspaces]
    private var past: DetectorPast
    /// Of each series what it is measured against; empty where series are not followed.
    private var levels: [SeriesLevel] = []
    /// Of each series the last step that was scored, for rows that bring none.
    private var lastSteps: [StepScore?] = []

    fileprivate struct StepScore: Codable, Sendable {
        var score: RowScore?
        /// What it ranks by, where that is not the score.
        var rank: Double?
        var reasons: [Reason]
        var expected: [ExpectedValue?]?
        /// Its score against the present level.
        var adapted: RowScore?
    }

    /// Begins with series of which nothing was seen.
    ///
    /// - Parameters:
    ///   - detector: what scores the steps.
    ///   - adaptation: how quickly verdicts follow the series; not at all by default.
    public init(_ detector: FittedSeriesDetector, adaptation: SeriesAdaptation = .off) {
        self.detector = detector
        self.adaptation = adaptation
        tracker = SeriesTracker(options: detector.options, clock: detector.clock)
        workspaces = detector.makeWorkspaces()
        past = DetectorPast(detector)
    }

    /// Scores the next rows.
    ///
    /// - Parameters:
    ///   - chunk: rows with the columns of ``FittedSeriesDetector/requiredSchema`` and
    ///     ``FittedSeriesDetector/keyColumns``, in the order in which they came; others are ignored.
    ///   - reasonCount: the most columns to name for a row.
    ///   - reasonedRows: which rows to name columns for.
    ///   - columns: the columns to tell the expected values of, see ``SeriesScore/expected``.
    ///   - threadCount: threads to use.
    /// - Returns: for each row what became of it.
    /// - Throws: `SeriesError` or `PreparationError` if the rows do not fit; then nothing was taken.
    public mutating func scores(
        of chunk: Table,
        reasonCount: Int = 0,
        reasonsFor reasonedRows: ReasonedRows = .all,
        expecting columns: [String] = [],
        threadCount: Int = 1
    ) throws -> [SeriesScore] {
        var next = tracker
        let tracked = try next.track(chunk.columns(for: detector))
        let preparer = detector.preparer
        // A copy of this scorer may be at work on another thread.
        if !isKnownUniquelyReferenced(&workspaces[0]) { workspaces = detector.makeWorkspaces() }
        let judged = try detector.judged(
            tracked.steps,
            tracked.values,
            past: &past,
            workspaces: workspaces,
            threadCount: threadCount
        )
        tracker = next
        let adapted = adapted(judged, tracked)
        let sources = preparer.columns.map { tracked.values[$0.name] }
        let places = columns.map(detector.place(ofNumericColumn:))
        var steps: [StepScore] = []
        steps.reserveCapacity(tracked.steps.count)
        for step in tracked.steps.indices {
            let score = judged.scores[step]
            let own = adapted.scores.isEmpty ? nil : adapted.scores[step]
            let hasReasons =
                reasonCount > 0
                && (own ?? score).map { reasonedRows == .all || detector.isAnomaly($0) } ?? false
            steps.append(
                StepScore(
                    score: score,
                    rank: judged.ranks.isEmpty || score == nil ? nil : judged.ranks[step],
                    reasons: hasReasons ? reasons(judged, step, sources, reasonCount) : [],
                    expected: places.isEmpty || score == nil
                        ? nil : detector.expectedValues(ofStep: step, in: judged, at: places),
                    adapted: own
                )
            )
        }
        var starts: Set<Int> = []
        return tracked.rows.map { row in
            var found: StepScore?
            if row.forgottenEntity != nil, let entity = row.entity, entity < lastSteps.count {
                lastSteps[entity] = nil
            }
            if let entity = row.entity, row.state == .usable {
                while lastSteps.count <= entity { lastSteps.append(nil) }
                if let step = row.step { lastSteps[entity] = steps[step] }
                found = lastSteps[entity]
            }
            return SeriesScore(
                state: row.state,
                entity: detector.options.entityColumn == nil
                    ? nil : row.entity.map { tracker.entities[$0] },
                instant: row.instant,
                verdict: found.flatMap(verdict),
                expected: found?.expected ?? [],
                // On a grid several rows may lead to one step.
                startsSegment: row.step.map {
                    tracked.steps[$0].placement == .starts && starts.insert($0).inserted
                } ?? false,
                missingColumns: row.missingColumns,
                forgottenEntity: row.forgottenEntity,
                adapted: found.flatMap { $0.adapted ?? ($0.rank == nil ? nil : $0.score) },
                unadapted: found?.adapted == nil ? nil : found?.score,
                startsLevel: row.step.map { adapted.levelStarts.contains($0) } ?? false
            )
        }
    }

    /// What steps score against the present level of their series; nothing where series are not followed.
    private mutating func adapted(
        _ judged: JudgedSteps,
        _ tracked: TrackedChunk
    ) -> (scores: [RowScore?], levelStarts: Set<Int>) {
        guard adaptation != .off else { return ([], []) }
        let rule = SeriesLevelRule(
            adaptation,
            detector.layout,
            tailScale: detector.views[0].calibration.score.tailScale
        )
        var scores: [RowScore?] = []
        scores.reserveCapacity(tracked.steps.count)
        var levelStarts: Set<Int> = []
        func take(_ index: Int) {
            let step = tracked.steps[index]
            while levels.count <= step.entity { levels.append(SeriesLevel()) }
            guard let score = judged.scores[index] else {
                scores.append(nil)
                return
            }
            let outcome = levels[step.entity].take(score.score, step.placement, rule)
            if outcome.startsLevel { levelStarts.insert(index) }
            scores.append(detector.replacing(score, by: outcome.score))
        }
        for row in tracked.rows {
            if row.forgottenEntity != nil, let entity = row.entity, entity < levels.count {
                levels[entity] = SeriesLevel()
            }
            guard let last = row.step else { continue }
            while scores.count <= last { take(scores.count) }
        }
        while scores.count < tracked.steps.count { take(scores.count) }
        return (scores, levelStarts)
    }

    private func verdict(_ step: StepScore) -> Verdict? {
        guard let score = step.score else { return nil }
        let judged = step.adapted ?? score
        return Verdict(
            score: RowScore(
                score: step.rank ?? score.score,
                pValue: judged.pValue,
                error: score.error,
                tailPValue: judged.tailPValue
            ),
            isAnomaly: detector.isAnomaly(judged),
            reasons: step.reasons
        )
    }

    private func reasons(
        _ judged: JudgedSteps,
        _ step: Int,
        _ sources: [Column?],
        _ count: Int
    ) -> [Reason] {
        let preparer = detector.preparer
        let shares = detector.shares(ofStep: step, in: judged)
        let expected = judged.views[0].expected
        return shares.placesOfLargest(count).map { column in
            Reason(
                column: preparer.columns[column].name,
                share: shares[column],
                actual: sources[column]?.cellValue(at: step) ?? .missing,
                expected: expected.withUnsafeElements { elements in
                    guard let base = elements.baseAddress else { return .missing }
                    let features = base + step * expected.columnCount
                    let value = preparer.value(ofColumn: column, in: features)
                    guard case .number(let number) = value else { return value }
                    return .number(
                        number + detector.level(ofColumn: column, atStep: step, in: judged)
                    )
                }
            )
        }
    }
}

extension SeriesScorer {
    /// What a scorer remembers, to go on with later.
    public struct State: Codable, Sendable {
        /// How the detector was made, and the scale of what is remembered: of which detector it is.
        fileprivate var configuration: SeriesDetector
        fileprivate var scaling: SeriesScaling
        fileprivate var tracker: SeriesTracker
        fileprivate var past: SeriesPast
        /// Of the other views; nil where there are none.
        fileprivate var otherPasts: [SeriesPast]?
        /// The recent levels of each series; nil where none are followed.
        fileprivate var recentLevels: [RecentLevels]?
        fileprivate var lastSteps: [StepScore?]
        /// Nil in states of scorers that did not follow series.
        fileprivate var levels: [SeriesLevel]?
        fileprivate var pace: SeriesAdaptation?

        /// How quickly verdicts followed the series.
        public var adaptation: SeriesAdaptation { pace ?? .off }
    }

    /// What was seen so far.
    public var state: State {
        State(
            configuration: detector.configuration,
            scaling: detector.views[0].scaling,
            tracker: tracker,
            past: past.views[0],
            otherPasts: past.views.count > 1 ? Array(past.views.dropFirst()) : nil,
            recentLevels: past.levels.isEmpty ? nil : past.levels,
            lastSteps: lastSteps,
            levels: adaptation == .off ? nil : levels,
            pace: adaptation == .off ? nil : adaptation
        )
    }

    /// Goes on where another scorer of the same detector was.
    ///
    /// - Parameters:
    ///   - detector: what scores the steps.
    ///   - state: what a scorer of the same detector had seen.
    ///   - adaptation: how quickly verdicts follow the series, as before by default. Levels that were found at another pace are
    ///     forgotten.
    /// - Throws: ``DetectorError/foreignState`` if the state is of another detector.
    public init(
        _ detector: FittedSeriesDetector,
        resuming state: State,
        adaptation: SeriesAdaptation? = nil
    ) throws {
        let layouts = detector.layouts
        let levelCount = detector.levelRule.columns.count
        let pasts = [state.past] + (state.otherPasts ?? [])
        let levels = state.recentLevels ?? []
        let entityCount = state.tracker.entities.count
        guard state.configuration == detector.configuration,
            state.scaling == detector.views[0].scaling,
            state.tracker.options == detector.options, state.tracker.clock == detector.clock,
            state.lastSteps.count <= entityCount, pasts.count == layouts.count,
            zip(pasts, layouts).allSatisfy({ $0.fits($1, entityCount: entityCount) }),
            levels.count == (levelCount == 0 ? 0 : state.past.steps.count),
            levels.allSatisfy({ $0.fits(columnCount: levelCount) }),
            state.lastSteps.allSatisfy({ $0?.score?.isSound ?? true }),
            state.lastSteps.allSatisfy({ $0?.adapted?.isSound ?? true }),
            state.lastSteps.allSatisfy({ $0?.rank?.isFinite ?? true }),
            state.levels?.count ?? 0 <= entityCount,
            state.levels?.allSatisfy(\.isSound) ?? true
        else { throw DetectorError.foreignState }
        self.init(detector, adaptation: adaptation ?? state.adaptation)
        tracker = state.tracker
        (past.views, past.levels) = (pasts, levels)
        lastSteps = state.lastSteps
        if self.adaptation == state.adaptation { self.levels = state.levels ?? [] }
    }
}

extension RowScore {
    /// Whether its numbers are possible.
    fileprivate var isSound: Bool {
        score.isFinite && pValue > 0 && pValue <= 1 && error >= 0 && error.isFinite
            && tailPValue.map { $0 > 0 && $0 < pValue } ?? true
    }
}

extension FittedSeriesDetector {
    /// A row's score with another number, and the p-value that goes with it.
    fileprivate func replacing(_ score: RowScore, by number: Double) -> RowScore {
        guard number != score.score else { return score }
        return HeldOutScores.score(
            number,
            pValue: pow(10, -number),
            error: score.error,
            leastPValue: heldOut.leastPValue
        )
    }
}

extension FittedSeriesDetector {
    /// Scores a whole table: what a new ``SeriesScorer`` makes of it.
    ///
    /// - Throws: `SeriesError` or `PreparationError` if the rows do not fit.
    public func scores(
        of table: Table,
        reasonCount: Int = 0,
        threadCount: Int = 1
    ) throws -> [SeriesScore] {
        var scorer = SeriesScorer(self)
        return try scorer.scores(of: table, reasonCount: reasonCount, threadCount: threadCount)
    }

    /// Scores a whole table, and tells which rows are anomalies; nil for a row without a score.
    ///
    /// - Throws: `SeriesError` or `PreparationError` if the rows do not fit.
    public func verdicts(
        of table: Table,
        reasonCount: Int = 0,
        threadCount: Int = 1
    ) throws -> [Verdict?] {
        try scores(of: table, reasonCount: reasonCount, threadCount: threadCount).map(\.verdict)
    }
}

extension SeriesScorer: DetectorScorer {
    /// What the verdicts on the next rows are about; nil for one that could not be used, and for the first of a series.
    ///
    /// - Throws: `SeriesError` or `PreparationError` if the rows do not fit; then nothing was taken.
    public mutating func rowScores(of chunk: Table) throws -> [RowScore?] {
        try scores(of: chunk, reasonCount: 0).map(\.judgedScore)
    }
}

extension FittedSeriesDetector {
    /// A scorer that has seen nothing yet: it serves one thread.
    public func makeScorer() -> SeriesScorer { SeriesScorer(self) }
}
