internal import ArgumentParser
internal import OddityDetectors
internal import OddityRecords

/// The variant of the autoencoder on the command line.
struct VariantArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "plain, sparse (few units of the code are active), denoising (rows are corrupted in training), or variational (default: plain); for images alone, convolutional.",
            valueName: "name"
        )
    )
    var variant: VariantName?

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
    var sparsityLayers: PenalizedLayers?

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
    var noise: NoiseName?

    @Option(
        help: ArgumentHelp(
            "Denoising: the deviation of gaussian noise in scaled units, or the share of values to corrupt (default: 0.1); for multi-scale two deviations (default: 0.01,1).",
            valueName: "level"
        )
    )
    var noiseLevel: CommaSeparated<Float>?

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
    var isConvolutional: Bool { variant == .convolutional }

    /// Refuses what is for images alone.
    func checkIsForTables() throws {
        guard !isConvolutional else {
            throw ValidationError("--variant convolutional is for images, and these are tables")
        }
    }

    /// The variant that the options describe; plain where it is for images alone.
    func chosenVariant() throws -> AutoencoderVariant {
        let name = variant ?? .plain
        for (owner, options) in Self.ownedOptions where owner != name {
            guard let option = given.first(where: options.contains) else { continue }
            throw ValidationError(
                "\(option) belongs to --variant \(owner), and the variant is \(name)"
            )
        }
        switch name {
        case .sparse: return .sparse(try sparseCode())
        case .denoising: return .denoising(try corruption())
        case .variational:
            return .variational(
                VariationalCode(
                    klWeight: klWeight ?? 0.001,
                    warmUpEpochs: klWarmUp ?? 0,
                    meanL1: meanL1 ?? 0,
                    freeBits: freeBits ?? 0
                )
            )
        case .plain, .convolutional: return .plain
        }
    }

    /// The options of the variants.
    private static let ownedOptions: [(VariantName, Set<String>)] = [
        (
            .sparse,
            ["--sparsity-weight", "--sparsity-target", "--sparsity-layers", "--active-units"]
        ),
        (.denoising, ["--noise", "--noise-level"]),
        (.variational, ["--kl-weight", "--kl-warm-up", "--mean-l1", "--free-bits"]),
    ]

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
        return .l1(weight: weight, layers: sparsityLayers ?? .code)
    }

    private func corruption() throws -> Corruption {
        let levels = noiseLevel?.values ?? []
        guard levels.allSatisfy(\.isFinite) else {
            throw ValidationError("--noise-level takes a number such as 0.1")
        }
        switch (noise ?? .gaussian, levels.count) {
        case (.multiScale, 0): return .multiScale()
        case (.multiScale, 2): return .multiScale(low: levels[0], high: levels[1])
        case (.multiScale, _):
            throw ValidationError("--noise multi-scale takes two levels, such as 0.01,1")
        case (_, 2...): throw ValidationError("--noise-level takes one level, such as 0.1")
        case (.gaussian, _): return .gaussian(deviation: levels.first ?? 0.1)
        case (.masking, _): return .masking(rate: levels.first ?? 0.1)
        case (.swap, _): return .swap(rate: levels.first ?? 0.1)
        }
    }
}
