internal import COddityKernels
internal import OddityLinearAlgebra

/// y = f(x): an activation that follows something other than a dense layer.
struct ElementwiseActivation: Layer {
    let inputSize: Int
    let function: Activation

    var outputSize: Int { inputSize }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedActivation(self, place) }
}

final class PlannedActivation: PlannedLayer {
    private let layer: ElementwiseActivation
    private let outputs: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: ElementwiseActivation, _ place: LayerPosition) {
        self.layer = layer
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        // Without a bias the kernel only reads its input.
        oddity_bias_activation(
            layer.function.kernel,
            layer.function.slope,
            nil,
            UnsafeMutablePointer(mutating: input),
            output,
            rowCount,
            layer.outputSize
        )
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        guard let inputGradient else { return }
        let count = rowCount * layer.outputSize
        inputGradient.update(from: gradient, count: count)
        oddity_activation_gradient(
            layer.function.kernel,
            layer.function.slope,
            input,
            output,
            inputGradient,
            count
        )
    }
}
