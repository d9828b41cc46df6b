internal import OddityDatasets
internal import OddityEvaluation
internal import OddityLinearAlgebra
internal import OddityPlatform
internal import OddityPreprocessing
internal import OdditySeries

/// What a detector remembers of its series between two chunks.
struct DetectorPast: Sendable {
    /// For each view.
    var views: [SeriesPast]
    /// The recent levels of each series.
    var levels: [RecentLevels] = []

    /// Nothing was seen.
    init(_ detector: FittedSeriesDetector) {
        views = detector.views.map { _ in SeriesPast() }
    }
}

/// Steps with what the networks make of them.
struct JudgedSteps: Sendable {
    /// How odd each step is in the first view; nil where too little was seen of its series.
    let scores: [RowScore?]
    /// The logarithm of each step's p-value in each view.
    let logarithms: [[Double]]
    /// What steps rank by, where they are looked at twice: their oddness in both views together; else empty.
    let ranks: [Double]
    /// What each view makes of them.
    let views: [ViewedSteps]
    /// For each view where its columns stand among those of the first.
    let places: [[Int]]
    /// The steps as they came, with their recent levels; nil for such as were given as features.
    var leveled: LeveledSteps?
}

extension FittedSeriesDetector {
    /// The one way to score: all others lead here.
    ///
    /// - Parameters:
    ///   - steps: what they are, in the order in which they came.
    ///   - values: what their columns hold.
    ///   - past: what is remembered of their series, which is moved on.
    ///   - workspaces: for each view, of its members.
    /// - Throws: `PreparationError` if the values do not fit.
    func judged(
        _ steps: [TrackedChunk.Step],
        _ values: Table,
        past: inout DetectorPast,
        workspaces: [SeriesWorkspaces],
        threadCount: Int
    ) throws -> JudgedSteps {
        let values = season?.removed(from: values, of: steps) ?? values
        let leveled = LeveledSteps(steps, values, levelRule, past: &past.levels)
        var judged = judged(
            steps,
            try views.map { try $0.prepared(leveled) },
            past: &past.views,
            workspaces: workspaces,
            threadCount: threadCount
        )
        judged.leveled = leveled
        return judged
    }

    /// Judges steps that are features already.
    ///
    /// - Parameter includesWarmUp: whether the first steps of a series get a score too.
    func judged(
        _ steps: [TrackedChunk.Step],
        _ prepared: [PreparedRows],
        past: inout [SeriesPast],
        workspaces: [SeriesWorkspaces],
        includesWarmUp: Bool = false,
        threadCount: Int
    ) -> JudgedSteps {
        let viewed = self.viewed(
            steps,
            prepared,
            past: &past,
            workspaces: workspaces,
            threadCount: threadCount
        )
        let width = layout.featureCount
        let found = steps.indices.map { logarithms(ofStep: $0, in: viewed) }
        let scores = steps.indices.map { step -> RowScore? in
            guard viewed[0].isWarm[step] || includesWarmUp else { return nil }
            let squares = viewed[0].residuals.row(step).prefix(width).reduce(0) {
                $0 + Double($1 * $1)
            }
            return rowScore(
                logarithm: found[step][0],
                error: squares / Double(width)
            )
        }
        let ranks =
            views.count == 1 ? [] : found.map { -SeriesCalibration.joined($0) / log(10) }
        return JudgedSteps(
            scores: scores,
            logarithms: found,
            ranks: ranks,
            views: viewed,
            places: columnPlaces
        )
    }

    /// What each view makes of steps; views know nothing of one another, so that they are at work side by side.
    private func viewed(
        _ steps: [TrackedChunk.Step],
        _ prepared: [PreparedRows],
        past: inout [SeriesPast],
        workspaces: [SeriesWorkspaces],
        threadCount: Int
    ) -> [ViewedSteps] {
        past.withUnsafeMutableBufferPointer { past in
            // Each view moves its own past.
            nonisolated(unsafe) let pasts = past
            return Parallel.map(
                count: views.count,
                threadCount: steps.count < Self.leastSharedCount ? 1 : threadCount
            ) { index in
                views[index].viewed(
                    steps,
                    prepared[index],
                    layouts[index],
                    past: &pasts[index],
                    workspaces: workspaces[index],
                    threadCount: threadCount
                )
            }
        }
    }

    /// The fewest steps that are worth waking another thread.
    private static let leastSharedCount = 8

    /// For each view where its columns stand among those of the first.
    private var columnPlaces: [[Int]] {
        let names = preparer.columns.map(\.name)
        let places = Dictionary(zip(names, names.indices), uniquingKeysWith: { first, _ in first })
        return views.map { $0.preparer.columns.map { places[$0.name] ?? 0 } }
    }

    /// The logarithm of a step's p-value in each view.
    private func logarithms(ofStep step: Int, in viewed: [ViewedSteps]) -> [Double] {
        views.indices.map { index in
            views[index].calibration.logarithm(
                ofMeasure: viewed[index].measures[step],
                logDistance: viewed[index].logDistances[step],
                // A value that cannot be is odd once, however it is looked at.
                evidence: index == 0 ? Double(viewed[index].evidenceLevels[step]) : 0
            )
        }
    }

    /// The share of a step's oddness that each column of ``preparer`` has: its shares in the views, weighted by how odd
    /// the step is in each.
    func shares(ofStep step: Int, in judged: JudgedSteps) -> [Double] {
        let weights =
            views.count == 1
            ? [1]
            : judged.logarithms[step].map { max(-$0, .leastNormalMagnitude) }
        let total = weights.reduce(0, +)
        var shares = [Double](repeating: 0, count: preparer.columns.count)
        for (index, view) in views.enumerated() {
            for (place, share) in view.shares(ofStep: step, in: judged.views[index]).enumerated() {
                shares[judged.places[index][place]] += weights[index] * share
            }
        }
        // Divided last, so that what has all of it in each view has all of it.
        return shares.map { $0 / total }
    }
}
