internal import OddityDetectors

extension Search {
    /// The most combinations of a grid.
    static let gridLimit = 10_000

    /// The most trials.
    static let trialLimit = 100_000

    /// Refuses searches that cannot be made.
    func validate(_ validation: LabeledRows?) throws {
        let lists: [(String, Bool)] = [
            ("hidden layers", space.hiddenLayers.isEmpty),
            ("latent sizes", space.latentSizes.isEmpty), ("variants", space.variants.isEmpty),
            ("dropouts", space.dropouts.isEmpty),
            ("learning rates", space.learningRates.isEmpty), ("epochs", space.epochs.isEmpty),
        ]
        for (name, isEmpty) in lists where isEmpty {
            throw SearchError.invalidSetting(
                name: name,
                value: "empty",
                remedy: "give at least one value"
            )
        }
        guard 1...Search.trialLimit ~= trialCount else {
            throw SearchError.invalidSetting(
                name: "the number of trials",
                value: "\(trialCount)",
                remedy: "give 1 to \(Search.trialLimit)"
            )
        }
        guard base.folds >= 2 else {
            throw SearchError.invalidSetting(
                name: "folds",
                value: "\(base.folds)",
                remedy: "give at least 2: trials are compared on rows held out from them"
            )
        }
        guard strategy != .grid || space.combinationCount <= Search.gridLimit else {
            throw SearchError.invalidSetting(
                name: "the grid",
                value: "\(space.combinationCount) combinations",
                remedy: "give fewer values, at most \(Search.gridLimit) combinations, or draw "
                    + "combinations at random"
            )
        }
        if let timeLimit, timeLimit <= .zero {
            throw SearchError.invalidSetting(
                name: "the time limit",
                value: "\(timeLimit)",
                remedy: "give a time above 0"
            )
        }
        if let validation {
            try validation.requireBothClasses()
        } else if objective.needsLabels {
            throw SearchError.missingLabels
        }
    }
}
