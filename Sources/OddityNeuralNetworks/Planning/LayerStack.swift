internal import OddityLinearAlgebra

/// The planned layers of a network or a residual block, for batches of up to a fixed number of rows.
///
/// A dense layer and the activation after it become one step.
final class LayerStack {
    private struct Step {
        let layer: any PlannedLayer
        /// The positions in the list of layers that this step covers.
        let range: Range<Int>
        /// Whether the first position is an activation's input, and the output comes after it.
        let isFused: Bool
    }

    private let steps: [Step]
    /// The layers that add to the loss.
    private let penalized: [any PlannedLayer]
    /// Gradients by the outputs of two neighbouring layers; empty without training.
    private let gradients: [AlignedBuffer]

    /// Plans a whole network.
    convenience init(_ layout: NetworkLayout, rowCapacity: Int, forTraining: Bool) {
        self.init(
            layout.list,
            parameterOffsets: layout.parameters.map { $0.map(\.offset) },
            stateOffsets: layout.state.map { $0.map(\.offset) },
            rowCapacity: rowCapacity,
            forTraining: forTraining
        )
    }

    /// Plans layers whose tensors begin at some offsets, a list of them for each layer.
    init(
        _ list: LayerList,
        parameterOffsets: [[Int]],
        stateOffsets: [[Int]],
        rowCapacity: Int,
        forTraining: Bool
    ) {
        var steps: [Step] = []
        var penalized: [any PlannedLayer] = []
        var index = 0
        while index < list.layers.count {
            let layer = list.layers[index]
            var fused: Activation?
            if layer.canFuseActivation, index + 1 < list.layers.count {
                fused = list.functions[index + 1]
            }
            let source = layer.weightSource ?? index
            let place = LayerPosition(
                number: list.numbers[index],
                fusedActivation: fused,
                rowCapacity: rowCapacity,
                keepsAllOutputs: !forTraining,
                parameterOffsets: parameterOffsets[index],
                stateOffsets: stateOffsets[index],
                sharedWeightOffset: layer.weightSource.map { parameterOffsets[$0][0] },
                addsToWeightGradient: list.layers[(index + 1)...]
                    .contains { $0.weightSource == source }
            )
            let planned = layer.planned(at: place)
            if layer.addsPenalty { penalized.append(planned) }
            var end = index + (fused == nil ? 1 : 2)
            while end < list.layers.count, list.layers[end].isView { end += 1 }
            steps.append(Step(layer: planned, range: index..<end, isFused: fused != nil))
            index = end
        }
        self.steps = steps
        self.penalized = penalized
        let widest = max(list.inputSize, list.layers.map(\.outputSize).max() ?? 0)
        gradients = (0..<(forTraining ? 2 : 0)).map { _ in
            AlignedBuffer(count: rowCapacity * widest)
        }
    }

    /// The output of the last layer.
    var output: UnsafeMutablePointer<Float> { steps[steps.count - 1].layer.output }

    /// The output of a layer of the list; scoring keeps them all.
    func output(ofLayer index: Int) -> UnsafeMutablePointer<Float>? {
        guard let step = steps.first(where: { $0.range.contains(index) }) else { return nil }
        let isBefore = step.isFused && index == step.range.lowerBound
        return isBefore ? step.layer.preactivation : step.layer.output
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

    /// Adds what the layers add to the loss, after a training pass.
    func addPenalties(to penalties: inout LossPenalties) {
        for layer in penalized { layer.addPenalties(to: &penalties) }
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
