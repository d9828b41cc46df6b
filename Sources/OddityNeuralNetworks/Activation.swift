internal import COddityKernels

/// A function applied to each element of a layer's output.
///
/// Its `Codable` form is its ``name``, such as `"relu"` or `"leaky-relu(0.2)"`.
public enum Activation: Hashable, Sendable {
    /// x
    case identity
    /// max(x, 0)
    case relu
    /// x above zero, `slope`·x below (usually 0.01)
    case leakyReLU(slope: Float = 0.01)
    /// x above zero, `scale`·(eˣ − 1) below (usually 1)
    case elu(scale: Float = 1)
    /// x·Φ(x) with the normal distribution's Φ (Hendrycks & Gimpel 2016; the exact form)
    case gelu
    /// x·sigmoid(x), also called swish
    case silu
    /// tanh x
    case tanh
    /// 1 / (1 + e⁻ˣ)
    case sigmoid
    /// log(1 + eˣ)
    case softplus

    /// Names of all activations, for help texts; two of them take a number in parentheses.
    public static let names = [
        "identity", "relu", "leaky-relu", "elu", "gelu", "silu", "tanh", "sigmoid", "softplus",
    ]

    /// Reads a ``name``: `relu`, `elu`, `leaky-relu(0.2)`… Returns nil for an unknown one.
    public init?(_ name: String) {
        guard let named = NamedValue(name) else { return nil }
        switch (named.name, named.value) {
        case ("identity", nil): self = .identity
        case ("relu", nil): self = .relu
        case ("leaky-relu", let slope): self = .leakyReLU(slope: slope ?? 0.01)
        case ("elu", let scale): self = .elu(scale: scale ?? 1)
        case ("gelu", nil): self = .gelu
        case ("silu", nil): self = .silu
        case ("tanh", nil): self = .tanh
        case ("sigmoid", nil): self = .sigmoid
        case ("softplus", nil): self = .softplus
        default: return nil
        }
    }

    /// The name on a command line and in a file; the number is left out when it is the usual one.
    public var name: String {
        switch self {
        case .identity: "identity"
        case .relu: "relu"
        case .leakyReLU(let slope): NamedValue(name: "leaky-relu", value: slope).text(usual: 0.01)
        case .elu(let scale): NamedValue(name: "elu", value: scale).text(usual: 1)
        case .gelu: "gelu"
        case .silu: "silu"
        case .tanh: "tanh"
        case .sigmoid: "sigmoid"
        case .softplus: "softplus"
        }
    }

    /// The kernel's number for this activation.
    var kernel: oddity_activation {
        switch self {
        case .identity: ODDITY_IDENTITY
        case .relu: ODDITY_RELU
        case .leakyReLU: ODDITY_LEAKY_RELU
        case .elu: ODDITY_ELU
        case .gelu: ODDITY_GELU
        case .silu: ODDITY_SILU
        case .tanh: ODDITY_TANH
        case .sigmoid: ODDITY_SIGMOID
        case .softplus: ODDITY_SOFTPLUS
        }
    }

    /// The number that belongs to the activation, 0 for those without.
    var slope: Float {
        switch self {
        case .leakyReLU(let slope): slope
        case .elu(let scale): scale
        default: 0
        }
    }

    /// Whether the derivative needs the input as well as the output.
    var derivativeNeedsInput: Bool { self == .gelu || self == .silu }
}

extension Activation: Codable {
    /// Reads a ``name``.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let name = try container.decode(String.self)
        guard let activation = Activation(name) else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "unknown activation '\(name)'"
            )
        }
        self = activation
    }

    /// Writes the ``name``.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
