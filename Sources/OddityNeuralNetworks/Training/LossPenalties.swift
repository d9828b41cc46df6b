/// What layers add to the loss, each part with its weight.
///
/// The whole of what training makes small is the loss plus ``total``.
public struct LossPenalties: Hashable, Sendable {
    /// Of ``LayerDescription/activityPenalty(l1:)``: l1 · mean over rows of Σ|a|.
    public var activity = 0.0
    /// Of ``LayerDescription/centerPenalty(weight:)``: weight · mean over rows of Σ(a − c)².
    public var center = 0.0
    /// Of ``LayerDescription/sparsityPenalty(target:weight:)``: weight · Σ KL(target ‖ mean).
    public var sparsity = 0.0
    /// Of ``LayerDescription/variational(latentSize:klWeight:warmUpSteps:meanL1:freeBits:)``: its
    /// weight in the step · mean over rows of Σ max(KL, free bits).
    public var divergence = 0.0
    /// Of the same layer: meanL1 · mean over rows of Σ|mean|.
    public var meanMagnitude = 0.0

    /// No penalties.
    public init() {}

    /// The sum of all parts.
    public var total: Double { activity + center + sparsity + divergence + meanMagnitude }

    /// Adds `share` times other penalties.
    mutating func add(_ other: LossPenalties, share: Double) {
        activity += share * other.activity
        center += share * other.center
        sparsity += share * other.sparsity
        divergence += share * other.divergence
        meanMagnitude += share * other.meanMagnitude
    }
}

extension LossPenalties: Codable {
    private enum Key: String, CodingKey {
        case activity, center, sparsity, divergence, meanMagnitude
    }

    /// Reads the parts; those that are missing are 0.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: Key.self)
        func part(_ key: Key) throws -> Double {
            try values.decodeIfPresent(Double.self, forKey: key) ?? 0
        }
        activity = try part(.activity)
        center = try part(.center)
        sparsity = try part(.sparsity)
        divergence = try part(.divergence)
        meanMagnitude = try part(.meanMagnitude)
    }

    /// Writes the parts that are not 0.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: Key.self)
        let parts: [(Key, Double)] = [
            (.activity, activity), (.center, center), (.sparsity, sparsity),
            (.divergence, divergence), (.meanMagnitude, meanMagnitude),
        ]
        for (key, value) in parts where value != 0 { try values.encode(value, forKey: key) }
    }
}
