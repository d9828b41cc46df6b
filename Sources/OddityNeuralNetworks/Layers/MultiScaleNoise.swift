internal import OddityLinearAlgebra
internal import OddityPlatform

/// In training, y = (x + s·ε, u) with s = low·(high/low)ᵘ; in scoring, y = (x, 0).
struct MultiScaleNoise: Layer {
    let inputSize: Int
    let low: Float
    let high: Float

    var outputSize: Int { inputSize + 1 }

    func planned(at place: LayerPosition) -> any PlannedLayer {
        PlannedMultiScaleNoise(self, place)
    }
}

final class PlannedMultiScaleNoise: PlannedLayer {
    private let layer: MultiScaleNoise
    private let number: Int
    private let outputs: AlignedBuffer
    /// ε of each element; empty in scoring.
    private let noise: AlignedBuffer
    /// One word for each row.
    private let words: UnsafeMutableBufferPointer<UInt32>

    let output: UnsafeMutablePointer<Float>

    init(_ layer: MultiScaleNoise, _ place: LayerPosition) {
        self.layer = layer
        number = place.number
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        noise = AlignedBuffer(
            count: place.keepsAllOutputs ? 0 : place.rowCapacity * layer.inputSize
        )
        words = .allocate(
            capacity: place.keepsAllOutputs ? 0 : (place.rowCapacity + 3) / 4 * 4
        )
        words.initialize(repeating: 0)
        output = outputs.baseAddress
    }

    deinit {
        words.deallocate()
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let n = layer.inputSize
        guard let training = pass.training, let words = words.baseAddress else {
            for r in 0..<rowCount {
                let y = output + r * (n + 1)
                y.update(from: input + r * n, count: n)
                y[n] = 0
            }
            return
        }
        LayerRandom.fillWords(
            words,
            count: (rowCount + 3) / 4 * 4,
            pass: training,
            use: LayerRandom.choice,
            layer: number
        )
        LayerRandom.fillNormal(
            noise.baseAddress,
            count: rowCount * n,
            seed: training.seed,
            use: LayerRandom.noise,
            index: training.streamIndex(ofLayer: number)
        )
        let ratio = log(layer.high / layer.low)
        for r in 0..<rowCount {
            let x = input + r * n
            let y = output + r * (n + 1)
            let e = noise.baseAddress + r * n
            let u = Float(words[r] >> 8) * 0x1p-24
            let level = layer.low * exp(u * ratio)
            for j in 0..<n { y[j] = x[j] + level * e[j] }
            y[n] = u
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
        let n = layer.inputSize
        for r in 0..<rowCount {
            (inputGradient + r * n).update(from: gradient + r * (n + 1), count: n)
        }
    }
}
