public import OddityDetectors

/// The settings of a detector of tables that a search chooses from.
///
/// Each list holds the values of one setting; every combination is a candidate, but for codes that
/// are wider than the layer before them.
public struct TableSearchSpace: SearchSpace {
    /// The sizes of the encoder's layers before the code.
    ///
    /// 64, or 128, or 128 and 64, by default.
    public var hiddenLayers: [[Int]] = [[64], [128], [128, 64]]
    /// The size of the code; 4 to 64 by default.
    public var latentSizes = [4, 8, 16, 32, 64]
    /// What the network does beside squeezing and rebuilding.
    ///
    /// By default nothing, or rebuilding rows that noise was added to.
    public var variants: [AutoencoderVariant] = [
        .plain, .denoising(.gaussian(deviation: 0.1)), .denoising(.gaussian(deviation: 0.3)),
    ]
    /// The share of activations that are dropped in a training step; 0 or 0.1 by default.
    public var dropouts: [Float] = [0, 0.1]
    /// The size of a training step; 0.0005 to 0.003 by default.
    public var learningRates = [0.0005, 0.001, 0.003]
    /// Passes over the training rows; nil, the detector's own choice, by default.
    public var epochs: [Int?] = [nil]

    /// Makes the default space.
    public init() {}

    /// The settings that are searched and how many values each has.
    public var settings: [(name: String, valueCount: Int)] {
        [
            ("hidden layers", hiddenLayers.count), ("latent sizes", latentSizes.count),
            ("variants", variants.count), ("dropouts", dropouts.count),
            ("learning rates", learningRates.count), ("epochs", epochs.count),
        ]
    }

    /// A combination of values, put into a configuration; nil where the code would be wider than the layer before it.
    public func configuration(at places: [Int], base: TableDetector) -> TableDetector? {
        let hidden = hiddenLayers[places[0]]
        let latentSize = latentSizes[places[1]]
        guard latentSize <= hidden.last ?? .max else { return nil }
        var result = base
        result.hiddenSizes = hidden + [latentSize]
        result.variant = variants[places[2]]
        result.dropout = dropouts[places[3]]
        result.learningRate = learningRates[places[4]]
        result.epochs = epochs[places[5]]
        return result
    }
}
