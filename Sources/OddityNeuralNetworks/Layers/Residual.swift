internal import OddityLinearAlgebra

/// y = x + f(x), where f is a list of layers.
struct Residual: Layer {
    let list: LayerList

    init(_ list: LayerList) {
        self.list = list
    }

    var inputSize: Int { list.inputSize }
    var outputSize: Int { list.inputSize }
    var mixesRows: Bool { list.layers.contains(where: \.mixesRows) }
    var addsPenalty: Bool { list.layers.contains(where: \.addsPenalty) }
    var keptSize: Int { list.layers.reduce(outputSize) { $0 + $1.keptSize } }
    var isSpatial: Bool { list.layers.contains(where: \.isSpatial) }
    var isRecurrent: Bool { list.layers.contains(where: \.isRecurrent) }
    var reusedMultiplications: Int { list.layers.reduce(0) { $0 + $1.reusedMultiplications } }
    var parameterShapes: [(name: String, shape: [Int])] { shapes(\.parameterShapes) }
    var stateShapes: [(name: String, shape: [Int])] { shapes(\.stateShapes) }

    private func shapes(
        _ own: (any Layer) -> [(name: String, shape: [Int])]
    ) -> [(name: String, shape: [Int])] {
        list.layers.enumerated().flatMap { index, layer in
            own(layer).map { (name: "layers.\(index).\($0.name)", shape: $0.shape) }
        }
    }

    func setInitialValues(of tensors: InitialTensors, for use: InitialUse) {
        list.setInitialValues(of: tensors, initializer: use.initializer, seed: use.seed)
    }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedResidual(self, place) }
}

final class PlannedResidual: PlannedLayer {
    private let size: Int
    private let stack: LayerStack
    private let outputs: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: Residual, _ place: LayerPosition) {
        size = layer.outputSize
        stack = LayerStack(
            layer.list,
            parameterOffsets: PlannedResidual.split(
                place.parameterOffsets,
                counts: layer.list.layers.map(\.parameterShapes.count)
            ),
            stateOffsets: PlannedResidual.split(
                place.stateOffsets,
                counts: layer.list.layers.map(\.stateShapes.count)
            ),
            rowCapacity: place.rowCapacity,
            forTraining: !place.keepsAllOutputs
        )
        outputs = AlignedBuffer(count: place.rowCapacity * size)
        output = outputs.baseAddress
    }

    /// Cuts a list into pieces of the given lengths.
    private static func split(_ offsets: [Int], counts: [Int]) -> [[Int]] {
        var rest = offsets[...]
        return counts.map { count in
            defer { rest = rest.dropFirst(count) }
            return Array(rest.prefix(count))
        }
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        stack.forward(input, rowCount: rowCount, pass: pass)
        let inner = stack.output
        let output = output
        for i in 0..<(rowCount * size) { output[i] = input[i] + inner[i] }
    }

    func addPenalties(to penalties: inout LossPenalties) {
        stack.addPenalties(to: &penalties)
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        let count = rowCount * size
        stack.outputGradient.update(from: gradient, count: count)
        stack.backward(
            input,
            inputGradient: inputGradient,
            gradients: gradients,
            rowCount: rowCount,
            pass: pass
        )
        guard let inputGradient else { return }
        for i in 0..<count { inputGradient[i] += gradient[i] }
    }
}
