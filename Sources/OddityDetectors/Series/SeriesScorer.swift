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
    private var workspaces: SeriesWorkspaces
    private var past = SeriesPast()
    /// Of each series what it is measured against; empty where series are not followed.
    private var levels: [SeriesLevel] = []
    /// Of each series the last step that was scored, for rows that bring none.
    private var lastSteps: [StepScore?] = []

    fileprivate struct StepScore: Codable, Sendable {
        var score: RowScore?
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
        workspaces = SeriesWorkspaces(detector.members, detector.layout)
    }

    /// Scores the next rows.
    ///
    /// - Parameters:
    ///   - chunk: rows with the columns of ``FittedSeriesDetector/requiredSchema`` and
    ///     ``FittedSeriesDetector/keyColumns``, in the order in which they came; others are ignored.
    ///   - reasonCount: the most columns to name for a row.
    ///   - columns: the columns to tell the expected values of, see ``SeriesScore/expected``.
    ///   - threadCount: threads to use.
    /// - Returns: for each row what became of it.
    /// - Throws: `SeriesError` or `PreparationError` if the rows do not fit; then nothing was taken.
    public mutating func scores(
        of chunk: Table,
        reasonCount: Int = 0,
        expecting columns: [String] = [],
        threadCount: Int = 1
    ) throws -> [SeriesScore] {
        var next = tracker
        let tracked = try next.track(chunk.columns(for: detector))
        let preparer = detector.preparer
        let prepared = try preparer.applied(to: tracked.values)
        tracker = next
        // A copy of this scorer may be at work on another thread.
        if !isKnownUniquelyReferenced(&workspaces) {
            workspaces = SeriesWorkspaces(detector.members, detector.layout)
        }
        let judged = detector.judged(
            tracked.steps,
            prepared,
            past: &past,
            workspaces: workspaces,
            threadCount: threadCount
        )
        let adapted = adapted(judged, tracked)
        let sources = preparer.columns.map { tracked.values[$0.name] }
        let places = columns.map(detector.place(ofNumericColumn:))
        var steps: [StepScore] = []
        steps.reserveCapacity(tracked.steps.count)
        for step in tracked.steps.indices {
            let score = judged.scores[step]
            steps.append(
                StepScore(
                    score: score,
                    reasons: reasonCount > 0 && score != nil
                        ? reasons(judged, step, sources, reasonCount) : [],
                    expected: places.isEmpty || score == nil
                        ? nil : detector.expectedValues(ofStep: step, in: judged, at: places),
                    adapted: adapted.scores.isEmpty ? nil : adapted.scores[step]
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
                adapted: found?.adapted,
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
            tailScale: detector.calibration.score.tailScale
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
        guard let adapted = step.adapted else {
            return detector.verdict(score, reasons: step.reasons)
        }
        return Verdict(
            score: RowScore(
                score: score.score,
                pValue: adapted.pValue,
                error: score.error,
                tailPValue: adapted.tailPValue
            ),
            isAnomaly: detector.isAnomaly(adapted),
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
        let parts = detector.parts(ofStep: step, in: judged)
        let total = max(parts.reduce(0, +), .leastNormalMagnitude)
        // Of equal parts the first column comes first.
        let largest = parts.indices.sorted { (parts[$0], $1) > (parts[$1], $0) }.prefix(count)
        let expected = judged.expected.row(step).map { $0 }
        return largest.map { column in
            Reason(
                column: preparer.columns[column].name,
                share: parts[column] / total,
                actual: sources[column]?.cellValue(at: step) ?? .missing,
                expected: expected.withUnsafeBufferPointer { features in
                    features.baseAddress.map { preparer.value(ofColumn: column, in: $0) }
                        ?? .missing
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
            scaling: detector.scaling,
            tracker: tracker,
            past: past,
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
        let layout = detector.layout
        let entityCount = state.tracker.entities.count
        guard state.configuration == detector.configuration, state.scaling == detector.scaling,
            state.tracker.options == detector.options, state.tracker.clock == detector.clock,
            state.past.steps.count <= entityCount, state.past.residuals.count <= entityCount,
            state.lastSteps.count <= entityCount,
            state.past.steps.allSatisfy({ $0.fits(layout) }),
            state.past.residuals.allSatisfy({ $0.fits(layout) }),
            state.lastSteps.allSatisfy({ $0?.score?.isSound ?? true }),
            state.lastSteps.allSatisfy({ $0?.adapted?.isSound ?? true }),
            state.levels?.count ?? 0 <= entityCount,
            state.levels?.allSatisfy(\.isSound) ?? true
        else { throw DetectorError.foreignState }
        self.init(detector, adaptation: adaptation ?? state.adaptation)
        tracker = state.tracker
        past = state.past
        lastSteps = state.lastSteps
        if self.adaptation == state.adaptation { levels = state.levels ?? [] }
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
    /// Scores the next rows; nil for one that could not be used, and for the first of a series.
    ///
    /// - Throws: `SeriesError` or `PreparationError` if the rows do not fit; then nothing was taken.
    public mutating func rowScores(of chunk: Table) throws -> [RowScore?] {
        try scores(of: chunk, reasonCount: 0).map(\.score)
    }
}

extension FittedSeriesDetector {
    /// A scorer that has seen nothing yet: it serves one thread.
    public func makeScorer() -> SeriesScorer { SeriesScorer(self) }
}
