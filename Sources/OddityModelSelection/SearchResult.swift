/// What a search found.
public struct SearchResult<Base: SearchableDetector>: Sendable {
    /// All trials, by number.
    public let trials: [Trial<Base>]
    /// The trial to use: fit its configuration to all rows.
    public let best: Trial<Base>
    /// What it is best at.
    public let objective: SearchObjective
    /// Whether trials were left out because the time was up.
    public let isTimeUp: Bool
    /// The detector of the best trial, unless that came from a journal.
    let detector: Base.Fitted?

    /// The trials that were trained in full, the best first.
    public var finalists: [Trial<Base>] {
        let merits = trials.compactMap { trial in
            trial.lastResult.flatMap { $0.share == 1 ? (trial, objective.merit(of: $0)) : nil }
        }
        return merits.sorted { ($1.1, $0.0.number) < ($0.1, $1.0.number) }.map(\.0)
    }
}

/// News of a search: a trial was trained for a share of its epochs.
public struct SearchProgress<Base: SearchableDetector>: Sendable {
    /// The trainings that have ended.
    public let finishedCount: Int
    /// The trainings there will be, unless some fail or the time runs out.
    public let plannedCount: Int
    /// The trial that was trained last.
    public let trial: Trial<Base>
    /// The best of the trials that were trained in full.
    public let best: Trial<Base>
    /// The seconds since the search started or was resumed.
    public let seconds: Double
}

extension Array {
    /// The best of the trials that were trained in full.
    ///
    /// Without labels the first trial stays unless another is better at telling every planted change, and
    /// by more than the standard error over the folds, so that nothing is changed for nothing.
    func winner<Base>(by objective: SearchObjective) -> Trial<Base>
    where Element == Trial<Base> {
        let last = SearchStrategy.shares.count - 1
        var winner = self[0]
        guard let first = winner.result(ofShare: last) else { return winner }
        var merit = objective.merit(of: first)
        for trial in dropFirst() {
            guard let result = trial.result(ofShare: last),
                objective.merit(of: result) > merit,
                objective != .separation || result.isClearlySeparatedBetter(than: first)
            else { continue }
            winner = trial
            merit = objective.merit(of: result)
        }
        return winner
    }
}

extension TrialResult {
    /// Whether rows are told apart better from each planted change, and over all by more than the
    /// standard error over the folds.
    fileprivate func isClearlySeparatedBetter(than other: TrialResult) -> Bool {
        let pairs = Array(zip(separations, other.separations))
        let isBetterAtEach = separations[0].indices.allSatisfy { change in
            pairs.map { $0[change] - $1[change] }.mean > 0
        }
        guard isBetterAtEach else { return false }
        let differences = pairs.map { $0.mean - $1.mean }
        let count = Double(differences.count)
        let mean = differences.mean
        guard count > 1 else { return mean > 0 }
        let sumOfSquares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return mean > (sumOfSquares / (count - 1) / count).squareRoot()
    }
}
