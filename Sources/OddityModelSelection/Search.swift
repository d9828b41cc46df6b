internal import OddityDetectors
internal import OddityLinearAlgebra

/// A search for the settings of a detector.
///
/// Every trial is cross-validated on the same folds. Without labels the trial wins whose networks best
/// tell rows that they have not seen from such rows with planted values; with labelled rows, the one
/// that best tells these apart. The detector that the search starts from is the first trial, and it
/// stays unless another is clearly better.
///
///     let result = try Search(TableDetector()).run(on: table, threadCount: 8)
///     let detector = try result.fitted(to: table)
public struct Search<Base: SearchableDetector>: Sendable {
    /// What the search starts from, and where the settings that are not searched come from.
    public var base: Base
    /// What is searched.
    public var space = Base.Space()
    /// How trials are spent; successive halving by default.
    public var strategy = SearchStrategy.successiveHalving
    /// What makes one trial better than another; by default what needs no labels.
    public var objective = SearchObjective.separation
    /// The number of trials, the first of them ``base``; 20 by default.
    ///
    /// A grid tries all combinations, whatever this says.
    public var trialCount = 20
    /// The time after which no trial is started any more; no limit by default.
    ///
    /// With a limit, how many trials there are depends on the machine.
    public var timeLimit: Duration?

    /// Makes a search with the defaults.
    ///
    /// - Parameter base: what it starts from.
    public init(_ base: Base) {
        self.base = base
    }

    /// Runs the trials.
    ///
    /// - Parameters:
    ///   - configurations: ``base`` first.
    ///   - latentSizes: the size of the code of each.
    ///   - evaluator: trains and judges them.
    ///   - journal: the file of this search, opened.
    func run(
        _ configurations: [Base],
        latentSizes: [Int],
        judgedBy evaluator: any TrialEvaluator<Base>,
        journal: TrialJournal?,
        threadCount: Int,
        onProgress: @escaping @Sendable (SearchProgress<Base>) -> Void
    ) throws -> SearchResult<Base> {
        let trials = zip(configurations, latentSizes).enumerated().map { index, trial in
            Trial(number: index + 1, configuration: trial.0, latentSize: trial.1, results: [])
        }
        return try TrialRace(
            search: self,
            trials: trials,
            evaluator: evaluator,
            journal: journal,
            threadCount: threadCount,
            onProgress: onProgress
        ).run()
    }

    /// The configurations to try beside ``base``.
    ///
    /// Each combination of the space comes at most once.
    func candidates() -> [Base] {
        let count = space.combinationCount
        if strategy == .grid {
            return (0..<count).compactMap { space.configuration($0, base: base) }
                .filter { $0 != base }
        }
        var stream = RandomStream(seed: base.seed, use: .searching)
        var seen: Set<Int> = []
        var result: [Base] = []
        while result.count < trialCount - 1, seen.count < count {
            let index = stream.integer(below: count)
            guard seen.insert(index).inserted,
                let configuration = space.configuration(index, base: base),
                configuration != base
            else { continue }
            result.append(configuration)
        }
        return result
    }
}
