internal import OddityLinearAlgebra
internal import OddityNeuralNetworks
internal import Synchronization

/// The trials of a search, run side by side and thinned out.
final class TrialRace<Base: SearchableDetector>: Sendable {
    private struct State {
        var trials: [Trial<Base>]
        var finishedCount = 0
        var isTimeUp = false
        /// The detector of the best trial, unless that came from a journal.
        var bestDetector: Base.Fitted?
    }

    private let search: Search<Base>
    private let evaluator: any TrialEvaluator<Base>
    private let journal: TrialJournal?
    private let threadCount: Int
    private let onProgress: @Sendable (SearchProgress<Base>) -> Void
    private let start = ContinuousClock.now
    private let state: Mutex<State>
    /// The trainings that there will be unless some fail or time runs out.
    private let plannedCount: Int
    private let brackets: [SearchStrategy.Bracket]

    init(
        search: Search<Base>,
        trials: [Trial<Base>],
        evaluator: any TrialEvaluator<Base>,
        journal: TrialJournal?,
        threadCount: Int,
        onProgress: @escaping @Sendable (SearchProgress<Base>) -> Void
    ) {
        self.search = search
        self.evaluator = evaluator
        self.journal = journal
        self.threadCount = threadCount
        self.onProgress = onProgress
        state = Mutex(State(trials: trials))
        // The first trial is trained in full and competes with the winners of all brackets.
        brackets = search.strategy.brackets(trialCount: trials.count - 1)
        plannedCount = 1 + brackets.reduce(0) { $0 + $1.trainingCount }
    }

    /// Runs all trials.
    func run() throws -> SearchResult<Base> {
        let last = SearchStrategy.shares.count - 1
        try train([0], share: last)
        for bracket in brackets {
            var running = bracket.trials.map { $0 + 1 }
            for share in bracket.firstShare...last {
                try train(running, share: share)
                running = ranked(running, share: share)
                if share < last {
                    running = running.prefix(SearchStrategy.survivors(of: running.count)).sorted()
                }
            }
        }
        return state.withLock { state in
            SearchResult(
                trials: state.trials,
                best: state.trials.winner(by: search.objective),
                objective: search.objective,
                isTimeUp: state.isTimeUp,
                detector: state.bestDetector
            )
        }
    }

    /// The trials that were trained for a share, the best first.
    private func ranked(_ numbers: [Int], share: Int) -> [Int] {
        state.withLock { state in
            let merits = numbers.compactMap { number in
                state.trials[number].result(ofShare: share)
                    .map { (number, search.objective.merit(of: $0)) }
            }
            return merits.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.map(\.0)
        }
    }

    /// Trains trials for a share of their epochs.
    ///
    /// As many as there are threads run side by side; those that are left over share the threads.
    private func train(_ numbers: [Int], share: Int) throws {
        let sharing = numbers.count % threadCount
        let (alone, together) = (numbers.dropLast(sharing), numbers.suffix(sharing))
        for (group, threads) in [(alone, 1), (together, threadCount / max(1, sharing))] {
            let group = Array(group)
            _ = try Parallel.map(count: group.count, threadCount: threadCount / threads) {
                try train(group[$0], share: share, threadCount: threads)
            }
        }
    }

    private func train(_ number: Int, share: Int, threadCount: Int) throws {
        let configuration = state.withLock { $0.trials[number].configuration }
        let outcome: TrialOutcome
        var detector: Base.Fitted?
        if let known = journal?.outcome(trial: number + 1, share: share) {
            outcome = known
        } else {
            // The first trial is what the others are compared with: it is always run.
            if number > 0, let limit = search.timeLimit, ContinuousClock.now - start >= limit {
                return state.withLock { $0.isTimeUp = true }
            }
            do {
                let (result, fitted) = try evaluator.result(
                    of: configuration,
                    share: SearchStrategy.shares[share],
                    threadCount: threadCount
                )
                (outcome, detector) = (.finished(result), fitted)
            } catch let error as TrainingError where number > 0 {
                outcome = .failed("\(error)")
            }
        }
        try state.withLock { state in
            try journal?.add(outcome, trial: number + 1, share: share)
            switch outcome {
            case .finished(let result): state.trials[number].results.append(result)
            case .failed(let reason): state.trials[number].failure = reason
            }
            state.finishedCount += 1
            let best = state.trials.winner(by: search.objective)
            // Another trial can only become the best when it ends itself.
            if best.number == number + 1, share == SearchStrategy.shares.count - 1 {
                state.bestDetector = detector
            }
            onProgress(
                SearchProgress(
                    finishedCount: state.finishedCount,
                    plannedCount: plannedCount,
                    trial: state.trials[number],
                    best: best,
                    seconds: (ContinuousClock.now - start) / .seconds(1)
                )
            )
        }
    }
}
