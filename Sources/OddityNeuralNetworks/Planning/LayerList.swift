/// Layers in a row with their sizes: those of a network, or of a residual block.
struct LayerList: Sendable {
    let layers: [any Layer]
    let inputSize: Int
    /// Each layer's number, which random streams follow: its position in the network, where the
    /// layers of a block are counted after the block itself.
    let numbers: [Int]
    /// The activation that each layer's output meets before the next dense layer.
    let activations: [Activation]
    /// The function of each layer that is an activation, which a dense layer before it can apply.
    let functions: [Activation?]

    /// Sizes valid descriptions.
    init(_ descriptions: [LayerDescription], inputShape: Shape, firstNumber: Int) {
        inputSize = inputShape.count
        let shapes = LayerDescription.shapes(of: descriptions, inputShape: inputShape)
        var numbers: [Int] = []
        var next = firstNumber
        for description in descriptions {
            numbers.append(next)
            next += description.layerCount
        }
        self.numbers = numbers
        layers = descriptions.indices.map { index in
            descriptions[index].sized(
                inputShape: shapes[index],
                outputSize: shapes[index + 1].count,
                number: numbers[index],
                before: index > 0 ? descriptions[index - 1] : nil
            )
        }
        activations = descriptions.indices.map { index in
            LayerList.activation(after: index, in: descriptions)
        }
        functions = descriptions.map { description in
            guard case .activation(let function) = description else { return nil }
            return function
        }
    }

    private static func activation(after index: Int, in layers: [LayerDescription]) -> Activation {
        for layer in layers[(index + 1)...] {
            switch layer {
            case .activation(let function): return function
            case .dense, .tiedDense, .residual, .variational, .convolution, .transposedConvolution,
                .lstm, .gru:
                return .identity
            case .dropout, .batchNormalization, .layerNormalization, .gaussianNoise,
                .maskingNoise, .swapNoise, .multiScaleNoise, .activityPenalty, .centerPenalty,
                .sparsityPenalty, .topK, .maximumPooling, .averagePooling, .upsampling, .flatten,
                .reshape, .repeatVector:
                continue
            }
        }
        return .identity
    }

    /// Writes the first values of all layers into memory of zeros.
    func setInitialValues(of tensors: InitialTensors, initializer: Initializer, seed: UInt64) {
        var parameters = tensors.parameters[...]
        var state = tensors.state[...]
        for (index, layer) in layers.enumerated() {
            layer.setInitialValues(
                of: InitialTensors(
                    parameters: Array(parameters.prefix(layer.parameterShapes.count)),
                    state: Array(state.prefix(layer.stateShapes.count))
                ),
                for: InitialUse(
                    initializer: initializer,
                    activation: activations[index],
                    seed: seed,
                    layer: numbers[index]
                )
            )
            parameters = parameters.dropFirst(layer.parameterShapes.count)
            state = state.dropFirst(layer.stateShapes.count)
        }
    }
}

extension LayerDescription {
    /// The layer for known sizes.
    ///
    /// - Parameter before: the layer before it in its list.
    fileprivate func sized(
        inputShape: Shape,
        outputSize: Int,
        number: Int,
        before: LayerDescription?
    ) -> any Layer {
        let inputSize = inputShape.count
        var readsRepetition = false
        if case .repeatVector = before { readsRepetition = true }
        return switch self {
        case .dense(_, let useBias):
            Dense(inputSize: inputSize, outputSize: outputSize, useBias: useBias)
        case .tiedDense(let source):
            TiedDense(inputSize: inputSize, outputSize: outputSize, source: source)
        case .activation(let function):
            ElementwiseActivation(inputSize: inputSize, function: function)
        case .dropout(let rate):
            Dropout(inputSize: inputSize, rate: rate)
        case .batchNormalization(let momentum, let epsilon):
            BatchNormalization(inputShape: inputShape, momentum: momentum, epsilon: epsilon)
        case .layerNormalization(let epsilon):
            LayerNormalization(inputSize: inputSize, epsilon: epsilon)
        case .residual(let layers):
            Residual(LayerList(layers, inputShape: inputShape, firstNumber: number + 1))
        case .gaussianNoise(let deviation):
            GaussianNoise(inputSize: inputSize, deviation: deviation)
        case .maskingNoise(let rate):
            MaskingNoise(inputSize: inputSize, rate: rate)
        case .swapNoise(let rate):
            SwapNoise(inputSize: inputSize, rate: rate)
        case .multiScaleNoise(let low, let high):
            MultiScaleNoise(inputSize: inputSize, low: low, high: high)
        case .activityPenalty(let l1):
            ActivityPenalty(inputSize: inputSize, l1: l1)
        case .centerPenalty(let weight):
            CenterPenalty(inputSize: inputSize, weight: weight)
        case .sparsityPenalty(let target, let weight):
            SparsityPenalty(inputSize: inputSize, target: target, weight: weight)
        case .topK(let k):
            TopK(inputSize: inputSize, k: k)
        case .variational(_, let klWeight, let warmUpSteps, let meanL1, let freeBits):
            Variational(
                outputSize: outputSize,
                klWeight: klWeight,
                warmUpSteps: warmUpSteps,
                meanL1: meanL1,
                freeBits: freeBits
            )
        case .convolution(let layer):
            ConvolutionLayer(layer, on: inputShape)
        case .transposedConvolution(let layer):
            TransposedConvolutionLayer(layer, from: inputShape)
        case .flatten, .reshape:
            ViewLayer(inputSize: inputSize)
        case .maximumPooling(let layer):
            MaximumPoolingLayer(geometry: WindowGeometry(layer, on: inputShape))
        case .averagePooling(let layer):
            AveragePoolingLayer(geometry: WindowGeometry(layer, on: inputShape))
        case .upsampling(let factor, let interpolation):
            UpsamplingLayer(factor: factor, interpolation: interpolation, on: inputShape)
        case .lstm(let layer):
            RecurrentLayer(.lstm, layer, on: inputShape, readsRepetition: readsRepetition)
        case .gru(let layer):
            RecurrentLayer(.gru, layer, on: inputShape, readsRepetition: readsRepetition)
        case .repeatVector(let count):
            RepeatLayer(inputSize: inputSize, count: count)
        }
    }
}
