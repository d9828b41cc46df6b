public import OddityFailures
internal import OddityPlatform

/// Why a network can't be made.
public enum NetworkError: Failure, Equatable {
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
    /// A shape has no size, a size below 1, more than three sizes, or too many numbers; of the input,
    /// or of a layer's output.
    case shape(Shape, layer: Int?)
    /// A layer that needs a series or an image gets a flat row.
    case flatInput(Int, layer: Int)
    /// A layer that reads a series gets a flat row or an image.
    case notASeries(Shape, layer: Int)
    /// The states of a recurrent layer for one row hold too many numbers.
    case recurrentMemory(Int, layer: Int)
    /// A layer has a list of numbers whose length is not the number of its input's axes.
    case axisCount(name: String, found: Int, axisCount: Int, layer: Int)
    /// The channels can't be cut into the groups of a layer.
    case groups(Int, inputChannels: Int, outputChannels: Int, layer: Int)
    /// A causal convolution gets an image.
    case causalImage(layer: Int)
    /// A layer's windows don't fit on its input, so that nothing is left.
    case noOutput(Shape, layer: Int)
    /// The padding of a layer makes its input too large.
    case paddedShape(Shape, layer: Int)
    /// The windows of a layer that are worked on at a time hold too many numbers.
    case windowMemory(Int, layer: Int)
    /// A layer gives a row another shape that has another number of numbers.
    case reshape(Shape, found: Shape, layer: Int)
    /// The layers of a residual block return another shape than they get.
    case blockShape(Shape, expected: Shape, layer: Int)
    /// The numbers of the network, or of its training, are more than there is memory for.
    case memory(parameterCount: Int, byteCount: Int, available: Int)
    /// A stored tensor is not there.
    case missingTensor(String)
    /// A stored tensor has another shape than the layer asks for.
    case tensorShape(String, found: [Int], expected: [Int])
    /// A stored tensor holds a number that is not finite.
    case nonFiniteTensor(String, index: Int)
    /// There is a stored tensor that no layer asks for.
    case unexpectedTensor(String)

    /// One line: what is wrong, where, and how to fix it.
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
        case .shape(let shape, let layer):
            let place = layer.map { "the output of layer \($0)" } ?? "the input"
            return "\(place) has shape [\(shape)]; use one to three sizes from 1, whose product is "
                + "up to \(NetworkDescription.shapedSizeLimit), or "
                + "\(NetworkDescription.sizeLimit) for a flat row"
        case .flatInput(let size, let layer):
            return "layer \(layer) needs a series or an image and gets a flat row of \(size); "
                + "give the network an input shape or put a reshape before the layer"
        case .notASeries(let shape, let layer):
            return "layer \(layer) needs a series and gets \(shape.isFlat ? "a flat row of " : "")"
                + "\(shape); give the network an input shape of length and channels, or put a reshape "
                + "before the layer"
        case .recurrentMemory(let count, let layer):
            return "the states of layer \(layer) hold \(count) numbers a row, more than "
                + "\(NetworkDescription.shapedSizeLimit); use fewer units or a shorter series"
        case .axisCount(let name, let found, let axisCount, let layer):
            let axes = axisCount == 1 ? "1 axis" : "\(axisCount) axes"
            return "\(name) of layer \(layer) has \(found) numbers for an input of \(axes); "
                + "give one for each axis, or one for all"
        case .groups(let groups, let inputChannels, let outputChannels, let layer):
            return "layer \(layer) cuts \(inputChannels) channels of its input and "
                + "\(outputChannels) of its output into \(groups) groups; "
                + "use a divisor of both numbers"
        case .causalImage(let layer):
            return "layer \(layer) pads an image causally; that is for series only"
        case .noOutput(let shape, let layer):
            return "nothing is left of \(shape) after layer \(layer); "
                + "use a smaller kernel or another padding"
        case .paddedShape(let shape, let layer):
            return "with its padding, layer \(layer) works on \(shape) numbers; use less padding"
        case .windowMemory(let count, let layer):
            return "the windows of layer \(layer) hold \(count) numbers at a time, more than "
                + "\(NetworkDescription.shapedSizeLimit); use a smaller kernel or a larger stride"
        case .reshape(let shape, let found, let layer):
            return "layer \(layer) can't make \(shape) of \(found): "
                + "\(shape.count) numbers of \(found.count)"
        case .blockShape(let shape, let expected, let layer):
            return "the residual block of layer \(layer) returns \(shape) where it gets "
                + "\(expected); end it with a layer that returns that shape"
        case .memory(let count, let byteCount, let available):
            return
                "a network of \(count) parameters takes \(AvailableMemory.text(byteCount)) of memory, and "
                + "\(AvailableMemory.text(available)) are free; use smaller layers"
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

extension NetworkError {
    /// Whoever described the network, in a file or a program.
    public var blame: Blame {
        if case .memory = self { .caller } else { .data }
    }
}
