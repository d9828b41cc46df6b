internal import OddityNeuralNetworks

extension GraphValue {
    /// An activation of each element.
    func activated(by activation: Activation) -> GraphValue {
        switch activation {
        case .identity: self
        case .relu: applying("Relu")
        case .leakyReLU(let slope): applying("LeakyRelu", [.float("alpha", slope)])
        case .elu(let scale): applying("Elu", [.float("alpha", scale)])
        // There is no operator of its own below version 20.
        case .gelu: self * ((self / 2.0.squareRoot()).applying("Erf") + 1) * 0.5
        case .silu: self * applying("Sigmoid")
        case .tanh: applying("Tanh")
        case .sigmoid: applying("Sigmoid")
        case .softplus: applying("Softplus")
        }
    }
}
