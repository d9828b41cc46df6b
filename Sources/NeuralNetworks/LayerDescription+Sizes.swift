extension LayerDescription {
    /// The number of columns of the output.
    ///
    /// - Parameter inputSizes: the columns of the input of each layer of the list up to this one, which
    ///   is the last; a tied layer looks up the layer whose weight it uses.
    func outputSize(inputSizes: [Int]) -> Int {
        let inputSize = inputSizes[inputSizes.count - 1]
        switch self {
        case .dense(let outputSize, _): return outputSize
        case .tiedDense(let source):
            return inputSizes.indices.contains(source) ? inputSizes[source] : inputSize
        case .multiScaleNoise: return inputSize &+ 1
        case .variational(let latentSize, _, _, _, _): return latentSize
        case .activation, .dropout, .batchNormalization, .layerNormalization, .residual,
            .gaussianNoise, .maskingNoise, .swapNoise, .activityPenalty, .centerPenalty,
            .sparsityPenalty, .topK:
            return inputSize
        }
    }

    /// The columns of the input of each layer, and of the output of the last.
    static func sizes(of layers: some Sequence<LayerDescription>, inputSize: Int) -> [Int] {
        layers.reduce(into: [inputSize]) { $0.append($1.outputSize(inputSizes: $0)) }
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
