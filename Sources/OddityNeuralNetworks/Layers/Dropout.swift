internal import OddityLinearAlgebra

/// In training, elements become 0 with probability `rate`; the others are divided by 1 − `rate`.
struct Dropout: Layer {
    let inputSize: Int
    let rate: Float

    var outputSize: Int { inputSize }

    func planned(at place: LayerPosition) -> any PlannedLayer {
        PlannedDropout(
            size: inputSize,
            rate: rate,
            keptFactor: 1 / (1 - rate),
            use: .dropout,
            place
        )
    }
}

/// Multiplies each element by 0, with probability `rate`, or by `keptFactor`.
final class PlannedDropout: PlannedLayer {
    private let size: Int
    private let rate: Float
    private let keptFactor: Float
    private let use: RandomStream.Use
    private let number: Int
    private let outputs: AlignedBuffer
    /// Random words first, then in the same place the factors.
    private let factors: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(
        size: Int,
        rate: Float,
        keptFactor: Float,
        use: RandomStream.Use,
        _ place: LayerPosition
    ) {
        self.size = size
        self.rate = rate
        self.keptFactor = keptFactor
        self.use = use
        number = place.number
        let count = place.rowCapacity * size
        outputs = AlignedBuffer(count: count)
        factors = AlignedBuffer(count: place.keepsAllOutputs ? 0 : (count + 3) / 4 * 4)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let count = rowCount * size
        guard let training = pass.training else {
            output.update(from: input, count: count)
            return
        }
        let wordCount = (count + 3) / 4 * 4
        let threshold = UInt32(Double(rate) * 0x1p32)
        factors.baseAddress.withMemoryRebound(to: UInt32.self, capacity: wordCount) { words in
            RandomStream.fill(
                UnsafeMutableBufferPointer(start: words, count: wordCount),
                seed: training.seed,
                use: use,
                index: training.streamIndex(ofLayer: number)
            )
            let keptBits = keptFactor.bitPattern
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
        for i in 0..<(rowCount * size) { inputGradient[i] = gradient[i] * factors[i] }
    }
}
