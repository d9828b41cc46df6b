/// Where a tensor lies in a flat buffer.
struct TensorSlot: Sendable {
    let name: String
    let shape: [Int]
    let offset: Int

    var count: Int { shape.reduce(1, *) }
    var range: Range<Int> { offset..<(offset + count) }
}

/// The layers of a description with their sizes, and where their tensors lie.
///
/// Each tensor begins on a cache line; the gaps hold zeros, always.
struct NetworkLayout: Sendable {
    let layers: [any Layer]
    /// The parameter tensors of each layer.
    let parameters: [[TensorSlot]]
    /// The state tensors of each layer.
    let state: [[TensorSlot]]
    /// The floats in the flat parameter buffer, with its gaps.
    let parameterCount: Int
    /// The floats in the flat state buffer, with its gaps.
    let stateCount: Int

    /// Lays out a valid description.
    init(_ description: NetworkDescription) {
        var layers: [any Layer] = []
        var size = description.inputSize
        for layer in description.layers {
            let sized = layer.sized(inputSize: size)
            size = sized.outputSize
            layers.append(sized)
        }
        self.layers = layers
        (parameters, parameterCount) = NetworkLayout.slots(layers.map(\.parameterShapes))
        (state, stateCount) = NetworkLayout.slots(layers.map(\.stateShapes))
    }

    private static func slots(
        _ shapes: [[(name: String, shape: [Int])]]
    ) -> (slots: [[TensorSlot]], count: Int) {
        var end = 0
        let slots = shapes.enumerated().map { index, tensors in
            tensors.map { tensor in
                let slot = TensorSlot(
                    name: "layers.\(index).\(tensor.name)",
                    shape: tensor.shape,
                    offset: end
                )
                end = (slot.range.upperBound + 15) / 16 * 16
                return slot
            }
        }
        return (slots, end)
    }
}

extension LayerDescription {
    /// The layer for inputs of `inputSize` columns.
    fileprivate func sized(inputSize: Int) -> any Layer {
        switch self {
        case .dense(let outputSize, let useBias):
            Dense(inputSize: inputSize, outputSize: outputSize, useBias: useBias)
        case .activation(let function):
            ElementwiseActivation(inputSize: inputSize, function: function)
        case .dropout(let rate):
            Dropout(inputSize: inputSize, rate: rate)
        case .batchNormalization(let momentum, let epsilon):
            BatchNormalization(inputSize: inputSize, momentum: momentum, epsilon: epsilon)
        case .layerNormalization(let epsilon):
            LayerNormalization(inputSize: inputSize, epsilon: epsilon)
        }
    }
}
