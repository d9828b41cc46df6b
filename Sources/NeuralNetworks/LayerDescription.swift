/// What a layer is, without its numbers.
///
/// The `Codable` form names the layer and what belongs to it:
/// `{"type": "dense", "outputSize": 50, "useBias": true}`.
public enum LayerDescription: Hashable, Sendable {
    /// y = xW + b with W of `inputSize` × `outputSize`.
    case dense(outputSize: Int, useBias: Bool = true)
    /// y = f(x), element by element.
    case activation(Activation)
    /// In training, each element becomes 0 with probability `rate` and the others are divided by
    /// 1 − `rate` (Srivastava et al. 2014); in scoring, nothing happens.
    case dropout(rate: Float)
    /// Each column is brought to mean 0 and variance 1, then scaled and shifted by learnt numbers
    /// (Ioffe & Szegedy 2015).
    ///
    /// Training uses the batch's mean and variance and moves the running ones towards them by
    /// `momentum` (0.1; the running variance is the unbiased one); scoring uses the running ones.
    /// A training batch of a single row has no variance: it is normalized with the running numbers
    /// and leaves them as they are.
    case batchNormalization(momentum: Float = 0.1, epsilon: Float = 1e-5)
    /// Each row is brought to mean 0 and variance 1, then scaled and shifted by learnt numbers
    /// (Ba, Kiros & Hinton 2016).
    case layerNormalization(epsilon: Float = 1e-5)
}

extension LayerDescription: Codable {
    private enum Kind: String, Codable {
        case dense, activation, dropout, batchNormalization, layerNormalization
    }

    private enum Key: String, CodingKey {
        case type, outputSize, useBias, function, rate, momentum, epsilon
    }

    /// Reads the form described at ``LayerDescription``.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        switch try values.decode(Kind.self, forKey: .type) {
        case .dense:
            self = .dense(
                outputSize: try values.decode(Int.self, forKey: .outputSize),
                useBias: try values.decode(Bool.self, forKey: .useBias)
            )
        case .activation:
            self = .activation(try values.decode(Activation.self, forKey: .function))
        case .dropout:
            self = .dropout(rate: try values.decode(Float.self, forKey: .rate))
        case .batchNormalization:
            self = .batchNormalization(
                momentum: try values.decode(Float.self, forKey: .momentum),
                epsilon: try values.decode(Float.self, forKey: .epsilon)
            )
        case .layerNormalization:
            self = .layerNormalization(epsilon: try values.decode(Float.self, forKey: .epsilon))
        }
    }

    /// Writes the form described at ``LayerDescription``.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        switch self {
        case .dense(let outputSize, let useBias):
            try values.encode(Kind.dense, forKey: .type)
            try values.encode(outputSize, forKey: .outputSize)
            try values.encode(useBias, forKey: .useBias)
        case .activation(let function):
            try values.encode(Kind.activation, forKey: .type)
            try values.encode(function, forKey: .function)
        case .dropout(let rate):
            try values.encode(Kind.dropout, forKey: .type)
            try values.encode(rate, forKey: .rate)
        case .batchNormalization(let momentum, let epsilon):
            try values.encode(Kind.batchNormalization, forKey: .type)
            try values.encode(momentum, forKey: .momentum)
            try values.encode(epsilon, forKey: .epsilon)
        case .layerNormalization(let epsilon):
            try values.encode(Kind.layerNormalization, forKey: .type)
            try values.encode(epsilon, forKey: .epsilon)
        }
    }
}
