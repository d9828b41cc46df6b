extension LayerDescription {
    /// Checks every layer of a list, and that sizes fit.
    static func validate(_ layers: [LayerDescription], inputShape: Shape) throws {
        guard !layers.isEmpty else { throw NetworkError.noLayers }
        var shapes = [inputShape]
        for (index, layer) in layers.enumerated() {
            try layer.validate(at: index, in: layers, inputShapes: shapes)
            let shape = layer.outputShape(inputShapes: shapes)
            try shape.validate(layer: index)
            shapes.append(shape)
        }
    }

    private func validate(
        at index: Int,
        in layers: [LayerDescription],
        inputShapes: [Shape]
    ) throws {
        let inputShape = inputShapes[index]
        let inputSize = inputShape.count
        func check(_ name: String, _ value: Float, _ isValid: Bool, _ range: String) throws {
            guard isValid else {
                throw NetworkError.parameter(name: name, value: value, range: range, layer: index)
            }
        }
        func checkRate(_ rate: Float) throws {
            try check("the rate", rate, rate >= 0 && rate < 1, "0 to below 1")
        }
        func checkAmount(_ name: String, _ value: Float) throws {
            try check(name, value, value >= 0 && value.isFinite, "0 or more")
        }
        func checkCount(_ name: String, _ value: Int, _ range: ClosedRange<Int>) throws {
            guard range.contains(value) else {
                throw NetworkError.count(name: name, value: value, range: range, layer: index)
            }
        }
        func checkInputSize(_ expected: Int) throws {
            guard inputSize == expected else {
                throw NetworkError.inputSize(inputSize, expected: expected, layer: index)
            }
        }

        switch self {
        case .dense: break
        case .tiedDense(let source):
            guard source >= 0, source < index, case .dense(let size, _) = layers[source] else {
                throw NetworkError.tie(to: source, layer: index)
            }
            try checkInputSize(size)
        case .activation(let function):
            try check("the slope", function.slope, function.slope.isFinite, "a number")
        case .dropout(let rate), .maskingNoise(let rate), .swapNoise(let rate):
            try checkRate(rate)
        case .batchNormalization(let momentum, let epsilon):
            try check("the momentum", momentum, momentum > 0 && momentum <= 1, "above 0 to 1")
            try check("epsilon", epsilon, epsilon > 0 && epsilon < 1, "0 to 1")
        case .layerNormalization(let epsilon):
            try check("epsilon", epsilon, epsilon > 0 && epsilon < 1, "0 to 1")
        case .residual(let inner):
            do {
                try LayerDescription.validate(inner, inputShape: inputShape)
            } catch let error as NetworkError {
                throw NetworkError.inBlock(error, layer: index)
            }
            let shapes = LayerDescription.shapes(of: inner, inputShape: inputShape)
            let outputShape = shapes[shapes.count - 1]
            guard outputShape.count == inputSize else {
                throw NetworkError.blockSize(outputShape.count, expected: inputSize, layer: index)
            }
            guard outputShape == inputShape || outputShape.isFlat || inputShape.isFlat else {
                throw NetworkError.blockShape(outputShape, expected: inputShape, layer: index)
            }
        case .gaussianNoise(let deviation):
            try checkAmount("the deviation", deviation)
        case .multiScaleNoise(let low, let high):
            try check("the lowest level", low, low > 0 && low.isFinite, "a number above 0")
            try check(
                "the highest level",
                high,
                high > low && (high / low).isFinite,
                "a number above the lowest level \(low)"
            )
        case .activityPenalty(let l1):
            try checkAmount("the L1 weight", l1)
        case .centerPenalty(let weight):
            try checkAmount("the weight", weight)
        case .sparsityPenalty(let target, let weight):
            try check("the target", target, target > 0 && target < 1, "above 0 to below 1")
            try checkAmount("the weight", weight)
            guard index > 0, layers[index - 1] == .activation(.sigmoid) else {
                throw NetworkError.sparsityWithoutSigmoid(layer: index)
            }
        case .topK(let k):
            try checkCount("the number of elements to keep", k, 1...inputSize)
        case .variational(let latentSize, let klWeight, let warmUpSteps, let meanL1, let freeBits):
            try checkCount("the latent size", latentSize, 1...NetworkDescription.sizeLimit)
            try checkInputSize(2 * latentSize)
            try checkAmount("the weight of the divergence", klWeight)
            try checkCount("the number of warm-up steps", warmUpSteps, 0...Int.max)
            try checkAmount("the L1 weight of the means", meanL1)
            try checkAmount("the number of free bits", freeBits)
        case .convolution, .transposedConvolution, .maximumPooling, .averagePooling, .upsampling,
            .flatten, .reshape:
            try validateSpatial(at: index, input: inputShape)
        case .lstm, .gru, .repeatVector:
            try validateRecurrent(at: index, input: inputShape)
        }
    }
}

extension Shape {
    /// Checks the shape of a layer's output, or of the input when `layer` is nil.
    func validate(layer: Int?) throws {
        guard !isPossible else { return }
        throw isFlat
            ? NetworkError.size(sizes[0], layer: layer) : NetworkError.shape(self, layer: layer)
    }
}
