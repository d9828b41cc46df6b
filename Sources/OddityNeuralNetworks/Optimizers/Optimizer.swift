/// How parameters follow their gradient g.
public enum Optimizer: Codable, Hashable, Sendable {
    /// b ← momentum·b + g + weightDecay·p; p ← p − learningRate·b
    case sgd(momentum: Double = 0, weightDecay: Double = 0)
    /// Adam (Kingma & Ba 2015); `weightDecay`·p is added to the gradient.
    case adam(
        beta1: Double = 0.9,
        beta2: Double = 0.999,
        epsilon: Double = 1e-8,
        weightDecay: Double = 0
    )
    /// Adam whose weight decay acts on the parameters: p ← p·(1 − learningRate·weightDecay) first
    /// (Loshchilov & Hutter 2019).
    case adamW(
        beta1: Double = 0.9,
        beta2: Double = 0.999,
        epsilon: Double = 1e-8,
        weightDecay: Double = 0.01
    )

    /// The buffers, each the size of the parameters, that the optimizer keeps between steps.
    var momentCount: Int {
        switch self {
        case .sgd: 1
        case .adam, .adamW: 2
        }
    }

    /// Checks the numbers.
    ///
    /// - Throws: ``TrainingError/option(_:)`` for the first one that is wrong.
    public func validate() throws {
        if let problem { throw TrainingError.option(problem) }
    }

    /// What is wrong with the numbers, nil if nothing is.
    var problem: String? {
        func isFraction(_ value: Double) -> Bool { value >= 0 && value < 1 }
        func isAmount(_ value: Double) -> Bool { value >= 0 && value.isUsable }
        switch self {
        case .sgd(let momentum, let weightDecay):
            if !isFraction(momentum) { return "momentum is \(momentum); use 0 to below 1" }
            if !isAmount(weightDecay) { return "weight decay is \(weightDecay); use 0 or more" }
        case .adam(let beta1, let beta2, let epsilon, let weightDecay),
            .adamW(let beta1, let beta2, let epsilon, let weightDecay):
            if !isFraction(beta1) { return "beta1 is \(beta1); use 0 to below 1" }
            if !isFraction(beta2) { return "beta2 is \(beta2); use 0 to below 1" }
            if !(epsilon >= 1e-30 && epsilon.isUsable) {
                return "epsilon is \(epsilon); use a small number above 0"
            }
            if !isAmount(weightDecay) { return "weight decay is \(weightDecay); use 0 or more" }
        }
        return nil
    }
}
