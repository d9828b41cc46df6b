internal import ArgumentParser
internal import OddityDetectors
internal import OddityNeuralNetworks
internal import OddityPreprocessing

extension AutoencoderArguments {
    /// The detector to fit.
    func autoencoder() throws -> TableDetector {
        var result = TableDetector()
        if let hidden { result.hiddenSizes = try sizes(hidden) }
        if let activation {
            result.activation = try named(activation, "--activation", Activation.init(_:))
        }
        if let outputActivation {
            result.outputActivation = try named(
                outputActivation,
                "--output-activation",
                Activation.init(_:)
            )
        }
        if let loss { result.loss = try named(loss, "--loss", Loss.init(_:)) }
        result.optimizer = try chosenOptimizer()
        if let learningRate { result.learningRate = learningRate }
        if let schedule {
            result.schedule = try named(schedule, "--schedule") {
                switch $0 {
                case "constant": .constant
                case "cosine": .cosine()
                case "step": .step(epochs: 30, factor: 0.1)
                default: nil
                }
            }
        }
        result.gradientClipping = clipGradients
        result.epochs = epochs
        if let batchSize { result.batchSize = batchSize }
        result.patience = patience
        if let dropout { result.dropout = dropout }
        if let residualBlocks { result.residualBlocks = residualBlocks }
        result.batchNormalization = batchNormalization
        if let folds { result.folds = folds }
        if let scaling {
            result.preparation.scaling = try named(
                scaling,
                "--scaling",
                ScalingMethod.init(rawValue:)
            )
        }
        if let missingValues {
            result.preparation.missingValues = try named(
                missingValues,
                "--missing-values",
                MissingValuePolicy.init(rawValue:)
            )
        }
        if let clip {
            guard clip > 0, clip.isFinite else {
                throw ValidationError("--clip takes a number of deviations above 0, such as 20")
            }
            result.preparation.clippingLimit = clip
        }
        if let pca {
            result.principalComponents = try named(pca, "--pca") {
                if $0 == "auto" { return .aboveAverage }
                if let count = Int($0), count > 0 { return .count(count) }
                return Double($0).flatMap { $0 > 0 && $0 <= 1 ? .variance($0) : nil }
            }
        }
        result.variant = try variant.chosenVariant()
        result.tiedWeights = variant.tiedWeights
        try scoring.apply(to: &result)
        result.seed = seed
        return result
    }

    private func chosenOptimizer() throws -> Optimizer {
        let decay = weightDecay ?? 0
        return try named(optimizer ?? "adam", "--optimizer") {
            switch $0 {
            case "adam": .adam(weightDecay: decay)
            case "adamw": .adamW(weightDecay: decay)
            case "sgd": .sgd(momentum: 0.9, weightDecay: decay)
            default: nil
            }
        }
    }

    private func sizes(_ text: String) throws -> [Int] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let sizes = parts.compactMap { Int($0) }
        guard sizes.count == parts.count, !sizes.isEmpty, sizes.allSatisfy({ $0 > 0 }) else {
            throw ValidationError("--hidden takes sizes such as 128,32, not \"\(text)\"")
        }
        return sizes
    }

    private func named<Value>(
        _ text: String,
        _ option: String,
        _ make: (String) -> Value?
    ) throws -> Value {
        guard let value = make(text) else {
            throw ValidationError("\(option) does not know \"\(text)\"; see oddity help fit")
        }
        return value
    }
}
