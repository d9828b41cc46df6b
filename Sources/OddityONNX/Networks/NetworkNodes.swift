internal import OddityNeuralNetworks

/// A network as nodes of a graph, as it computes in scoring.
struct NetworkNodes {
    let graph: GraphBuilder
    private let description: NetworkDescription
    private let tensors: [String: StoredTensor]

    init(_ network: Network, in graph: GraphBuilder) {
        self.graph = graph
        description = network.description
        tensors = Dictionary(network.tensors.map { ($0.name, $0) }) { first, _ in first }
    }

    /// Adds the nodes of all layers.
    ///
    /// - Parameter input: flat rows of single precision, of series and images too: channels last.
    /// - Returns: the output of each layer, as flat rows.
    /// - Throws: ``ONNXError/layer(_:)`` for a layer that cannot be written yet.
    func outputs(from input: GraphValue) throws(ONNXError) -> [GraphValue] {
        try outputs(
            of: description.layers,
            prefix: "layers.",
            from: input,
            shape: description.inputShape
        )
    }

    private func outputs(
        of layers: [LayerDescription],
        prefix: String,
        from input: GraphValue,
        shape: Shape
    ) throws(ONNXError) -> [GraphValue] {
        let shapes = LayerDescription.shapes(of: layers, inputShape: shape)
        var outputs: [GraphValue] = []
        for (place, layer) in layers.enumerated() {
            outputs.append(
                try output(
                    of: layer,
                    at: place,
                    prefix: prefix,
                    from: outputs.last ?? input,
                    shape: shapes[place]
                )
            )
        }
        return outputs
    }

    private func output(
        of layer: LayerDescription,
        at place: Int,
        prefix: String,
        from input: GraphValue,
        shape: Shape
    ) throws(ONNXError) -> GraphValue {
        let own = prefix + "\(place)."
        switch layer {
        case .dense(_, let useBias):
            let product = input.times(constant(own + "weight"))
            return useBias ? product + constant(own + "bias") : product
        case .tiedDense(let source):
            let weight = constant(prefix + "\(source).weight")
            return input.times(graph.node("Transpose", [weight])) + constant(own + "bias")
        case .activation(let activation): return input.activated(by: activation)
        case .batchNormalization(_, let epsilon):
            let deviation = (constant(own + "running_var") + Double(epsilon)).squareRoot
            let normal = (input - constant(own + "running_mean")) / deviation
            return normal * constant(own + "weight") + constant(own + "bias")
        case .layerNormalization(let epsilon):
            let centered = input - input.rowMean
            let normal = centered / (centered.squared.rowMean + Double(epsilon)).squareRoot
            return normal * constant(own + "weight") + constant(own + "bias")
        case .residual(let layers):
            let inner = try outputs(
                of: layers,
                prefix: own + "layers.",
                from: input,
                shape: shape
            )
            return inner.last.map { input + $0 } ?? input + input
        case .topK(let count): return input.keepingLargest(count)
        case .variational(let size, _, _, _, _): return input.columns(Array(0..<size))
        // The level of the noise is the lowest in scoring.
        case .multiScaleNoise: return graph.joined([input, input.columns([0]) * 0])
        // They act in training alone.
        case .dropout, .gaussianNoise, .maskingNoise, .swapNoise, .activityPenalty, .centerPenalty,
            .sparsityPenalty:
            return input
        // Rows are flat here, whatever their shape.
        case .flatten, .reshape: return input
        case .convolution(let convolution):
            return output(of: convolution, named: own, from: input, shape: shape)
        case .transposedConvolution(let convolution):
            return output(of: convolution, named: own, from: input, shape: shape)
        case .maximumPooling, .averagePooling, .upsampling:
            throw .layer("a network with pooling or upsampling")
        case .lstm, .gru, .repeatVector: throw .layer("a recurrent network")
        }
    }

    func constant(_ name: String) -> GraphValue {
        guard let tensor = tensors[name] else { preconditionFailure("a network without \(name)") }
        return graph.floats(tensor.values, shape: tensor.shape)
    }
}

extension GraphValue {
    /// The k elements of each row that are largest by magnitude, the others 0.
    fileprivate func keepingLargest(_ count: Int) -> GraphValue {
        let places = graph.largest(count, in: applying("Abs")).places
        let kept = graph.node("GatherElements", [self, places], [.integer("axis", -1)])
        return graph.node("ScatterElements", [self - self, places, kept], [.integer("axis", -1)])
    }
}
