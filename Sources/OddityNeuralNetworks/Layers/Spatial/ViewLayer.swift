internal import OddityLinearAlgebra

/// y = x in another shape.
///
/// Only at the head of a list is it planned as a layer; after another one it is that layer's output.
struct ViewLayer: Layer {
    let inputSize: Int

    var outputSize: Int { inputSize }
    var isView: Bool { true }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedView(self, place) }
}

final class PlannedView: PlannedLayer {
    private let size: Int
    private let outputs: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: ViewLayer, _ place: LayerPosition) {
        size = layer.outputSize
        outputs = AlignedBuffer(count: place.rowCapacity * size)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        output.update(from: input, count: rowCount * size)
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        inputGradient?.update(from: gradient, count: rowCount * size)
    }
}
