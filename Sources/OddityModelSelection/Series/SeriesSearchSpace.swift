public import OddityDetectors

/// The settings of a detector of series that a search chooses from.
///
/// Each list holds the values of one setting; every combination is a candidate, but for codes that are wider than the
/// layer before them.
public struct SeriesSearchSpace: SearchSpace {
    /// What the network sees, and its kind.
    ///
    /// Averages and windows through dense layers or convolutions by default; recurrent networks take several times as
    /// long.
    public var networks: [SeriesNetwork.Kind] = [.averages, .dense, .convolutional]
    /// How far back is looked, in steps.
    ///
    /// Nil, the default, is what the detector that the search starts from would take, half of it and twice as far, but
    /// no more than a twelfth of the steps.
    public var windowLengths: [Int]?
    /// The sizes of the encoder's layers before the code.
    ///
    /// 32, or 64, or 128, by default.
    public var hiddenLayers: [[Int]] = [[32], [64], [128]]
    /// The size of the code.
    ///
    /// Nil, the default, is 0.3, 0.6, 1 and 2 times the number of features of a step, at least 2.
    public var latentSizes: [Int]?
    /// What the network does beside squeezing and rebuilding.
    ///
    /// By default nothing, or rebuilding steps that noise was added to.
    public var variants: [AutoencoderVariant] = [
        .plain, .denoising(.gaussian(deviation: 0.1)), .denoising(.gaussian(deviation: 0.3)),
    ]
    /// The size of a training step; 0.001 to 0.01 by default.
    public var learningRates = [0.001, 0.003, 0.01]
    /// Passes over the training steps; nil, the detector's own choice, by default.
    public var epochs: [Int?] = [nil]

    /// Makes the default space.
    public init() {}

    /// The settings that are searched and how many values each has.
    public var settings: [(name: String, valueCount: Int)] {
        [
            ("networks", networks.count), ("windows", windowLengths?.count ?? 1),
            ("hidden layers", hiddenLayers.count), ("latent sizes", latentSizes?.count ?? 1),
            ("variants", variants.count), ("learning rates", learningRates.count),
            ("epochs", epochs.count),
        ]
    }

    /// A combination of values, put into a configuration; nil where the code would be wider than the layer before it.
    public func configuration(at places: [Int], base: SeriesDetector) -> SeriesDetector? {
        let hidden = hiddenLayers[places[2]]
        let latentSize = latentSizes.map { $0[places[3]] }
        guard latentSize ?? 0 <= hidden.last ?? .max else { return nil }
        var result = base
        result.network.kind = networks[places[0]]
        if let windowLengths { result.windowLength = windowLengths[places[1]] }
        result.network.hiddenSizes = hidden
        result.network.latentSize = latentSize
        result.network.variant = variants[places[4]]
        result.learningRate = learningRates[places[5]]
        result.epochs = epochs[places[6]]
        return result
    }

    /// The space with what follows from the data.
    ///
    /// - Parameters:
    ///   - windowLength: how far back the start of the search looks.
    ///   - stepCount: the steps to learn from.
    ///   - featureCount: the features of a step.
    func resolved(windowLength: Int, stepCount: Int, featureCount: Int) -> SeriesSearchSpace {
        var space = self
        if windowLengths == nil {
            let most = max(2, stepCount / 12)
            space.windowLengths = [windowLength / 2, windowLength, 2 * windowLength].filter {
                2...min(most, SeriesDetector.windowLimit) ~= $0
            }
            if space.windowLengths?.isEmpty == true { space.windowLengths = nil }
        }
        if latentSizes == nil {
            let sizes = [0.3, 0.6, 1, 2].map { max(2, Int((Double(featureCount) * $0).rounded())) }
            space.latentSizes = Set(sizes).sorted()
        }
        return space
    }
}
