internal import CKernels
internal import LinearAlgebra

/// y = f(xW + b) with W of `inputSize` × `outputSize` and a fused activation f.
struct Dense: Layer {
    let inputSize: Int
    let outputSize: Int
    let useBias: Bool

    var parameterShapes: [(name: String, shape: [Int])] {
        [("weight", [inputSize, outputSize])] + (useBias ? [("bias", [outputSize])] : [])
    }

    func setInitialValues(of tensors: InitialTensors, for use: InitialUse) {
        let limits = use.initializer.limits(
            inputSize: inputSize,
            outputSize: outputSize,
            activation: use.activation
        )
        var stream = RandomStream(seed: use.seed, use: .initialization, index: use.layer)
        for (tensor, limit) in zip(tensors.parameters, [limits.weight, limits.bias]) {
            guard limit > 0 else { continue }
            stream.fillUniform(tensor, from: -limit, to: limit)
        }
    }

    func planned(at place: LayerPlace) -> any PlannedLayer { PlannedDense(self, place) }
}

final class PlannedDense: PlannedLayer {
    private let layer: Dense
    private let activation: Activation
    private let weightOffset: Int
    private let biasOffset: Int?
    private let outputs: AlignedBuffer
    private let preactivations: AlignedBuffer?

    let output: UnsafeMutablePointer<Float>
    var preactivation: UnsafeMutablePointer<Float>? { preactivations?.baseAddress }

    init(_ layer: Dense, _ place: LayerPlace) {
        self.layer = layer
        activation = place.fusedActivation ?? .identity
        weightOffset = place.parameterOffsets[0]
        biasOffset = layer.useBias ? place.parameterOffsets[1] : nil
        let count = place.rowCapacity * layer.outputSize
        outputs = AlignedBuffer(count: count)
        let keeps =
            place.fusedActivation != nil
            && (place.keepsAllOutputs || activation.derivativeNeedsInput)
        preactivations = keeps ? AlignedBuffer(count: count) : nil
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let z = preactivation ?? output
        Products.multiply(
            input,
            pass.parameters + weightOffset,
            into: z,
            m: rowCount,
            n: layer.outputSize,
            k: layer.inputSize
        )
        guard biasOffset != nil || activation != .identity || z != output else { return }
        oddity_bias_activation(
            activation.kernel,
            activation.slope,
            biasOffset.map { pass.parameters + $0 },
            z,
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
        let count = rowCount * layer.outputSize
        oddity_activation_gradient(
            activation.kernel,
            activation.slope,
            preactivation,
            output,
            gradient,
            count
        )
        Products.multiply(
            input,
            gradient,
            into: gradients + weightOffset,
            m: layer.inputSize,
            n: layer.outputSize,
            k: rowCount,
            transposeLeft: true
        )
        if let biasOffset {
            let sums = gradients + biasOffset
            sums.update(repeating: 0, count: layer.outputSize)
            oddity_add_column_sums(gradient, sums, rowCount, layer.outputSize)
        }
        if let inputGradient {
            Products.multiply(
                gradient,
                pass.parameters + weightOffset,
                into: inputGradient,
                m: rowCount,
                n: layer.inputSize,
                k: layer.outputSize,
                transposeRight: true
            )
        }
    }
}
