/// What a network is, without its numbers: the size of a row and the layers in order.
public struct NetworkDescription: Codable, Hashable, Sendable {
    /// The number of columns of the input.
    public var inputSize: Int
    /// The layers, first to last.
    public var layers: [LayerDescription]

    /// The largest size of an input or a layer, 2²⁰.
    public static let sizeLimit = 1 << 20

    /// Describes a network; ``validate()`` says whether it can be made.
    public init(inputSize: Int, layers: [LayerDescription]) {
        self.inputSize = inputSize
        self.layers = layers
    }

    /// The number of columns of the output: that of the last dense layer, or of the input.
    public var outputSize: Int { outputSize(ofLayer: layers.count - 1) }

    /// The number of columns of a layer's output; −1 is the input.
    public func outputSize(ofLayer index: Int) -> Int {
        for layer in layers[0..<(index + 1)].reversed() {
            if case .dense(let outputSize, _) = layer { return outputSize }
        }
        return inputSize
    }

    /// Checks every size and number.
    ///
    /// - Throws: ``NetworkError`` for the first thing that is wrong.
    public func validate() throws {
        let sizes = 1...NetworkDescription.sizeLimit
        guard sizes.contains(inputSize) else {
            throw NetworkError.size(inputSize, layer: nil)
        }
        guard !layers.isEmpty else { throw NetworkError.noLayers }
        for (index, layer) in layers.enumerated() {
            switch layer {
            case .dense(let outputSize, _):
                guard sizes.contains(outputSize) else {
                    throw NetworkError.size(outputSize, layer: index)
                }
            case .activation(let function):
                try check("the slope", function.slope, function.slope.isFinite, "a number", index)
            case .dropout(let rate):
                try check("the rate", rate, rate >= 0 && rate < 1, "0 to below 1", index)
            case .batchNormalization(let momentum, let epsilon):
                try check(
                    "the momentum",
                    momentum,
                    momentum > 0 && momentum <= 1,
                    "above 0 to 1",
                    index
                )
                try check("epsilon", epsilon, epsilon > 0 && epsilon < 1, "0 to 1", index)
            case .layerNormalization(let epsilon):
                try check("epsilon", epsilon, epsilon > 0 && epsilon < 1, "0 to 1", index)
            }
        }
    }

    private func check(
        _ name: String,
        _ value: Float,
        _ isValid: Bool,
        _ range: String,
        _ layer: Int
    ) throws {
        guard isValid else {
            throw NetworkError.parameter(name: name, value: value, range: range, layer: layer)
        }
    }

    /// The same network, with the same tensors, without a last sigmoid; nil if it has none.
    var withoutFinalSigmoid: NetworkDescription? {
        guard layers.last == .activation(.sigmoid), layers.count > 1 else { return nil }
        return NetworkDescription(inputSize: inputSize, layers: Array(layers.dropLast()))
    }
}
