internal import COddityKernels
internal import OddityLinearAlgebra

/// y = x where |x| is among the k largest of its row, else 0.
struct TopK: Layer {
    let inputSize: Int
    let k: Int

    var outputSize: Int { inputSize }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedTopK(self, place) }
}

final class PlannedTopK: PlannedLayer {
    private let layer: TopK
    private let outputs: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: TopK, _ place: LayerPosition) {
        self.layer = layer
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        oddity_top_k(input, output, rowCount, layer.outputSize, layer.k)
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
        let output = output
        // A zero that was kept passes nothing on, like those that were not kept.
        for i in 0..<(rowCount * layer.outputSize) {
            inputGradient[i] = output[i] != 0 ? gradient[i] : 0
        }
    }
}
