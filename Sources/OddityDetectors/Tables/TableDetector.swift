public import OddityNeuralNetworks
public import OddityPreprocessing

/// A detector to be fitted: an autoencoder and how it is trained.
///
/// The network squeezes a row through a narrow layer, the code, and rebuilds it. Trained on normal rows it
/// rebuilds normal rows well; a row is odd where the rebuilt row differs from it, or where its code
/// lies far from the codes of the training rows. Several members are trained, each without one fold of
/// the rows; what they make of the fold they never saw calibrates their scores.
///
///     let detector = try TableDetector().fitted(to: table)
///     for row in try detector.verdicts(of: newRows) where row.isAnomaly { … }
///
/// Sources: Hinton and Salakhutdinov 2006 (autoencoder); Vovk 2015 (cross-conformal prediction).
public struct TableDetector: Codable, Sendable, Equatable {
    /// The sizes of the encoder's layers, the last being the code; the decoder mirrors them.
    ///
    /// Nil, the default, is ``defaultHiddenSizes(featureCount:)`` of the features that the network gets.
    public var hiddenSizes: [Int]?
    /// What the network does beside squeezing and rebuilding; nothing by default.
    public var variant = AutoencoderVariant.plain
    /// Whether the decoder uses the encoder's weights, transposed; off by default.
    public var tiedWeights = false
    /// The activation of all layers but the last; ReLU by default.
    public var activation: Activation = .relu
    /// The activation of the last layer.
    ///
    /// Identity by default; sigmoid goes with `ScalingMethod.minMax`.
    public var outputActivation: Activation = .identity
    /// The share of activations that are dropped in a training step after each hidden layer but the
    /// code; 0 by default.
    public var dropout: Float = 0
    /// Residual blocks after each hidden layer but the code, in encoder and decoder; 0 by default.
    ///
    /// A block is y = x + f(x), where f is two dense layers of the hidden layer's size with the activation
    /// between them (He et al. 2016), and batch normalization and dropout where they are on.
    public var residualBlocks = 0
    /// Whether hidden layers but the code are batch-normalized; off by default.
    public var batchNormalization = false
    /// What the training minimizes; the mean squared error by default.
    public var loss: Loss = .meanSquaredError
    /// How parameters follow the gradients; Adam by default.
    public var optimizer: Optimizer = .adam()
    /// The size of a training step; 0.001 by default.
    public var learningRate = 1e-3
    /// How the learning rate changes over the epochs; constant by default.
    public var schedule: LearningRateSchedule = .constant
    /// The largest norm of a gradient; larger ones are shortened.
    ///
    /// No limit by default.
    public var gradientClipping: Double?
    /// Rows in a training step; 128 by default.
    public var batchSize = 128
    /// Passes over the training rows at most.
    ///
    /// By default as many as make ``defaultStepCount`` steps, and at least one.
    public var epochs: Int?
    /// Epochs without a better loss on held-out rows after which training stops.
    ///
    /// By default a training runs to its last epoch, but for tables with more inputs than rows: such a network soon
    /// knows its rows by heart, and stops after the epochs of ``widePatience`` steps. Either way the parameters of the best epoch
    /// are kept.
    public var patience: Int?
    /// The training steps without a better loss on held-out rows after which training stops, for more inputs than rows: 200.
    public static let widePatience = 200
    /// Whether rows come in a new order in every epoch; on by default.
    public var shuffles = true
    /// The number of members, each trained without one fold.
    ///
    /// With 1, a single network is trained and ``heldOutShare`` of the rows is held out for
    /// calibration.
    public var folds = 4
    /// The share of rows that a single network does not see; 0.2 by default.
    public var heldOutShare = 0.2
    /// What makes a row odd.
    public var scoring: Scoring = .residualAndCode
    /// How far a code lies from those of the training rows, where ``scoring`` uses codes; the nearest
    /// by default.
    public var codeDistance: CodeDistance = .nearest
    /// How strongly codes are pulled towards their centre; nil by default: not at all.
    ///
    /// The network is trained as an autoencoder; then the mean of the training codes is fixed as the centre
    /// and training goes on for as many epochs with this weight times the mean squared distance of
    /// the codes to it in the loss (deep SVDD, Ruff et al. 2018). There the decoder is dropped and biases are
    /// forbidden, lest all codes become the centre; here the reconstruction error stays in the
    /// loss, which prevents that too. The last epoch's parameters are kept. Goes with
    /// ``CodeDistance/center``.
    public var svddWeight: Float?
    /// Whether the model keeps values of some thousand training rows, to tell how far a row is from the nearest of
    /// them; on by default.
    ///
    /// It counts with ``Scoring/residualAndCode`` and rows of two numbers or more. Without it the model
    /// holds no values of training rows but their codes, and ranks anomalies less well.
    public var storesRows: Bool {
        get { storedRows ?? false }
        set { storedRows = newValue }
    }
    /// Nil in models that were written before rows were kept.
    private var storedRows: Bool? = true
    /// How many principal components of the rows the network gets in their place; none by default.
    ///
    /// Rows are still judged, and reasons given, in the original columns: what the components leave
    /// out is part of the reconstruction error.
    public var principalComponents: PrincipalComponentAnalysis.Selection?
    /// The layers of a network that was trained elsewhere, see ``calibrated(_:on:threadCount:)``; nil where networks are
    /// trained here.
    ///
    /// Sizes, activations and all settings of a training then say nothing.
    public internal(set) var importedLayers: [LayerDescription]?
    /// How tables become rows of the network.
    public var preparation = TablePreparation()
    /// Where all random numbers come from: same seed, same data, same model.
    public var seed: UInt64 = 0

