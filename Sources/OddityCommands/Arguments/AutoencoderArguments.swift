internal import ArgumentParser
internal import OddityDetectors
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OddityRecords

/// The settings of an autoencoder on the command line.
///
/// What is not given has the library's default.
struct AutoencoderArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Sizes of the encoder's layers, the code last; the decoder mirrors them (default: 128,32, and 256,64 for more than 512 features).",
            valueName: "sizes"
        )
    )
    var hidden: CommaSeparated<Int>?

    @Option(
        help: ArgumentHelp(
            "Activation of the hidden layers (default: relu).",
            valueName: "name"
        )
    )
    var activation: Activation?

    @Option(
        help: ArgumentHelp(
            "Activation of the last layer; sigmoid goes with --scaling min-max (default: identity).",
            valueName: "name"
        )
    )
    var outputActivation: Activation?

    @Option(
        help: ArgumentHelp(
            "What training minimizes: mse, mae, huber, bce, which needs values in [0, 1], or gaussian, which learns a variance too (default: mse).",
            valueName: "name"
        )
    )
    var loss: Loss?

    @Option(help: ArgumentHelp("What trains the network (default: adam).", valueName: "name"))
    var optimizer: OptimizerName?

    @Option(help: ArgumentHelp("Size of a training step (default: 0.001).", valueName: "rate"))
    var learningRate: Double?

    @Option(
        help: ArgumentHelp(
            "How the learning rate falls: constant, cosine, or step, to a tenth every 30 epochs (default: constant).",
            valueName: "name"
        )
    )
    var schedule: LearningRateSchedule?

    @Option(
        help: ArgumentHelp(
            "Shorten gradients to this norm (default: no limit).",
            valueName: "norm"
        )
    )
    var clipGradients: Double?

    @Option(
        help: ArgumentHelp(
            "Pull parameters towards 0 by this much (default: 0).",
            valueName: "amount"
        )
    )
    var weightDecay: Double?

    @Option(
        help: ArgumentHelp(
            "Passes over the training rows (default: as many as make 1,500 steps).",
            valueName: "count"
        )
    )
    var epochs: Int?

    @Option(help: ArgumentHelp("Rows in a training step (default: 128).", valueName: "rows"))
    var batchSize: Int?

    @Option(
        help: ArgumentHelp(
            "Stop after this many epochs without a better loss on held-out rows (default: train to the end; with more columns than rows 200). The parameters of the best epoch are kept either way.",
            valueName: "epochs"
        )
    )
    var patience: Int?

    @Option(
        help: ArgumentHelp(
            "Share of hidden activations dropped in a training step (default: 0).",
            valueName: "share"
        )
    )
    var dropout: Float?

    @Option(
        help: ArgumentHelp(
            "Residual blocks after each hidden layer but the code, in encoder and decoder (default: 0).",
            valueName: "count"
        )
    )
    var residualBlocks: Int?

    @Flag(help: "Normalize hidden layers over each batch.")
    var batchNormalization = false

    @Option(
        help: ArgumentHelp(
            "Networks, each trained without one fold of the rows, which calibrates it (default: 4). With 1, a single network is trained and a fifth of the rows is held out.",
            valueName: "count"
        )
    )
    var folds: Int?

    @Option(
        help: ArgumentHelp(
            "How numbers are scaled: standardize, min-max (to [0, 1]), robust (median and quartiles), none (default: standardize).",
            valueName: "name"
        )
    )
    var scaling: ScalingMethod?

    @Option(
        help: ArgumentHelp(
            "What stands for a missing number: median, mean, or error to refuse it (default: median).",
            valueName: "name"
        )
    )
    var missingValues: MissingValuePolicy?

    @Option(
        help: ArgumentHelp(
            "Pull values to within this many standard deviations of the training mean (default: 20).",
            valueName: "deviations"
        )
    )
    var clip: Double?

    @Option(
        help: ArgumentHelp(
            "Give the network principal components of the features: a number of them, a share of the variance such as 0.95, or auto, those above the average (default: none). Rows are still judged in their own columns.",
            valueName: "components"
        )
    )
    var pca: PrincipalComponentAnalysis.Selection?

    @OptionGroup(title: "Variant") var variant: VariantArguments
    @OptionGroup(title: "Scoring") var scoring: ScoringArguments

    @Option(help: ArgumentHelp("Where all random numbers come from.", valueName: "number"))
    var seed: UInt64 = 0

    func validate() throws {
        let autoencoder = try autoencoder()
        do {
            try autoencoder.validate()
        } catch {
            throw ValidationError("\(error)")
        }
        let preparation = autoencoder.preparation
        guard weightDecay.map({ $0 >= 0 && $0.isFinite }) ?? true else {
            throw ValidationError("--weight-decay takes a number of at least 0")
        }
        guard
            autoencoder.loss != .binaryCrossEntropy
                || [.minMax, .none].contains(preparation.scaling)
        else {
            throw ValidationError("--loss bce needs values in [0, 1]; add --scaling min-max")
        }
    }
}
