/// Why a network can't be made.
public enum NetworkError: Error, Equatable, CustomStringConvertible {
    /// The input size or a layer's output size is below 1 or above ``NetworkDescription/sizeLimit``.
    case size(Int, layer: Int?)
    /// The network has no layers.
    case noLayers
    /// A number of a layer is outside its range.
    case parameter(name: String, value: Float, range: String, layer: Int)
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
