/// What a network is, without its numbers: the shape of a row and the layers in order.
///
///     let description = NetworkDescription(
///         inputShape: [28, 28, 1],
///         layers: [
///             .convolution(channels: 16, kernel: 3, stride: 2, padding: 1), .activation(.relu),
///             .dense(outputSize: 784), .activation(.sigmoid),
///         ])
///
/// The `Codable` form has `inputSize` for flat rows and `inputShape` for others.
public struct NetworkDescription: Hashable, Sendable {
    /// How the numbers of a row are arranged.
    public var inputShape: Shape
    /// The layers, first to last.
    public var layers: [LayerDescription]

    /// The largest size of a flat input or layer, 2²⁰.
    public static let sizeLimit = 1 << 20
    /// The most numbers in an image or a series, 2²⁴.
    public static let shapedSizeLimit = 1 << 24

    /// Describes a network on flat rows; ``validate()`` says whether it can be made.
    public init(inputSize: Int, layers: [LayerDescription]) {
        self.init(inputShape: .flat(inputSize), layers: layers)
    }

    /// Describes a network on rows of some shape; ``validate()`` says whether it can be made.
    public init(inputShape: Shape, layers: [LayerDescription]) {
        self.inputShape = inputShape
        self.layers = layers
    }

    /// The number of columns of the input; setting it makes rows flat.
    public var inputSize: Int {
        get { inputShape.count }
        set { inputShape = .flat(newValue) }
    }

    /// The largest number of layers, 4,096, those inside residual blocks too.
    public static let layerLimit = 1 << 12

    /// The number of columns of the output.
    public var outputSize: Int { outputSize(ofLayer: layers.count - 1) }

    /// The number of columns of a layer's output; −1 is the input.
    public func outputSize(ofLayer index: Int) -> Int { outputShape(ofLayer: index).count }

    /// The shape of the output.
    public var outputShape: Shape { outputShape(ofLayer: layers.count - 1) }

    /// The shape of a layer of a valid description; −1 is the input.
    public func outputShape(ofLayer index: Int) -> Shape {
        LayerDescription.shapes(of: layers[0..<(index + 1)], inputShape: inputShape)[index + 1]
    }

    /// The steps until every penalty has its full weight, 0 without a warm-up.
    public var warmUpSteps: Int { layers.map(\.warmUpSteps).max() ?? 0 }

    /// Checks every size and number.
    ///
    /// - Throws: ``NetworkError`` for the first thing that is wrong.
    public func validate() throws {
        try inputShape.validate(layer: nil)
        let layerCount = layers.reduce(0) { $0 + $1.layerCount }
        guard layerCount <= NetworkDescription.layerLimit else {
            throw NetworkError.tooManyLayers(layerCount)
        }
        try LayerDescription.validate(layers, inputShape: inputShape)
    }

    /// The same network, with the same tensors, without a last sigmoid; nil if it has none.
    var withoutFinalSigmoid: NetworkDescription? {
        guard layers.last == .activation(.sigmoid), layers.count > 1 else { return nil }
        return NetworkDescription(inputShape: inputShape, layers: Array(layers.dropLast()))
    }
}
