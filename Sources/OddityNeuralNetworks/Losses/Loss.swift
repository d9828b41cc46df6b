/// How far a prediction is from what was expected, averaged over all rows and target columns.
///
/// Its `Codable` form is its ``name``, such as `"mse"` or `"huber(0.5)"`.
public enum Loss: Hashable, Sendable {
    /// (p − t)²
    case meanSquaredError
    /// |p − t|
    case meanAbsoluteError
    /// (p − t)²/2 up to `delta`, delta·(|p − t| − delta/2) beyond (Huber 1964)
    case huber(delta: Float = 1)
    /// −t·log p − (1 − t)·log(1 − p), for targets in [0, 1].
    ///
    /// After a sigmoid it is computed from the sigmoid's input, which is exact for probabilities
    /// near 0 and 1; otherwise logarithms end at −100.
    case binaryCrossEntropy
    /// (v + (t − m)²/eᵛ)/2 with mean m and log variance v, both of which the network returns: the
    /// negative log-likelihood of a normal distribution of learnt variance, in nats, without the
    /// constant log(2π)/2 (Nix & Weigend 1994).
    ///
    /// For d target columns the network has 2·d outputs: d means, then d log variances. These are
    /// limited to ±``logVarianceLimit``; beyond it their gradient is 0. It can be below zero.
    case gaussian
    /// 1 − SSIM + `errorWeight`·(p − t)², with SSIM the mean structural similarity of images or series
    /// of numbers from 0 to 1 (Wang et al. 2004), channel by channel.
    ///
    /// The window is Gaussian, of deviation 1.5 and 11 points along each axis, or the largest odd number
    /// of them on a smaller image; it stays inside the image. C₁ = 0.01² and C₂ = 0.03².
    case structuralSimilarity(errorWeight: Float = 0)
    /// 1 − MS-SSIM + `errorWeight`·(p − t)², with the similarity at up to five scales (Wang, Simoncelli
    /// & Bovik 2003).
    ///
    /// Each scale has half the size of the one before, as long as 11 points are left along each axis. The
    /// structures of all scales and the luminance of the last are multiplied, each with the paper's
    /// exponents divided by the sum of those used; one scale makes it SSIM. With several, a channel with
    /// a factor that is not above 0 has similarity 0 and no gradient, so give the squared error a weight.
    case multiScaleStructuralSimilarity(errorWeight: Float = 0)
    /// The mean of (∂p − ∂t)² + `errorWeight`·(p − t)², with ∂ the differences between neighbours, along
    /// each axis of an image or a series: edges that stand where they should.
    case gradientDifference(errorWeight: Float = 1)

    /// Whether the loss compares images or series, so that the network's output needs a shape.
    public var needsShape: Bool {
        switch self {
        case .structuralSimilarity, .multiScaleStructuralSimilarity, .gradientDifference: true
        case .meanSquaredError, .meanAbsoluteError, .huber, .binaryCrossEntropy, .gaussian: false
        }
    }

    /// Where the log variances of ``gaussian`` end, 10 on both sides.
    public static let logVarianceLimit: Float = 10

    /// The number of target columns for a network of some number of outputs: half of them, rounded
    /// down, with ``gaussian``, all with the others.
    public func targetSize(outputSize: Int) -> Int {
        self == .gaussian ? outputSize / 2 : outputSize
    }

    /// Names of all losses, for help texts; `huber` takes a number in parentheses, and those of images
    /// the weight of the squared error.
    public static let names = [
        "mse", "mae", "huber", "bce", "gaussian", "ssim", "ms-ssim", "gradient-difference",
    ]

    /// Reads a ``name``: `mse`, `huber(0.5)`… Returns nil for an unknown one.
    public init?(_ name: String) {
        guard let named = NamedValue(name) else { return nil }
        switch (named.name, named.value) {
        case ("mse", nil): self = .meanSquaredError
        case ("mae", nil): self = .meanAbsoluteError
        case ("huber", let delta): self = .huber(delta: delta ?? 1)
        case ("bce", nil): self = .binaryCrossEntropy
        case ("gaussian", nil): self = .gaussian
        case ("ssim", let weight): self = .structuralSimilarity(errorWeight: weight ?? 0)
        case ("ms-ssim", let weight):
            self = .multiScaleStructuralSimilarity(errorWeight: weight ?? 0)
        case ("gradient-difference", let weight):
            self = .gradientDifference(errorWeight: weight ?? 1)
        default: return nil
        }
    }

    /// The name on a command line and in a file; the number is left out when it is the usual one.
    public var name: String {
        switch self {
        case .meanSquaredError: "mse"
        case .meanAbsoluteError: "mae"
        case .huber(let delta): NamedValue(name: "huber", value: delta).text(usual: 1)
        case .binaryCrossEntropy: "bce"
        case .gaussian: "gaussian"
        case .structuralSimilarity(let weight):
            NamedValue(name: "ssim", value: weight).text(usual: 0)
        case .multiScaleStructuralSimilarity(let weight):
            NamedValue(name: "ms-ssim", value: weight).text(usual: 0)
        case .gradientDifference(let weight):
            NamedValue(name: "gradient-difference", value: weight).text(usual: 1)
        }
    }
}

extension Loss: Codable {
    /// Reads a ``name``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let loss = Loss(name) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "unknown loss '\(name)'"
            )
        }
        self = loss
    }

    /// Writes the ``name``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
