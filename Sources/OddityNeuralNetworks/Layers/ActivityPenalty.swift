internal import COddityKernels
internal import OddityLinearAlgebra

/// y = x, and l1·(1/B)·Σ|x| more loss.
struct ActivityPenalty: Layer {
    let inputSize: Int
    let l1: Float

    var outputSize: Int { inputSize }
    var addsPenalty: Bool { true }

    func planned(at place: LayerPosition) -> any PlannedLayer {
        PlannedActivityPenalty(self, place)
    }
}

final class PlannedActivityPenalty: PlannedLayer {
    private let layer: ActivityPenalty
    private let outputs: AlignedBuffer
    private var penalty = 0.0

    let output: UnsafeMutablePointer<Float>

    init(_ layer: ActivityPenalty, _ place: LayerPosition) {
        self.layer = layer
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let count = rowCount * layer.outputSize
        output.update(from: input, count: count)
        guard let training = pass.training else { return }
        penalty =
            Double(layer.l1) * oddity_sum_of_magnitudes(input, count)
            / Double(training.batchRowCount)
    }

    func addPenalties(to penalties: inout LossPenalties) {
        penalties.activity += penalty
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        guard let inputGradient, let training = pass.training else { return }
        let slope = layer.l1 / Float(training.batchRowCount)
        for i in 0..<(rowCount * layer.outputSize) {
            let x = input[i]
            inputGradient[i] = gradient[i] + (x > 0 ? slope : (x < 0 ? -slope : 0))
        }
    }
}
