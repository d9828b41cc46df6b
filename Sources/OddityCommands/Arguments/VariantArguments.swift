internal import ArgumentParser
internal import OddityDetectors

/// The variant of the autoencoder on the command line.
struct VariantArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "plain, sparse (few units of the code are active), denoising (rows are corrupted in training), or variational (default: plain); for images alone, convolutional.",
            valueName: "name"
        )
    )
    var variant: String?

    @Flag(help: "Let the decoder use the encoder's weights, transposed.")
    var tiedWeights = false

    @Option(
        help: ArgumentHelp(
            "Sparse: the weight of the penalty (default: 0.001). Alone, the magnitudes of the code are penalized.",
            valueName: "weight"
        )
    )
    var sparsityWeight: Float?

    @Option(
        help: ArgumentHelp(
            "Sparse: penalize the divergence of each unit's mean activation from this, such as 0.05.",
            valueName: "activation"
        )
    )
    var sparsityTarget: Float?

    @Option(
        help: ArgumentHelp(
            "Sparse: whose magnitudes are penalized: code, encoder (its layers and the code), or all hidden layers (default: code).",
            valueName: "name"
        )
    )
    var sparsityLayers: String?

    @Option(
        help: ArgumentHelp(
            "Sparse: keep only so many units of the code in each row, instead of a penalty.",
            valueName: "count"
        )
    )
    var activeUnits: Int?

    @Option(
        help: ArgumentHelp(
            "Denoising: gaussian, masking (values become 0), swap (values of other rows) or multi-scale (default: gaussian).",
            valueName: "name"
        )
    )
    var noise: String?

    @Option(
        help: ArgumentHelp(
            "Denoising: the deviation of gaussian noise in scaled units, or the share of values to corrupt (default: 0.1); for multi-scale two deviations (default: 0.01,1).",
            valueName: "level"
        )
    )
    var noiseLevel: String?

    @Option(
        help: ArgumentHelp(
            "Variational: the weight of the divergence from the standard normal distribution (default: 0.001).",
            valueName: "weight"
        )
    )
    var klWeight: Float?

    @Option(
        help: ArgumentHelp(
            "Variational: epochs over which that weight grows from 0 (default: 0).",
            valueName: "epochs"
        )
    )
    var klWarmUp: Int?

    @Option(
        help: ArgumentHelp(
            "Variational: the weight of the magnitudes of the code's means (default: 0).",
            valueName: "weight"
        )
    )
    var meanL1: Float?

    @Option(
        help: ArgumentHelp(
            "Variational: the divergence of each dimension, in nats, that costs nothing (default: 0).",
            valueName: "nats"
        )
    )
    var freeBits: Float?

    /// Whether the network of pixels of a detector of images is convolutional.
    var isConvolutional: Bool { variant == "convolutional" }

    /// Refuses what is for images alone.
    func checkIsForTables() throws {
        guard !isConvolutional else {
            throw ValidationError("--variant convolutional is for images, and these are tables")
        }
    }

    /// The variant that the options describe; plain where it is for images alone.
    func chosenVariant() throws -> AutoencoderVariant {
        let name = variant ?? "plain"
        guard AutoencoderVariant.names.contains(name) || isConvolutional else {
            throw ValidationError("--variant does not know \"\(name)\"; see oddity help fit")
        }
        for (option, owner, isGiven) in ownedOptions where isGiven && owner != name {
            throw ValidationError(
                "\(option) belongs to --variant \(owner), and the variant is \(name)"
            )
        }
        switch name {
        case "sparse": return .sparse(try sparseCode())
        case "denoising": return .denoising(try corruption())
        case "variational":
            return .variational(
                VariationalCode(
                    klWeight: klWeight ?? 0.001,
                    warmUpEpochs: klWarmUp ?? 0,
                    meanL1: meanL1 ?? 0,
                    freeBits: freeBits ?? 0
                )
            )
        default: return .plain
        }
    }

    var ownedOptions: [(option: String, owner: String, isGiven: Bool)] {
        [
            ("--sparsity-weight", "sparse", sparsityWeight != nil),
            ("--sparsity-target", "sparse", sparsityTarget != nil),
            ("--sparsity-layers", "sparse", sparsityLayers != nil),
            ("--active-units", "sparse", activeUnits != nil),
            ("--noise", "denoising", noise != nil),
            ("--noise-level", "denoising", noiseLevel != nil),
            ("--kl-weight", "variational", klWeight != nil),
            ("--kl-warm-up", "variational", klWarmUp != nil),
            ("--mean-l1", "variational", meanL1 != nil),
            ("--free-bits", "variational", freeBits != nil),
        ]
    }

    private func sparseCode() throws -> SparseCode {
        guard sparsityLayers == nil || activeUnits == nil && sparsityTarget == nil else {
            throw ValidationError(
                "--sparsity-layers says whose magnitudes are penalized: leave out --active-units and "
                    + "--sparsity-target"
            )
        }
        if let activeUnits {
            guard sparsityWeight == nil, sparsityTarget == nil else {
                throw ValidationError(
                    "--active-units keeps the code sparse without a penalty: leave out "
                        + "--sparsity-weight and --sparsity-target"
                )
            }
            return .largest(count: activeUnits)
        }
        let weight = sparsityWeight ?? 0.001
        if let sparsityTarget { return .divergence(target: sparsityTarget, weight: weight) }
        guard let layers = PenalizedLayers(rawValue: sparsityLayers ?? "code") else {
            throw ValidationError(
                "--sparsity-layers is code, encoder or all, not \"\(sparsityLayers ?? "")\""
            )
        }
        return .l1(weight: weight, layers: layers)
    }

    private func corruption() throws -> Corruption {
        let levels = try noiseLevels()
        let name = noise ?? "gaussian"
        switch (name, levels.count) {
        case ("multi-scale", 0): return .multiScale()
        case ("multi-scale", 2): return .multiScale(low: levels[0], high: levels[1])
        case ("multi-scale", _):
            throw ValidationError("--noise multi-scale takes two levels, such as 0.01,1")
        case (_, 2...): throw ValidationError("--noise-level takes one level, such as 0.1")
        case ("gaussian", _): return .gaussian(deviation: levels.first ?? 0.1)
        case ("masking", _): return .masking(rate: levels.first ?? 0.1)
        case ("swap", _): return .swap(rate: levels.first ?? 0.1)
        default: throw ValidationError("--noise does not know \"\(name)\"; see oddity help fit")
        }
    }

    private func noiseLevels() throws -> [Float] {
        guard let noiseLevel else { return [] }
        let parts = noiseLevel.split(separator: ",", omittingEmptySubsequences: false)
        let levels = parts.compactMap { Float($0) }
        guard levels.count == parts.count, levels.allSatisfy({ $0.isFinite }) else {
            throw ValidationError("--noise-level takes a number such as 0.1, not \"\(noiseLevel)\"")
        }
        return levels
    }
}
