extension LayerDescription {
    /// The shape of the output.
    ///
    /// - Parameter inputShapes: the shape of the input of each layer of the list up to this one, which
    ///   is the last; a tied layer looks up the layer whose weight it uses.
    func outputShape(inputShapes: [Shape]) -> Shape {
        let input = inputShapes[inputShapes.count - 1]
        switch self {
        case .dense(let outputSize, _): return .flat(outputSize)
        case .tiedDense(let source):
            return inputShapes.indices.contains(source)
                ? .flat(inputShapes[source].count) : input
        case .multiScaleNoise: return .flat(input.count &+ 1)
        case .variational(let latentSize, _, _, _, _): return .flat(latentSize)
        case .convolution, .transposedConvolution, .maximumPooling, .averagePooling, .upsampling,
            .flatten, .reshape:
            return spatialOutputShape(of: input) ?? input
        case .lstm, .gru, .repeatVector: return recurrentOutputShape(of: input) ?? input
        case .activation, .dropout, .batchNormalization, .layerNormalization, .residual,
            .gaussianNoise, .maskingNoise, .swapNoise, .activityPenalty, .centerPenalty,
            .sparsityPenalty, .topK:
            return input
        }
    }

    /// The shape of the input of each layer, and of the output of the last.
    package static func shapes(of layers: some Sequence<LayerDescription>, inputShape: Shape)
        -> [Shape]
    {
        layers.reduce(into: [inputShape]) { $0.append($1.outputShape(inputShapes: $0)) }
    }

    /// This layer, and those inside it.
    var layerCount: Int {
        guard case .residual(let layers) = self else { return 1 }
        return layers.reduce(1) { $0 + $1.layerCount }
    }

    /// The steps until every penalty of the layer has its full weight.
    var warmUpSteps: Int {
        switch self {
        case .variational(_, _, let warmUpSteps, _, _): warmUpSteps
        case .residual(let layers): layers.map(\.warmUpSteps).max() ?? 0
        default: 0
        }
    }
}
