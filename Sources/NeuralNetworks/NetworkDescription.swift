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

    /// The largest number of layers, 4,096, those inside residual blocks too.
    public static let layerLimit = 1 << 12

    /// The number of columns of the output.
    public var outputSize: Int { outputSize(ofLayer: layers.count - 1) }

    /// The number of columns of a layer's output; −1 is the input.
    public func outputSize(ofLayer index: Int) -> Int {
        LayerDescription.sizes(of: layers[0..<(index + 1)], inputSize: inputSize)[index + 1]
    }

    /// The steps until every penalty has its full weight, 0 without a warm-up.
    public var warmUpSteps: Int { layers.map(\.warmUpSteps).max() ?? 0 }

    /// Checks every size and number.
    ///
    /// - Throws: ``NetworkError`` for the first thing that is wrong.
    public func validate() throws {
        guard (1...NetworkDescription.sizeLimit).contains(inputSize) else {
            throw NetworkError.size(inputSize, layer: nil)
        }
        let layerCount = layers.reduce(0) { $0 + $1.layerCount }
        guard layerCount <= NetworkDescription.layerLimit else {
            throw NetworkError.tooManyLayers(layerCount)
        }
        try LayerDescription.validate(layers, inputSize: inputSize)
    }

    /// The same network, with the same tensors, without a last sigmoid; nil if it has none.
    var withoutFinalSigmoid: NetworkDescription? {
        guard layers.last == .activation(.sigmoid), layers.count > 1 else { return nil }
        return NetworkDescription(inputSize: inputSize, layers: Array(layers.dropLast()))
    }
}
