/// How a search spends its trials.
public enum SearchStrategy: String, Codable, Sendable, CaseIterable {
    /// Every combination, each trained in full.
    case grid
    /// Combinations drawn at random, each trained in full (Bergstra and Bengio 2012).
    case random
    /// Combinations drawn at random start with a ninth of their epochs; the best third goes on with a
    /// third, and the best third of these with all (Jamieson and Talwalkar 2016).
    case successiveHalving = "successive-halving"
    /// Three searches in one: some combinations start with a ninth of their epochs, some with a third,
    /// some with all, in case short trainings mislead (Li et al. 2018).
    case hyperband

    /// The shares of the epochs that trials are trained for, one after the other.
    static let shares = [1.0 / 9, 1.0 / 3, 1]
    /// Of how many trials one goes on.
    static let reduction = 3

    /// How many of so many trials go on.
    static func survivors(of count: Int) -> Int { max(1, count / reduction) }

    /// Trials that compete with each other, and the first share they are trained for.
    struct Bracket: Equatable {
        let trials: Range<Int>
        let firstShare: Int

        /// The number of trainings, over all shares.
        var trainingCount: Int {
            guard !trials.isEmpty else { return 0 }
            var running = trials.count
            return (firstShare..<SearchStrategy.shares.count).reduce(0) { sum, _ in
                defer { running = SearchStrategy.survivors(of: running) }
                return sum + running
            }
        }
    }

    /// Deals trials to brackets.
    func brackets(trialCount: Int) -> [Bracket] {
        let last = Self.shares.count - 1
        switch self {
        case .grid, .random: return [Bracket(trials: 0..<trialCount, firstShare: last)]
        case .successiveHalving: return [Bracket(trials: 0..<trialCount, firstShare: 0)]
        case .hyperband:
            // 9, 5 and 3 trials in 17, as Hyperband has them for three shares.
            let weights = [9, 5, 3]
            let total = weights.reduce(0, +)
            var brackets: [Bracket] = []
            var start = 0
            var sum = 0
            for (index, weight) in weights.enumerated() {
                sum += weight
                let end = (trialCount * sum + total / 2) / total
                if end > start { brackets.append(Bracket(trials: start..<end, firstShare: index)) }
                start = end
            }
            return brackets
        }
    }
}
