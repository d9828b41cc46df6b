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

    /// Where the log variances of ``gaussian`` end, 10 on both sides.
    public static let logVarianceLimit: Float = 10

    /// The number of target columns for a network of some number of outputs: half of them, rounded
    /// down, with ``gaussian``, all with the others.
    public func targetSize(outputSize: Int) -> Int {
        self == .gaussian ? outputSize / 2 : outputSize
    }

    /// Names of all losses, for help texts; `huber` takes a number in parentheses.
    public static let names = ["mse", "mae", "huber", "bce", "gaussian"]

    /// Reads a ``name``: `mse`, `huber(0.5)`… Returns nil for an unknown one.
    public init?(_ name: String) {
        guard let named = NamedValue(name) else { return nil }
        switch (named.name, named.value) {
        case ("mse", nil): self = .meanSquaredError
        case ("mae", nil): self = .meanAbsoluteError
        case ("huber", let delta): self = .huber(delta: delta ?? 1)
        case ("bce", nil): self = .binaryCrossEntropy
        case ("gaussian", nil): self = .gaussian
        default: return nil
        }
    }

    /// The name on a command line and in a file; the number is left out when it is 1.
    public var name: String {
        switch self {
        case .meanSquaredError: "mse"
        case .meanAbsoluteError: "mae"
        case .huber(let delta): NamedValue(name: "huber", value: delta).text(usual: 1)
        case .binaryCrossEntropy: "bce"
        case .gaussian: "gaussian"
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
