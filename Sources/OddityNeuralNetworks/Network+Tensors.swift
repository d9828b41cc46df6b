internal import OddityLinearAlgebra

/// A named block of numbers, as it is stored in a file.
public struct StoredTensor: Equatable, Sendable {
    /// `layers.INDEX.NAME`, where INDEX is the layer's position in the description.
    public let name: String
    /// The sizes, slowest first: [`inputSize`, `outputSize`] for a dense weight.
    public let shape: [Int]
    /// The numbers, row-major.
    public let values: [Float]

    /// Makes a tensor.
    public init(name: String, shape: [Int], values: [Float]) {
        self.name = name
        self.shape = shape
        self.values = values
    }
}

extension Network {
    /// The parameters: for each dense layer `weight` [`inputSize`, `outputSize`] and `bias`
    /// [`outputSize`], for each tied layer `bias`, for each normalization `weight` and `bias`, for
    /// convolutions and recurrent layers what ``LayerDescription`` says; those inside a residual block are named `layers.INNER.weight` within it.
    public var parameterTensors: [StoredTensor] { Network.read(layout.parameters, parameters) }

    /// What training recorded: `running_mean` and `running_var` of each batch normalization;
    /// and the `center` of each centre penalty.
    public var stateTensors: [StoredTensor] { Network.read(layout.state, state) }

    /// Everything that has to be stored: parameters, then state.
    public var tensors: [StoredTensor] { parameterTensors + stateTensors }

    /// Makes a network from the tensors of ``tensors``, in any order.
    ///
    /// - Throws: ``NetworkError`` if the description is not valid, or a tensor is missing,
    ///   unexpected, of another shape, or not finite.
    public convenience init(_ description: NetworkDescription, tensors: [StoredTensor]) throws {
        try description.validate()
        let layout = NetworkLayout(description)
        var remaining: [String: StoredTensor] = [:]
        for tensor in tensors {
            guard remaining.updateValue(tensor, forKey: tensor.name) == nil else {
                throw NetworkError.unexpectedTensor(tensor.name)
            }
        }
        // All shapes are checked before memory is taken for sizes that a file claims.
        let parameterValues = try Network.take(layout.parameters, from: &remaining)
        let stateValues = try Network.take(layout.state, from: &remaining)
        if let name = remaining.keys.min() { throw NetworkError.unexpectedTensor(name) }
        let parameters = AlignedBuffer(count: layout.parameterCount)
        let state = AlignedBuffer(count: layout.stateCount)
        Network.write(parameterValues, layout.parameters, parameters)
        Network.write(stateValues, layout.state, state)
        self.init(description, layout: layout, parameters: parameters, state: state)
    }

    private static func read(_ slots: [[TensorSlot]], _ buffer: AlignedBuffer) -> [StoredTensor] {
        slots.joined().map { slot in
            StoredTensor(
                name: slot.name,
                shape: slot.shape,
                values: Array(buffer.elements[slot.range])
            )
        }
    }

    /// The values for each slot, checked.
    private static func take(
        _ slots: [[TensorSlot]],
        from tensors: inout [String: StoredTensor]
    ) throws -> [[Float]] {
        try slots.joined().map { slot in
            guard let tensor = tensors.removeValue(forKey: slot.name) else {
                throw NetworkError.missingTensor(slot.name)
            }
            guard tensor.shape == slot.shape, tensor.values.count == slot.count else {
                throw NetworkError.tensorShape(
                    slot.name,
                    found: tensor.shape,
                    expected: slot.shape
                )
            }
            if let index = tensor.values.firstIndex(where: { !$0.isFinite }) {
                throw NetworkError.nonFiniteTensor(slot.name, index: index)
            }
            return tensor.values
        }
    }

    private static func write(
        _ values: [[Float]],
        _ slots: [[TensorSlot]],
        _ buffer: AlignedBuffer
    ) {
        for (values, slot) in zip(values, slots.joined()) {
            let target = UnsafeMutableBufferPointer(rebasing: buffer.elements[slot.range])
            _ = target.update(from: values)
        }
    }
}
