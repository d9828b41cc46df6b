internal import OddityLinearAlgebra

/// In training, y = x + deviation·ε; in scoring, y = x.
struct GaussianNoise: Layer {
    let inputSize: Int
    let deviation: Float

    var outputSize: Int { inputSize }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedGaussianNoise(self, place) }
}

final class PlannedGaussianNoise: PlannedLayer {
    private let layer: GaussianNoise
    private let number: Int
    private let outputs: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: GaussianNoise, _ place: LayerPosition) {
        self.layer = layer
        number = place.number
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let count = rowCount * layer.outputSize
        guard let training = pass.training else {
            output.update(from: input, count: count)
            return
        }
        LayerRandom.fillNormal(
            output,
            count: count,
            seed: training.seed,
            use: LayerRandom.noise,
            index: training.streamIndex(ofLayer: number)
        )
        let output = output
        let deviation = layer.deviation
        for i in 0..<count { output[i] = input[i] + deviation * output[i] }
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        inputGradient?.update(from: gradient, count: rowCount * layer.outputSize)
    }
}
