internal import OddityLinearAlgebra

/// y = f(xWᵀ + b), where W belongs to an earlier dense layer.
struct TiedDense: Layer {
    let inputSize: Int
    let outputSize: Int
    /// The position of the layer whose weight is used.
    let source: Int

    var canFuseActivation: Bool { true }
    var weightSource: Int? { source }
    var parameterShapes: [(name: String, shape: [Int])] { [("bias", [outputSize])] }

    func setInitialValues(of tensors: InitialTensors, for use: InitialUse) {
        let limit = use.initializer.limits(
            inputSize: inputSize,
            outputSize: outputSize,
            activation: use.activation
        ).bias
        guard limit > 0 else { return }
        var stream = RandomStream(seed: use.seed, use: .initialization, index: use.layer)
        stream.fillUniform(tensors.parameters[0], from: -limit, to: limit)
    }

    func planned(at place: LayerPosition) -> any PlannedLayer {
        guard let weightOffset = place.sharedWeightOffset else {
            preconditionFailure("a tied layer without its weight")
        }
        return PlannedDense(
            inputSize: inputSize,
            outputSize: outputSize,
            weightOffset: weightOffset,
            biasOffset: place.parameterOffsets[0],
            isTransposed: true,
            place
        )
    }
}
