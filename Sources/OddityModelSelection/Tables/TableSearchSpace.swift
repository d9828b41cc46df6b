public import OddityDetectors

/// The settings that a search chooses from.
///
/// Each list holds the values of one setting; every combination is a candidate, but for codes that
/// are wider than the layer before them.
public struct SearchSpace: Codable, Sendable, Equatable {
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

    /// The number of combinations, before codes that are too wide are left out.
    public var combinationCount: Int {
        sizes.reduce(1) { product, size in
            let (value, hasOverflow) = product.multipliedReportingOverflow(by: size)
            return hasOverflow ? .max : value
        }
    }

    /// A combination of values, put into a configuration.
    ///
    /// - Parameters:
    ///   - index: from 0 to below ``combinationCount``.
    ///   - base: where all other settings come from.
    /// - Returns: nil where the code would be wider than the layer before it.
    func configuration(_ index: Int, base: TableDetector) -> TableDetector? {
        var rest = index
        var places: [Int] = []
        for size in sizes {
            places.append(rest % size)
            rest /= size
        }
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

    private var sizes: [Int] {
        [
            hiddenLayers.count, latentSizes.count, variants.count, dropouts.count,
            learningRates.count, epochs.count,
        ]
    }
}
