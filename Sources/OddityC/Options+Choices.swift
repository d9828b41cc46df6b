internal import OddityDetectors
internal import OddityNeuralNetworks
internal import OddityPreprocessing

extension Options {
    /// How much of the table may be odd.
    func contamination() throws -> Contamination {
        switch value(.contamination) {
        case nil, .text("none"): return .none
        case .text("auto"): return .auto
        default:
            guard let share = try? number(.contamination), share > 0, share < 0.5 else {
                throw invalid(
                    .contamination,
                    "\"auto\", \"none\", or a share above 0 and below 0.5"
                )
            }
            return .share(share)
        }
    }

    /// How many principal components the network gets; nil for none.
    func components() throws -> PrincipalComponentAnalysis.Selection? {
        switch value(.pca) {
        case nil: return nil
        case .text("auto"): return .aboveAverage
        case .integer(let count) where count > 0: return .count(count)
        case .number(let share) where share > 0 && share <= 1: return .variance(share)
        default: throw invalid(.pca, "a count, a share of the variance such as 0.95, or \"auto\"")
        }
    }

    /// What trains the network.
    func chosenOptimizer() throws -> Optimizer {
        let decay = try number(.weightDecay) ?? 0
        return try named(.optimizer, ["adam", "adamw", "sgd"]) { name -> Optimizer? in
            switch name {
            case "adam": .adam(weightDecay: decay)
            case "adamw": .adamW(weightDecay: decay)
            case "sgd": .sgd(momentum: 0.9, weightDecay: decay)
            default: nil
            }
        } ?? .adam(weightDecay: decay)
    }

    /// How the learning rate falls; nil where that is not given.
    func chosenSchedule() throws -> LearningRateSchedule? {
        try named(.schedule, ["constant", "cosine", "step"]) { name in
            switch name {
            case "constant": .constant
            case "cosine": .cosine()
            case "step": .step(epochs: 30, factor: 0.1)
            default: nil
            }
        }
    }
}
