internal import OddityLinearAlgebra

/// In training, elements come from the same column of another row with probability `rate`.
struct SwapNoise: Layer {
    let inputSize: Int
    let rate: Float

    var outputSize: Int { inputSize }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedSwapNoise(self, place) }
}

final class PlannedSwapNoise: PlannedLayer {
    private let layer: SwapNoise
    private let number: Int
    private let outputs: AlignedBuffer
    /// The words that decide whether an element is replaced.
    private let choices: UnsafeMutableBufferPointer<UInt32>
    /// Random words first, then in the same place the row that each element comes from.
    private let sources: UnsafeMutableBufferPointer<UInt32>

    let output: UnsafeMutablePointer<Float>

    init(_ layer: SwapNoise, _ place: LayerPosition) {
        self.layer = layer
        number = place.number
        let count = place.rowCapacity * layer.outputSize
        outputs = AlignedBuffer(count: count)
        let wordCount = place.keepsAllOutputs ? 0 : (count + 3) / 4 * 4
        choices = .allocate(capacity: wordCount)
        choices.initialize(repeating: 0)
        sources = .allocate(capacity: wordCount)
        sources.initialize(repeating: 0)
        output = outputs.baseAddress
    }

    deinit {
        choices.deallocate()
        sources.deallocate()
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let n = layer.outputSize
        let count = rowCount * n
        guard let training = pass.training, let choices = choices.baseAddress,
            let sources = sources.baseAddress
        else {
            output.update(from: input, count: count)
            return
        }
        fill(choices, count: count, pass: training, use: LayerRandom.noise)
        fill(sources, count: count, pass: training, use: LayerRandom.choice)
        let threshold = UInt32(Double(layer.rate) * 0x1p32)
        let others = UInt64(rowCount - 1)
        let output = output
        for r in 0..<rowCount {
            for i in (r * n)..<((r + 1) * n) {
                var row = r
                if choices[i] < threshold {
                    // One of the rows after this one, round the end.
                    row += others == 0 ? 0 : 1 + Int((UInt64(sources[i]) * others) >> 32)
                    if row >= rowCount { row -= rowCount }
                }
                sources[i] = UInt32(truncatingIfNeeded: row)
                output[i] = input[i + (row - r) * n]
            }
        }
    }

    private func fill(
        _ words: UnsafeMutablePointer<UInt32>,
        count: Int,
        pass: TrainingPass,
        use: UInt32
    ) {
        LayerRandom.fillWords(
            words,
            count: (count + 3) / 4 * 4,
            pass: pass,
            use: use,
            layer: number
        )
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        guard let inputGradient, let sources = sources.baseAddress else { return }
        let n = layer.outputSize
        inputGradient.update(repeating: 0, count: rowCount * n)
        for r in 0..<rowCount {
            for j in 0..<n {
                inputGradient[Int(sources[r * n + j]) * n + j] += gradient[r * n + j]
            }
        }
    }
}
