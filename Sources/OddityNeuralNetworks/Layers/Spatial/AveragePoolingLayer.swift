internal import OddityLinearAlgebra

/// y = the mean of a window, channel by channel; points beyond the border count as zeros.
struct AveragePoolingLayer: Layer {
    let geometry: WindowGeometry

    var inputSize: Int { geometry.imageSize }
    var outputSize: Int { geometry.windows.count * geometry.channels }
    var isSpatial: Bool { true }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedAveragePooling(self, place) }
}

final class PlannedAveragePooling: PlannedLayer {
    private let layer: AveragePoolingLayer
    private let taps: PoolingTaps
    private let outputs: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: AveragePoolingLayer, _ place: LayerPosition) {
        self.layer = layer
        taps = PoolingTaps(layer.geometry)
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let channels = layer.geometry.channels
        let share = 1 / Float(layer.geometry.kernel.count)
        for row in 0..<rowCount {
            let x = input + row * layer.inputSize
            let rowOutput = output + row * layer.outputSize
            taps.forEach { window, points in
                let y = rowOutput + window * channels
                for c in 0..<channels { y[c] = 0 }
                for point in points {
                    for c in 0..<channels { y[c] += x[point + c] }
                }
                for c in 0..<channels { y[c] *= share }
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
        let channels = layer.geometry.channels
        let share = 1 / Float(layer.geometry.kernel.count)
        inputGradient.update(repeating: 0, count: rowCount * layer.inputSize)
        for row in 0..<rowCount {
            let d = inputGradient + row * layer.inputSize
            let rowGradient = gradient + row * layer.outputSize
            taps.forEach { window, points in
                let g = rowGradient + window * channels
                for point in points {
                    for c in 0..<channels { d[point + c] += share * g[c] }
                }
            }
        }
    }
}
