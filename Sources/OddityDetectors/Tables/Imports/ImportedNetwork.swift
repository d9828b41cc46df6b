internal import OddityDatasets
public import OddityModelFiles
public import OddityNeuralNetworks

/// A network of dense layers that was trained elsewhere: what it takes, its layers, and the tensors of these.
public struct ImportedNetwork: Sendable {
    /// What the tensors are, as a file tells it beside them.
    public struct Description: Codable, Sendable, Equatable {
        /// A dense layer, by the names of its tensors.
        public struct Layer: Codable, Sendable, Equatable {
            /// W, [outputs, inputs] as PyTorch stores it.
            public var weight: String
            /// b, [outputs]; nil for none.
            public var bias: String?
            /// What follows it; nil for nothing.
            public var activation: Activation?

            /// Names a layer.
            public init(weight: String, bias: String? = nil, activation: Activation? = nil) {
                (self.weight, self.bias, self.activation) = (weight, bias, activation)
            }
        }

        /// The names of the columns of numbers that the network takes and rebuilds, in its order.
        public var columns: [String]
        /// What was subtracted from each column before the network got it; nil for nothing.
        public var means: [Double]?
        /// What the differences were divided by; nil for nothing.
        public var scales: [Double]?
        /// The layers, encoder and decoder, first to last.
        public var layers: [Layer]

        /// Describes a network.
        public init(
            columns: [String],
            means: [Double]? = nil,
            scales: [Double]? = nil,
            layers: [Layer]
        ) {
            (self.columns, self.means, self.scales) = (columns, means, scales)
            self.layers = layers
        }
    }

    /// What the tensors are.
    public let description: Description
    /// The layers as they compute, each with its activation.
    let layers: [LayerDescription]
    /// Their tensors, by the position of the layer among ``layers``.
    let tensors: [(layer: Int, name: String, shape: [Int], values: [Float])]

    /// Puts a network together.
    ///
    /// - Parameters:
    ///   - description: what the tensors are.
    ///   - tensors: those that the description names, of single precision, and any others.
    /// - Throws: ``DetectorError/unusableNetwork(_:)`` for what does not fit together.
    public init(_ description: Description, tensors: [Tensor]) throws {
        let count = description.columns.count
        func check(_ condition: Bool, _ flaw: @autoclosure () -> String) throws {
            guard condition else { throw DetectorError.unusableNetwork(flaw()) }
        }
        try check(
            count > 0 && Set(description.columns).count == count,
            "it has no columns, or one of them twice"
        )
        for (name, numbers) in [("means", description.means), ("scales", description.scales)] {
            try check(
                numbers.map { $0.count == count && $0.allSatisfy(\.isFinite) } ?? true,
                "it needs a number for each of its \(count) columns among its \(name)"
            )
        }
        try check(
            description.scales?.allSatisfy { $0 > 0 } ?? true,
            "one of its scales is not above 0"
        )
        try check(!description.layers.isEmpty, "it has no layers")
        let known = Dictionary(tensors.map { ($0.name, $0) }) { first, _ in first }
        func tensor(_ name: String, rank: Int) throws -> (shape: [Int], values: [Float]) {
            guard let tensor = known[name] else {
                throw DetectorError.unusableNetwork(
                    "there is no tensor \(nameWithNearMatches(name, in: tensors.map(\.name)))"
                )
            }
            guard case .float32(let values) = tensor.values, tensor.shape.count == rank else {
                throw DetectorError.unusableNetwork(
                    "tensor \(quoted(name)) is not \(rank == 2 ? "a matrix" : "a row") of F32"
                )
            }
            return (tensor.shape, values)
        }
        var layers: [LayerDescription] = []
        var stored: [(layer: Int, name: String, shape: [Int], values: [Float])] = []
        var width = count
        for layer in description.layers {
            let weight = try tensor(layer.weight, rank: 2)
            let (outputs, inputs) = (weight.shape[0], weight.shape[1])
            try check(
                inputs == width && outputs > 0,
                "tensor \(quoted(layer.weight)) takes \(inputs) numbers, and gets \(width)"
            )
            var transposed = weight.values
            for output in 0..<outputs {
                for input in 0..<inputs {
                    transposed[input * outputs + output] = weight.values[output * inputs + input]
                }
            }
            stored.append((layers.count, "weight", [inputs, outputs], transposed))
            if let name = layer.bias {
                let bias = try tensor(name, rank: 1)
                try check(
                    bias.shape == [outputs],
                    "tensor \(quoted(name)) has \(bias.values.count) numbers, and \(outputs) are needed"
                )
                stored.append((layers.count, "bias", [outputs], bias.values))
            }
            layers.append(.dense(outputSize: outputs, useBias: layer.bias != nil))
            if let activation = layer.activation { layers.append(.activation(activation)) }
            width = outputs
        }
        try check(width == count, "it gives \(width) numbers for \(count) columns")
        self.description = description
        self.layers = layers
        self.tensors = stored
    }
}
