/// Why a network can't be made.
public enum NetworkError: Error, Equatable, CustomStringConvertible {
    /// The input size or a layer's output size is below 1 or above ``NetworkDescription/sizeLimit``.
    case size(Int, layer: Int?)
    /// The network has no layers.
    case noLayers
    /// A number of a layer is outside its range.
    case parameter(name: String, value: Float, range: String, layer: Int)
    /// The network has more than ``NetworkDescription/layerLimit`` layers.
    case tooManyLayers(Int)
    /// A whole number of a layer is outside its range.
    case count(name: String, value: Int, range: ClosedRange<Int>, layer: Int)
    /// A layer gets another number of columns than it needs.
    case inputSize(Int, expected: Int, layer: Int)
    /// A tied layer names a layer that is not an earlier dense one.
    case tie(to: Int, layer: Int)
    /// A sparsity penalty does not follow a sigmoid.
    case sparsityWithoutSigmoid(layer: Int)
    /// The layers of a residual block return another number of columns than they get.
    case blockSize(Int, expected: Int, layer: Int)
    /// Something is wrong inside the residual block of a layer.
    indirect case inBlock(NetworkError, layer: Int)
    /// A stored tensor is not there.
    case missingTensor(String)
    /// A stored tensor has another shape than the layer asks for.
    case tensorShape(String, found: [Int], expected: [Int])
    /// A stored tensor holds a number that is not finite.
    case nonFiniteTensor(String, index: Int)
    /// There is a stored tensor that no layer asks for.
    case unexpectedTensor(String)

    /// One line: what is wrong, where, and how to mend it.
    public var description: String {
        switch self {
        case .size(let size, let layer):
            let place = layer.map { "the output size of layer \($0)" } ?? "the input size"
            return "\(place) is \(size); use 1 to \(NetworkDescription.sizeLimit)"
        case .noLayers:
            return "the network has no layers; give it at least one"
        case .parameter(let name, let value, let range, let layer):
            return "\(name) of layer \(layer) is \(value); use \(range)"
        case .tooManyLayers(let count):
            return "the network has \(count) layers; use up to \(NetworkDescription.layerLimit)"
        case .count(let name, let value, let range, let layer):
            let limits =
                range.upperBound == .max
                ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
            return "\(name) of layer \(layer) is \(value); use \(limits)"
        case .inputSize(let size, let expected, let layer):
            return "layer \(layer) gets \(size) columns where it needs \(expected); "
                + "change the layer before it"
        case .tie(let source, let layer):
            return "layer \(layer) is tied to layer \(source); tie it to a dense layer before it"
        case .sparsityWithoutSigmoid(let layer):
            return "the sparsity penalty of layer \(layer) does not follow a sigmoid, "
                + "whose outputs lie between 0 and 1; put one right before it"
        case .blockSize(let size, let expected, let layer):
            return "the residual block of layer \(layer) returns \(size) columns where it gets "
                + "\(expected); end it with a layer of \(expected)"
        case .inBlock(let error, let layer):
            return "in the residual block of layer \(layer): \(error)"
        case .missingTensor(let name):
            return "tensor '\(name)' is missing; the file does not hold this network"
        case .tensorShape(let name, let found, let expected):
            return "tensor '\(name)' has shape \(found) where the network needs \(expected)"
        case .nonFiniteTensor(let name, let index):
            return "tensor '\(name)' holds a number that is not finite at position \(index)"
        case .unexpectedTensor(let name):
            return "tensor '\(name)' belongs to no layer of the network"
        }
    }
}
