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
            "Networks of series: averages, dense, convolutional, lstm, gru (default: averages,dense,convolutional).",
            valueName: "names"
        )
    )
    var searchNetwork: String?

    @Option(
        help: ArgumentHelp(
            "Rows of a series to look back at (default: what fit would, half of it and twice as many).",
            valueName: "counts"
        )
    )
    var searchWindow: String?

    @Option(
        help: ArgumentHelp(
            "Layers before the code, deeper ones joined by hyphens (default: 64,128,128-64; of series 32,64,128).",
            valueName: "sizes"
        )
    )
    var searchHidden: String?

    @Option(
        help: ArgumentHelp(
            "Sizes of the code (default: 4,8,16,32,64; of series by the number of columns).",
            valueName: "sizes"
        )
    )
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
            "Sizes of a training step (default: 0.0005,0.001,0.003; of series 0.001,0.003,0.01).",
            valueName: "rates"
        )
    )
    var searchLearningRate: String?

    @Option(
        help: ArgumentHelp(
            "Passes over the training rows (default: what fit would make).",
            valueName: "counts"
        )
    )
    var searchEpochs: String?

    func validate() throws {
        _ = try tableSpace()
        _ = try seriesSpace()
        _ = try chosenStrategy()
        guard trials.map({ $0 >= 1 }) ?? true else {
            throw ValidationError("--trials takes a count of at least 1")
        }
        guard timeLimit.map({ $0 > 0 && $0 < 1e9 }) ?? true else {
            throw ValidationError("--time-limit takes a number of seconds above 0")
        }
    }

    /// A search of settings of a detector of tables.
    func search(from base: TableDetector) throws -> Search<TableDetector> {
        if let option = firstGiven(of: "--search-network", "--search-window") {
            throw ValidationError(
                "\(option) is for series: name their --time column, or say --series"
            )
        }
        var search = Search(base)
        search.space = try tableSpace()
        try apply(to: &search)
        return search
    }

    /// A search of settings of a detector of series.
    func search(from base: SeriesDetector) throws -> Search<SeriesDetector> {
        if let option = firstGiven(of: "--search-dropout") {
            throw ValidationError(
                "\(option) is for rows that stand alone; leave it out of a search for series"
            )
        }
        var search = Search(base)
        search.space = try seriesSpace()
        try apply(to: &search)
        return search
    }

    private func apply(to search: inout Search<some SearchableDetector>) throws {
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

    private func tableSpace() throws -> TableSearchSpace {
        var space = TableSearchSpace()
        if let layers = try hiddenLayers() { space.hiddenLayers = layers }
        if let sizes = try latentSizes() { space.latentSizes = sizes }
        space.variants = try variants()
        if let searchDropout {
            space.dropouts = try list(searchDropout, "--search-dropout", "0,0.1") {
                Float($0).flatMap { $0 >= 0 && $0 < 1 ? $0 : nil }
            }
        }
        if let rates = try learningRates() { space.learningRates = rates }
        if let counts = try epochs() { space.epochs = counts }
        return space
    }

    private func seriesSpace() throws -> SeriesSearchSpace {
        var space = SeriesSearchSpace()
        if let searchNetwork {
            space.networks = try list(searchNetwork, "--search-network", "averages,lstm") {
                SeriesNetwork.Kind(rawValue: String($0))
            }
        }
        if let searchWindow {
            space.windowLengths = try list(searchWindow, "--search-window", "16,32,64") {
                Int($0).flatMap { 2...SeriesDetector.windowLimit ~= $0 ? $0 : nil }
            }
        }
        if let layers = try hiddenLayers() { space.hiddenLayers = layers }
        if let sizes = try latentSizes() { space.latentSizes = sizes }
        space.variants = try variants()
        if let rates = try learningRates() { space.learningRates = rates }
        if let counts = try epochs() { space.epochs = counts }
        return space
    }

    private static func size(_ text: Substring) -> Int? {
        Int(text).flatMap { 1...65536 ~= $0 ? $0 : nil }
    }

    private func hiddenLayers() throws -> [[Int]]? {
        try searchHidden.map {
            try list($0, "--search-hidden", "64,128-64") { text in
                let layers = text.split(separator: "-", omittingEmptySubsequences: false)
                let values = layers.compactMap(Self.size)
                return values.count == layers.count ? values : nil
            }
        }
    }

    private func latentSizes() throws -> [Int]? {
        try searchLatent.map { try list($0, "--search-latent", "4,8,16", Self.size) }
    }

    private func learningRates() throws -> [Double]? {
        try searchLearningRate.map {
            try list($0, "--search-learning-rate", "0.001,0.003") {
                Double($0).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
            }
        }
    }

    private func epochs() throws -> [Int]? {
        try searchEpochs.map {
            try list($0, "--search-epochs", "20,50") { Int($0).flatMap { $0 >= 1 ? $0 : nil } }
        }
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
