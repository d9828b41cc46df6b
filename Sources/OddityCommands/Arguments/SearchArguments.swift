internal import ArgumentParser
internal import OddityDetectors
internal import OddityModelSelection

/// What `oddity tune` searches.
///
/// What is not given is searched over the library's default values.
struct SearchArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How trials are spent: successive-halving, hyperband, random, or grid, which tries all combinations (default: successive-halving).",
            valueName: "name"
        )
    )
    var strategy: SearchStrategy?

    @Option(help: ArgumentHelp("Configurations to try (default: 20).", valueName: "count"))
    var trials: Int?

    @Option(
        help: ArgumentHelp(
            "Start no trial after this time; how many there are then depends on the machine (default: no limit).",
            valueName: "seconds"
        )
    )
    var timeLimit: Double?

    @Option(
        help: ArgumentHelp(
            "Layers before the code, deeper ones joined by hyphens (default: 64,128,128-64).",
            valueName: "sizes"
        )
    )
    var searchHidden: String?

    @Option(help: ArgumentHelp("Sizes of the code (default: 4,8,16,32,64).", valueName: "sizes"))
    var searchLatent: String?

    @Option(
        help: ArgumentHelp(
            "Variants: plain, sparse, denoising, variational (default: plain,denoising).",
            valueName: "names"
        )
    )
    var searchVariant: String?

    @Option(
        help: ArgumentHelp(
            "Deviations of the noise of denoising trials (default: 0.1,0.3).",
            valueName: "levels"
        )
    )
    var searchNoiseLevel: String?

    @Option(
        help: ArgumentHelp(
            "Shares of activations to drop in training (default: 0,0.1).",
            valueName: "shares"
        )
    )
    var searchDropout: String?

    @Option(
        help: ArgumentHelp(
            "Sizes of a training step (default: 0.0005,0.001,0.003).",
            valueName: "rates"
        )
    )
    var searchLearningRate: String?

    @Option(
        help: ArgumentHelp(
            "Passes over the training rows (default: as many as make 1,500 steps).",
            valueName: "counts"
        )
    )
    var searchEpochs: String?

    func validate() throws {
        _ = try space()
        _ = try chosenStrategy()
        guard trials.map({ $0 >= 1 }) ?? true else {
            throw ValidationError("--trials takes a count of at least 1")
        }
        guard timeLimit.map({ $0 > 0 && $0 < 1e9 }) ?? true else {
            throw ValidationError("--time-limit takes a number of seconds above 0")
        }
    }

    /// Puts what was given into a search.
    func apply(to search: inout Search) throws {
        search.space = try space()
        search.strategy = try chosenStrategy()
        if let trials { search.trialCount = trials }
        search.timeLimit = timeLimit.map { .seconds($0) }
    }

    private func chosenStrategy() throws -> SearchStrategy {
        guard strategy != .grid || trials == nil else {
            throw ValidationError("--strategy grid tries all combinations: leave out --trials")
        }
        return strategy ?? .successiveHalving
    }

    private func space() throws -> SearchSpace {
        var space = SearchSpace()
        let sizes: (Substring) -> Int? = { Int($0).flatMap { 1...65536 ~= $0 ? $0 : nil } }
        if let searchHidden {
            space.hiddenLayers = try list(searchHidden, "--search-hidden", "64,128-64") { text in
                let layers = text.split(separator: "-", omittingEmptySubsequences: false)
                let values = layers.compactMap(sizes)
                return values.count == layers.count ? values : nil
            }
        }
        if let searchLatent {
            space.latentSizes = try list(searchLatent, "--search-latent", "4,8,16", sizes)
        }
        space.variants = try variants()
        if let searchDropout {
            space.dropouts = try list(searchDropout, "--search-dropout", "0,0.1") {
                Float($0).flatMap { $0 >= 0 && $0 < 1 ? $0 : nil }
            }
        }
        if let searchLearningRate {
            space.learningRates = try list(
                searchLearningRate,
                "--search-learning-rate",
                "0.001,0.003"
            ) { Double($0).flatMap { $0 > 0 && $0.isFinite ? $0 : nil } }
        }
        if let searchEpochs {
            space.epochs = try list(searchEpochs, "--search-epochs", "20,50") {
                Int($0).flatMap { $0 >= 1 ? $0 : nil }
            }
        }
        return space
    }

    private func variants() throws -> [AutoencoderVariant] {
        let levels = try list(
            searchNoiseLevel ?? "0.1,0.3",
            "--search-noise-level",
            "0.1,0.3"
        ) { Float($0).flatMap { $0 >= 0 && $0.isFinite ? $0 : nil } }
        let names = try list(
            searchVariant ?? "plain,denoising",
            "--search-variant",
            "plain,variational"
        ) { text in AutoencoderVariant.names.first { $0 == text } }
        guard searchNoiseLevel == nil || names.contains("denoising") else {
            throw ValidationError("--search-noise-level belongs to denoising trials")
        }
        return names.flatMap { name -> [AutoencoderVariant] in
            switch name {
            case "sparse": [.sparse(.l1())]
            case "denoising": levels.map { .denoising(.gaussian(deviation: $0)) }
            case "variational": [.variational(VariationalCode())]
            default: [.plain]
            }
        }
    }

    /// The values of a list with commas.
    private func list<Value>(
        _ text: String,
        _ option: String,
        _ example: String,
        _ value: (Substring) -> Value?
    ) throws -> [Value] {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let values = parts.compactMap(value)
        guard values.count == parts.count, !values.isEmpty else {
            throw ValidationError("\(option) takes values such as \(example), not \"\(text)\"")
        }
        return values
    }
}
