internal import LinearAlgebra

/// The planned layers of a network, for batches of up to a fixed number of rows.
///
/// A dense layer and the activation after it become one step.
final class LayerStack {
    private struct Step {
        let layer: any PlannedLayer
        /// The positions in the description that this step covers.
        let range: Range<Int>
        let inputSize: Int
    }

    private let steps: [Step]
    private let inputSize: Int
    private let outputSize: Int
    /// Gradients by the outputs of two neighbouring layers; empty without training.
    private let gradients: [AlignedBuffer]

    init(
        _ description: NetworkDescription,
        layout: NetworkLayout,
        rowCapacity: Int,
        forTraining: Bool
    ) {
        var steps: [Step] = []
        var index = 0
        while index < layout.layers.count {
            let layer = layout.layers[index]
            var fused: Activation?
            if layer is Dense, index + 1 < layout.layers.count,
                case .activation(let function) = description.layers[index + 1]
            {
                fused = function
            }
            let place = LayerPlace(
                index: index,
                fusedActivation: fused,
                rowCapacity: rowCapacity,
                keepsAllOutputs: !forTraining,
                parameterOffsets: layout.parameters[index].map(\.offset),
                stateOffsets: layout.state[index].map(\.offset)
            )
            let end = index + (fused == nil ? 1 : 2)
            steps.append(
                Step(
                    layer: layer.planned(at: place),
                    range: index..<end,
                    inputSize: layer.inputSize
                )
            )
            index = end
        }
        self.steps = steps
        inputSize = description.inputSize
        outputSize = description.outputSize
        let widest = max(inputSize, layout.layers.map(\.outputSize).max() ?? 0)
        gradients = (0..<(forTraining ? 2 : 0)).map { _ in
            AlignedBuffer(count: rowCapacity * widest)
        }
    }

    /// The output of the last layer.
    var output: UnsafeMutablePointer<Float> { steps[steps.count - 1].layer.output }

    /// The output of a layer of the description; scoring keeps them all.
    func output(ofLayer index: Int) -> UnsafeMutablePointer<Float>? {
        guard let step = steps.first(where: { $0.range.contains(index) }) else { return nil }
        return index == step.range.upperBound - 1 ? step.layer.output : step.layer.preactivation
    }

    /// Where the gradient by ``output`` goes before ``backward(_:inputGradient:gradients:rowCount:pass:)``.
    var outputGradient: UnsafeMutablePointer<Float> { gradients[0].baseAddress }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        var input = input
        for step in steps {
            step.layer.forward(input, rowCount: rowCount, pass: pass)
            input = UnsafePointer(step.layer.output)
        }
    }

    /// Turns ``outputGradient`` into gradients by all parameters, and by the input if asked for.
    func backward(
        _ input: UnsafePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients flat: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        var gradient = gradients[0].baseAddress
        var other = gradients[1].baseAddress
        for index in steps.indices.reversed() {
            let isFirst = index == 0
            let previous = isFirst ? input : UnsafePointer(steps[index - 1].layer.output)
            steps[index].layer.backward(
                previous,
                gradient: gradient,
                inputGradient: isFirst ? inputGradient : other,
                gradients: flat,
                rowCount: rowCount,
                pass: pass
            )
            swap(&gradient, &other)
        }
    }
}
