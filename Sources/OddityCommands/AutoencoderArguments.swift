internal import ArgumentParser
internal import Detectors
internal import NeuralNetworks
internal import Preprocessing

/// The settings of an autoencoder on the command line. What is not given has the library's default.
struct AutoencoderArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Sizes of the encoder's layers, the code last; the decoder mirrors them (default: 128,32).",
            valueName: "sizes"))
    var hidden: String?

    @Option(
        help: ArgumentHelp(
            "Activation of the hidden layers: relu, leaky-relu, elu, gelu, silu, tanh, sigmoid, softplus, identity (default: relu).",
            valueName: "name"))
    var activation: String?

    @Option(
        help: ArgumentHelp(
            "Activation of the last layer; sigmoid goes with --scaling min-max (default: identity).",
            valueName: "name"))
    var outputActivation: String?

    @Option(
        help: ArgumentHelp(
            "What training minimizes: mse, mae, huber, or bce, which needs values in [0, 1] (default: mse).",
            valueName: "name"))
    var loss: String?

    @Option(help: ArgumentHelp("adam, adamw or sgd (default: adam).", valueName: "name"))
    var optimizer: String?

    @Option(help: ArgumentHelp("Size of a training step (default: 0.001).", valueName: "rate"))
    var learningRate: Double?

    @Option(
        help: ArgumentHelp(
            "How the learning rate falls: constant or cosine (default: constant).", valueName: "name"))
    var schedule: String?

    @Option(
        help: ArgumentHelp(
            "Shorten gradients to this norm (default: no limit).", valueName: "norm"))
    var clipGradients: Double?

    @Option(help: ArgumentHelp("Pull parameters towards 0 by this much (default: 0).", valueName: "amount"))
    var weightDecay: Double?

    @Option(
        help: ArgumentHelp(
            "Passes over the training rows (default: as many as make 1,500 steps).",
            valueName: "count"))
    var epochs: Int?

    @Option(help: ArgumentHelp("Rows in a training step (default: 128).", valueName: "rows"))
    var batchSize: Int?

    @Option(
        help: ArgumentHelp(
            "Stop after this many epochs without a better loss on held-out rows (default: train to the end). The parameters of the best epoch are kept either way.",
            valueName: "epochs"))
    var patience: Int?

    @Option(
        help: ArgumentHelp(
            "Share of hidden activations dropped in a training step (default: 0).", valueName: "share"))
    var dropout: Float?

    @Flag(help: "Normalize hidden layers over each batch.")
    var batchNormalization = false

    @Option(
        help: ArgumentHelp(
            "Networks, each trained without one fold of the rows, which calibrates it (default: 4). With 1, a single network is trained and a fifth of the rows is held out.",
            valueName: "count"))
    var folds: Int?

    @Option(
        help: ArgumentHelp(
            "What makes a row odd: residual-and-code, or residual, the reconstruction error alone (default: residual-and-code).",
            valueName: "name"))
    var scoring: String?

    @Option(
        help: ArgumentHelp(
            "How numbers are scaled: standardize, min-max (to [0, 1]), robust (median and quartiles), none (default: standardize).",
            valueName: "name"))
    var scaling: String?

    @Option(
        help: ArgumentHelp(
            "What stands for a missing number: median, mean, or error to refuse it (default: median).",
            valueName: "name"))
    var missingValues: String?

    @Option(
        help: ArgumentHelp(
            "Pull values to within this many standard deviations of the training mean (default: 20).",
            valueName: "deviations"))
    var clip: Double?

    @Option(help: ArgumentHelp("Where all random numbers come from.", valueName: "number"))
    var seed: UInt64 = 0

    /// The detector to fit.
    func autoencoder() throws -> Autoencoder {
        var result = Autoencoder()
        if let hidden { result.hiddenSizes = try sizes(hidden) }
        if let activation {
            result.activation = try named(activation, "--activation", Activation.init(_:))
        }
        if let outputActivation {
            result.outputActivation = try named(
                outputActivation, "--output-activation", Activation.init(_:))
        }
        if let loss { result.loss = try named(loss, "--loss", Loss.init(_:)) }
        result.optimizer = try chosenOptimizer()
        if let learningRate { result.learningRate = learningRate }
        if let schedule {
            result.schedule = try named(schedule, "--schedule") {
                switch $0 {
                case "constant": .constant
                case "cosine": .cosine()
                default: nil
                }
            }
        }
        result.gradientClipping = clipGradients
        result.epochs = epochs
        if let batchSize { result.batchSize = batchSize }
        result.patience = patience
        if let dropout { result.dropout = dropout }
        result.batchNormalization = batchNormalization
        if let folds { result.folds = folds }
        if let scoring {
            result.scoring = try named(scoring, "--scoring", Autoencoder.Scoring.init(rawValue:))
        }
        if let scaling {
            result.preparation.scaling = try named(
                scaling, "--scaling", ScalingMethod.init(rawValue:))
        }
        if let missingValues {
            result.preparation.missingValues = try named(
                missingValues, "--missing-values", MissingValuePolicy.init(rawValue:))
        }
        if let clip { result.preparation.clippingLimit = clip }
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
        _ text: String, _ option: String, _ make: (String) -> Value?
    ) throws -> Value {
        guard let value = make(text) else {
            throw ValidationError("\(option) does not know \"\(text)\"; see oddity help fit")
        }
        return value
    }
}
