public import OddityDatasets
public import OddityDetectors
internal import OddityLinearAlgebra
internal import OddityPreprocessing

/// A search for the settings of a detector.
///
/// Every trial is cross-validated on the same folds. Without labels the trial wins whose networks best
/// tell rows that they have not seen from the same rows with planted values; with labelled rows, the one
/// that best tells these apart. The detector that the search starts from is the first trial, and it
/// stays unless another is clearly better.
///
///     let result = try Search().run(on: table, threadCount: 8)
///     let detector = try result.fitted(to: table)
public struct Search: Sendable {
    /// What the search starts from, and where the settings that are not searched come from.
    public var base = TableDetector()
    /// What is searched.
    public var space = SearchSpace()
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
    public init() {}

    /// Tries configurations on normal rows.
    ///
    /// - Parameters:
    ///   - table: normal rows to train on.
    ///   - validation: labelled rows to choose by; needed by objectives with labels.
    ///   - journal: where finished trials are kept, and taken from after a search that was stopped.
    ///   - threadCount: threads to use; the result does not depend on it.
    ///   - onProgress: called after each trial, from any thread, one call at a time.
    /// - Returns: all trials, and the best of them.
    /// - Throws: ``SearchError``, and what `TableDetector.fitted(to:)` throws for ``base``. Another trial
    ///   whose loss stops being finite is out of the race.
    public func run(
        on table: Table,
        validation: LabeledRows? = nil,
        journal: TrialJournal? = nil,
        threadCount: Int = 1,
        onProgress: @escaping @Sendable (SearchProgress) -> Void = { _ in }
    ) throws -> SearchResult {
        try validate(validation)
        let rows = try base.trainingRows(of: table, threadCount: threadCount)
        let folds = base.partition(rowCount: table.rowCount)
        let planted = (0..<base.folds).map { fold in
            var stream = RandomStream(seed: base.seed, use: .planting, index: fold)
            return PlantedRows(
                rows: folds.rows[fold],
                of: rows.features,
                preparer: rows.preparer,
                using: &stream
            )
        }
        var search = self
        search.base.hiddenSizes = base.resolvedHiddenSizes(featureCount: rows.inputSize)
        let configurations = [search.base] + search.candidates()
        try configurations.forEach { try $0.validate() }
        let evaluator = TrialEvaluator(
            rows: rows,
            folds: folds,
            planted: planted,
            validation: validation,
            objective: objective
        )
        try journal?.open(
            fingerprint: SearchFingerprint(self, rows: rows.features, validation: validation).text,
            shape: TrialJournal.Shape(
                trialCount: configurations.count,
                foldCount: base.folds,
                changeCount: planted.first?.changed.count ?? 0,
                hasValidation: validation != nil
            )
        )
        let race = TrialRace(
            search: search,
            configurations: configurations,
            evaluator: evaluator,
            journal: journal,
            threadCount: threadCount,
            onProgress: onProgress
        )
        return try race.run()
    }

    /// The configurations to try beside ``base``.
    ///
    /// Each combination of the space comes at most once.
    func candidates() -> [TableDetector] {
        let count = space.combinationCount
        if strategy == .grid {
            return (0..<count).compactMap { space.configuration($0, base: base) }
                .filter { $0 != base }
        }
        var stream = RandomStream(seed: base.seed, use: .searching)
        var seen: Set<Int> = []
        var result: [TableDetector] = []
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
