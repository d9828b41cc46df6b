internal import OddityLinearAlgebra

/// Each row several times, as the points of a series.
struct RepeatLayer: Layer {
    let inputSize: Int
    let count: Int

    var outputSize: Int { inputSize * count }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedRepeat(self, place) }
}

final class PlannedRepeat: PlannedLayer {
    private let layer: RepeatLayer
    private let outputs: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: RepeatLayer, _ place: LayerPosition) {
        self.layer = layer
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let size = layer.inputSize
        var target = output
        for row in 0..<rowCount {
            for _ in 0..<layer.count {
                target.update(from: input + row * size, count: size)
                target += size
            }
        }
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
        let size = layer.inputSize
        for row in 0..<rowCount {
            let sum = inputGradient + row * size
            let points = gradient + row * layer.outputSize
            sum.update(from: points, count: size)
            for point in 1..<max(1, layer.count) {
                let term = points + point * size
                for i in 0..<size { sum[i] += term[i] }
            }
        }
    }
}