    /// The number of training steps that ``epochs`` is chosen for by default.
    public static let defaultStepCount = 1500

    /// The number of codes that a row's likelihood is averaged over, 16.
    public static let latentDrawCount = 16

    /// What makes a row odd.
    public enum Scoring: String, Codable, Sendable, CaseIterable {
        /// Its reconstruction error, and the distance of its code to the codes of training
        /// (``TableDetector/codeDistance``).
        case residualAndCode = "residual-and-code"
        /// Its reconstruction error alone: the plain autoencoder.
        case residual
        /// The distance of its code alone: a latent density, or with ``CodeDistance/center`` deep SVDD.
        case code
        /// The negative evidence lower bound of a variational network (Kingma and Welling 2014), in nats:
        /// −E ln p(x|z) + KL(q(z|x) ‖ N(0, I)).
        ///
        /// The expectation is that of ``reconstructionProbability``, the divergence is the row's own and exact.
        case elbo
        /// The reconstruction probability of a variational network (An and Cho 2015): −E ln p(x|z) in nats, the
        /// mean over ``TableDetector/latentDrawCount`` codes z drawn from the row's own posterior q(z|x).
        ///
        /// p is normal in each feature, with the variance that `Loss.gaussian` learns or else the feature's mean
        /// squared residual on held-out rows. Draw i is z = μ + σ·εᵢ, where εᵢ depends on the
        /// seed and i alone, so that the same row always has the same score. A row takes 17 passes through the
        /// network instead of one.
        case reconstructionProbability = "reconstruction-probability"
    }

    /// The sizes of the encoder's layers for a number of features, where none are given.
    ///
    /// 128 and 32 up to 512 features, and 256 and 64 for more: narrower layers ranked anomalies worse on
    /// tables of 3 features too, and wider ones no better on tables of up to 100; on 784 features the wider
    /// ones were as good, and they leave room for tables of thousands. Where there are more features than rows, the rows
    /// count: they span no more than their number.
    public static func defaultHiddenSizes(featureCount: Int) -> [Int] {
        featureCount <= 512 ? [128, 32] : [256, 64]
    }

    /// Makes a detector to be fitted, with the defaults.
    public init() {}

    /// The number of passes over `rowCount` training rows.
    package func resolvedEpochs(rowCount: Int) -> Int {
        let steps = stepsPerEpoch(rowCount: rowCount)
        return epochs ?? max(1, (TableDetector.defaultStepCount + steps - 1) / steps)
    }

    /// ``hiddenSizes``, or the default for a number of features.
    package func resolvedHiddenSizes(featureCount: Int) -> [Int] {
        hiddenSizes ?? TableDetector.defaultHiddenSizes(featureCount: featureCount)
    }

    /// The training steps of an epoch.
    func stepsPerEpoch(rowCount: Int) -> Int { (rowCount + batchSize - 1) / batchSize }
}
