internal import LinearAlgebra

/// In training, elements become 0 with probability `rate`; the others are divided by 1 − `rate`.
struct Dropout: Layer {
    let inputSize: Int
    let rate: Float

    var outputSize: Int { inputSize }

    func planned(at place: LayerPlace) -> any PlannedLayer { PlannedDropout(self, place) }
}

final class PlannedDropout: PlannedLayer {
    private let layer: Dropout
    private let index: Int
    private let outputs: AlignedBuffer
    /// Random words first, then in the same place the factors 0 or 1 / (1 − rate).
    private let factors: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: Dropout, _ place: LayerPlace) {
        self.layer = layer
        index = place.index
        let count = place.rowCapacity * layer.outputSize
        outputs = AlignedBuffer(count: count)
        factors = AlignedBuffer(count: place.keepsAllOutputs ? 0 : (count + 3) / 4 * 4)
        output = outputs.baseAddress
    }

    /// The index of the random stream: distinct for step, shard (below 256) and layer (below 4,096).
    static func streamIndex(layer: Int, pass: TrainingPass) -> Int {
        pass.step << 20 | pass.shard << 12 | layer
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let count = rowCount * layer.outputSize
        guard let training = pass.training else {
            output.update(from: input, count: count)
            return
        }
        let wordCount = (count + 3) / 4 * 4
        let threshold = UInt32(Double(layer.rate) * 0x1p32)
        let scale = 1 / (1 - layer.rate)
        factors.baseAddress.withMemoryRebound(to: UInt32.self, capacity: wordCount) { words in
            RandomStream.fill(
                UnsafeMutableBufferPointer(start: words, count: wordCount),
                seed: training.seed,
                use: .dropout,
                index: PlannedDropout.streamIndex(layer: index, pass: training)
            )
            let keptBits = scale.bitPattern
            for i in 0..<count { words[i] = words[i] < threshold ? 0 : keptBits }
        }
        let factors = factors.baseAddress
        let output = output
        for i in 0..<count { output[i] = input[i] * factors[i] }
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
        let factors = factors.baseAddress
        for i in 0..<(rowCount * layer.outputSize) { inputGradient[i] = gradient[i] * factors[i] }
    }
}
