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

extension AutoencoderVariant {
    /// Refuses numbers that cannot be trained with.
    ///
    /// - Parameter codeSize: the size of the code, where it is known.
    func validate(codeSize: Int?) throws {
        switch self {
        case .plain: break
        case .sparse(let code): try validate(code, codeSize)
        case .denoising(let corruption): try validate(corruption)
        case .variational(let code): try validate(code)
        }
    }

    private func validate(_ code: SparseCode, _ codeSize: Int?) throws {
        switch code {
        case .l1(let weight, _): try checkWeight("sparsity weight", weight)
        case .divergence(let target, let weight):
            try checkWeight("sparsity weight", weight)
            try check(
                target > 0 && target < 1,
                "sparsity target",
                target,
                "give a mean activation above 0 and below 1, such as 0.05"
            )
        case .largest(let count):
            try check(
                count >= 1 && count <= codeSize ?? .max,
                "the number of active units",
                count,
                "give 1 to the size of the code"
            )
        }
    }

    private func validate(_ corruption: Corruption) throws {
        switch corruption {
        case .gaussian(let deviation): try checkWeight("noise level", deviation)
        case .masking(let rate), .swap(let rate):
            try check(rate >= 0 && rate < 1, "noise level", rate, "give a share from 0 to below 1")
        case .multiScale(let low, let high):
            try check(
                low > 0 && low < high && high.isFinite,
                "noise level",
                "\(low) to \(high)",
                "give two levels above 0, the lower one first"
            )
        }
    }

    private func validate(_ code: VariationalCode) throws {
        try checkWeight("KL weight", code.klWeight)
        try checkWeight("the weight of the means", code.meanL1)
        try checkWeight("free bits", code.freeBits)
        try check(
            0...1_000_000 ~= code.warmUpEpochs,
            "warm-up",
            code.warmUpEpochs,
            "give a number of epochs from 0 up"
        )
    }

    private func checkWeight(_ name: String, _ weight: Float) throws {
        try check(weight >= 0 && weight.isFinite, name, weight, "give a number from 0 up")
    }
}
