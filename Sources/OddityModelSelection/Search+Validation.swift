internal import OddityDetectors

/// What a search may have to do at most.
enum SearchLimit {
    /// The most combinations of a grid.
    static let combinationCount = 10_000
    /// The most trials.
    static let trialCount = 100_000
}

extension Search {
    /// Refuses searches that cannot be made.
    func validate(_ validation: LabeledRows?) throws {
        for setting in space.settings where setting.valueCount == 0 {
            throw SearchError.invalidSetting(
                name: setting.name,
                value: "empty",
                remedy: "give at least one value"
            )
        }
        guard 1...SearchLimit.trialCount ~= trialCount else {
            throw SearchError.invalidSetting(
                name: "the number of trials",
                value: "\(trialCount)",
                remedy: "give 1 to \(SearchLimit.trialCount)"
            )
        }
        guard base.folds >= 2 else {
            throw SearchError.invalidSetting(
                name: "folds",
                value: "\(base.folds)",
                remedy: "give at least 2: trials are compared on rows held out from them"
            )
        }
        guard strategy != .grid || space.combinationCount <= SearchLimit.combinationCount else {
            throw SearchError.invalidSetting(
                name: "the grid",
                value: "\(space.combinationCount) combinations",
                remedy:
                    "give fewer values, at most \(SearchLimit.combinationCount) combinations, or draw "
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
