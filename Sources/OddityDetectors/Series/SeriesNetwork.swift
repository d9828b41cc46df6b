/// The network of a ``SeriesDetector``: what it sees of the past, and what it is made of.
public struct SeriesNetwork: Codable, Sendable, Equatable {
    /// What the network sees, and its kind.
    public enum Kind: String, Codable, Sendable, CaseIterable {
        /// The step and its exponential moving averages over a quarter of the window and the window, through
        /// dense layers.
        case averages
        /// A window of steps, through dense layers.
        case dense
        /// A window of steps, through convolutions along time that halve it layer by layer.
        case convolutional
        /// A window of steps, through a long short-term memory to one code, which another one unfolds in
        /// reverse (Srivastava et al. 2015).
        case lstm
        /// A window of steps, through gated recurrent units, likewise.
        case gru
    }

    /// What the network gives back.
    public enum Target: String, Codable, Sendable, CaseIterable {
        /// What it sees: an autoencoder.
        case reconstruction
        /// The step after the window that it sees: a forecast.
        case forecast
    }

    /// What the network sees, and its kind.
    public var kind = Kind.averages
    /// What the network gives back; what it sees by default.
    public var target = Target.reconstruction
    /// The sizes of the encoder's layers but the code: units, channels or states.
    ///
    /// Nil, the default, is 64, but 128 for a dense network on windows, and 32 and 16 for a convolutional one.
    public var hiddenSizes: [Int]?
    /// The numbers of the code.
    ///
    /// Nil, the default, is 0.6 times the number of features of a step, at least 2, and twice that for a
    /// window.
    public var latentSize: Int?
    /// What the network does beside rebuilding; by default noise of a tenth of a standard deviation is added
    /// in training.
    public var variant = AutoencoderVariant.denoising(.gaussian(deviation: 0.1))

    /// The default network.
    public init() {}

    /// Whether the network sees windows, and not averages.
    public var usesWindows: Bool { kind != .averages }

    /// ``hiddenSizes``, or the default.
    func resolvedHiddenSizes() -> [Int] {
        if let hiddenSizes { return hiddenSizes }
        switch kind {
        case .averages, .lstm, .gru: return [64]
        case .dense: return [128]
        case .convolutional: return [32, 16]
        }
    }

    /// ``latentSize``, or the default for a number of features of a step.
    package func resolvedLatentSize(featureCount: Int) -> Int {
        latentSize ?? max(2, Int((0.6 * Double(featureCount)).rounded())) * (usesWindows ? 2 : 1)
    }
}
