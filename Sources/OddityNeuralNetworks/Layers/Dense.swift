internal import COddityKernels
internal import OddityLinearAlgebra

/// y = f(xW + b) with W of `inputSize` × `outputSize` and a fused activation f.
struct Dense: Layer {
    let inputSize: Int
    let outputSize: Int
    let useBias: Bool

    var canFuseActivation: Bool { true }
    var parameterShapes: [(name: String, shape: [Int])] {
        [("weight", [inputSize, outputSize])] + (useBias ? [("bias", [outputSize])] : [])
    }

    func setInitialValues(of tensors: InitialTensors, for use: InitialUse) {
        use.fill(tensors, inputSize: inputSize, outputSize: outputSize)
    }

    func planned(at place: LayerPosition) -> any PlannedLayer {
        PlannedDense(
            inputSize: inputSize,
            outputSize: outputSize,
            weightOffset: place.parameterOffsets[0],
            biasOffset: useBias ? place.parameterOffsets[1] : nil,
            isTransposed: false,
            place
        )
    }
}

/// y = f(xW + b), or y = f(xWᵀ + b) with W of `outputSize` × `inputSize` when `isTransposed`.
final class PlannedDense: PlannedLayer {
    private let inputSize: Int
    private let outputSize: Int
    private let weightOffset: Int
    private let biasOffset: Int?
    private let isTransposed: Bool
    private let activation: Activation
    private let addsToWeightGradient: Bool
    private let outputs: AlignedBuffer
    private let preactivations: AlignedBuffer?
    /// Wᵀ, where scoring needs it.
    private let transposedWeights: TransposedWeights?

    let output: UnsafeMutablePointer<Float>
    var preactivation: UnsafeMutablePointer<Float>? { preactivations?.baseAddress }

    init(
        inputSize: Int,
        outputSize: Int,
        weightOffset: Int,
        biasOffset: Int?,
        isTransposed: Bool,
        _ place: LayerPosition
    ) {
        self.inputSize = inputSize
        self.outputSize = outputSize
        self.weightOffset = weightOffset
        self.biasOffset = biasOffset
        self.isTransposed = isTransposed
        activation = place.fusedActivation ?? .identity
        addsToWeightGradient = place.addsToWeightGradient
        let count = place.rowCapacity * outputSize
        outputs = AlignedBuffer(count: count)
        preactivations = place.keepsPreactivation ? AlignedBuffer(count: count) : nil
        transposedWeights =
            isTransposed && place.keepsAllOutputs
            ? TransposedWeights(groups: 1, rowCount: outputSize, columnCount: inputSize) : nil
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let z = preactivation ?? output
        multiply(input, pass.parameters + weightOffset, into: z, rowCount: rowCount, pass)
        guard biasOffset != nil || activation != .identity || z != output else { return }
        oddity_bias_activation(
            activation.kernel,
            activation.slope,
            biasOffset.map { pass.parameters + $0 },
            z,
            output,
            rowCount,
            outputSize
        )
    }

    private func multiply(
        _ input: UnsafePointer<Float>,
        _ weights: UnsafePointer<Float>,
        into z: UnsafeMutablePointer<Float>,
        rowCount: Int,
        _ pass: Pass
    ) {
        let (m, n, k) = (rowCount, outputSize, inputSize)
        guard pass.training == nil else {
            Products.multiply(
                input,
                weights,
                into: z,
                m: m,
                n: n,
                k: k,
                transposeRight: isTransposed
            )
            return
        }
        transposedWeights?.update(group: 0, from: weights, stride: inputSize)
        let stored = transposedWeights?.group(0) ?? weights
        Products.multiplyRows(input, stored, into: z, m: m, n: n, k: k)
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        let count = rowCount * outputSize
        oddity_activation_gradient(
            activation.kernel,
            activation.slope,
            preactivation,
            output,
            gradient,
            count
        )
        // Wᵀ's gradient, transposed, is W's.
        Products.multiply(
            isTransposed ? UnsafePointer(gradient) : input,
            isTransposed ? input : UnsafePointer(gradient),
            into: gradients + weightOffset,
            m: isTransposed ? outputSize : inputSize,
            n: isTransposed ? inputSize : outputSize,
            k: rowCount,
            transposeLeft: true,
            keep: addsToWeightGradient ? 1 : 0
        )
        if let biasOffset {
            let sums = gradients + biasOffset
            sums.update(repeating: 0, count: outputSize)
            oddity_add_column_sums(gradient, sums, rowCount, outputSize)
        }
        if let inputGradient {
            Products.multiply(
                gradient,
                pass.parameters + weightOffset,
                into: inputGradient,
                m: rowCount,
                n: inputSize,
                k: outputSize,
                transposeRight: !isTransposed
            )
        }
    }
}
