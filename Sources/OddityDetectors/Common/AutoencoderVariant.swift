/// What an autoencoder does beside squeezing and rebuilding rows.
public enum AutoencoderVariant: Codable, Sendable, Equatable {
    /// Nothing else.
    case plain
    /// The code is kept sparse: few of its units are active for a row.
    case sparse(SparseCode)
    /// Rows are corrupted in training and the network rebuilds the clean ones (Vincent et al. 2008).
    case denoising(Corruption)
    /// The code is drawn from a normal distribution that is held near the standard one (Kingma and Welling
    /// 2014).
    ///
    /// Rows are scored with the mean of the distribution, so the same row always has the same score.
    case variational(VariationalCode)

    /// The names of the variants, as the command knows them.
    public static let names = ["plain", "sparse", "denoising", "variational"]

    /// The name of the variant.
    public var name: String {
        switch self {
        case .plain: "plain"
        case .sparse: "sparse"
        case .denoising: "denoising"
        case .variational: "variational"
        }
    }
}

/// How a code is kept sparse.
public enum SparseCode: Codable, Sendable, Equatable {
    /// The sum of the magnitudes of activations, times this weight, is added to the loss; of the code's unless
    /// other layers are named.
    case l1(weight: Float = 0.001, layers: PenalizedLayers = .code)
    /// The divergence of each unit's mean activation from a target, times a weight, is added to the
    /// loss (Ng 2011); the code's activation is then the sigmoid.
    case divergence(target: Float = 0.05, weight: Float = 0.001)
    /// Only the units with the largest activations are kept in each row (Makhzani and Frey 2013).
    case largest(count: Int)
}

/// Which activations an L1 penalty makes small.
public enum PenalizedLayers: String, Codable, Sendable, CaseIterable {
    /// Those of the code.
    case code
    /// Those of the encoder's layers, the code among them.
    case encoder
    /// Those of all layers but the output.
    case all
}

/// How rows are corrupted in training, in units of the scaled features.
public enum Corruption: Codable, Sendable, Equatable {
    /// Normal noise of a standard deviation is added.
    case gaussian(deviation: Float = 0.1)
    /// A share of the values becomes 0, which is the mean of a standardized column.
    case masking(rate: Float = 0.1)
    /// A share of the values is replaced by the same column's value of another row.
    case swap(rate: Float = 0.1)
    /// Normal noise of a random level between two is added, and the network is told the level.
    case multiScale(low: Float = 0.01, high: Float = 1)
}

/// What holds a variational code near the standard normal distribution.
public struct VariationalCode: Codable, Sendable, Equatable {
    /// The weight of the Kullback–Leibler divergence, beside a loss that is a mean over features.
    public var klWeight: Float
    /// The epochs over which the weight grows from 0.
    public var warmUpEpochs: Int
    /// The weight of the magnitudes of the means.
    public var meanL1: Float
    /// The divergence of each latent dimension, in nats, that costs nothing.
    public var freeBits: Float

    /// Makes settings.
    public init(
        klWeight: Float = 0.001,
        warmUpEpochs: Int = 0,
        meanL1: Float = 0,
        freeBits: Float = 0
    ) {
        self.klWeight = klWeight
        self.warmUpEpochs = warmUpEpochs
        self.meanL1 = meanL1
        self.freeBits = freeBits
    }
}
