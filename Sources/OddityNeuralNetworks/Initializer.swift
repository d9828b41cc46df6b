internal import OddityLinearAlgebra

/// How the weights of dense layers and convolutions get their first values: uniform on ±limit.
public enum Initializer: String, Codable, CaseIterable, Sendable {
    /// ``he`` before ReLU and its kin (leaky ReLU, ELU, GELU, SiLU), ``glorot`` before the others.
    case automatic
    /// limit = √(6 / inputSize), times 1/√(1 + slope²) for leaky ReLU; biases 0 (He et al. 2015).
    case he
    /// limit = √(6 / (inputSize + outputSize)); biases 0 (Glorot & Bengio 2010).
    case glorot
    /// limit = 1/√inputSize for weights and biases, as `torch.nn.Linear`.
    case pytorchUniform

    /// The limits of the weights and of the biases of a dense layer.
    func limits(
        inputSize: Int,
        outputSize: Int,
        activation: Activation
    ) -> (weight: Float, bias: Float) {
        switch self {
        case .automatic:
            let initializer: Initializer =
                switch activation {
                case .relu, .leakyReLU, .elu, .gelu, .silu: .he
                case .identity, .tanh, .sigmoid, .softplus: .glorot
                }
            return initializer.limits(
                inputSize: inputSize,
                outputSize: outputSize,
                activation: activation
            )
        case .he:
            var gain: Float = 1
            if case .leakyReLU(let slope) = activation { gain = 1 / (1 + slope * slope) }
            return ((6 * gain / Float(inputSize)).squareRoot(), 0)
        case .glorot:
            return ((6 / Float(inputSize + outputSize)).squareRoot(), 0)
        case .pytorchUniform:
            let limit = 1 / Float(inputSize).squareRoot()
            return (limit, limit)
        }
    }
}
