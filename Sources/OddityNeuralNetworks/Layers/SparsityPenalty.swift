internal import COddityKernels
internal import OddityLinearAlgebra
internal import OddityPlatform

/// y = x, and weight·Σⱼ KL(target ‖ mean of column j) more loss.
struct SparsityPenalty: Layer {
    let inputSize: Int
    let target: Float
    let weight: Float

    var outputSize: Int { inputSize }
    var mixesRows: Bool { true }
    var addsPenalty: Bool { true }

    func planned(at place: LayerPosition) -> any PlannedLayer {
        PlannedSparsityPenalty(self, place)
    }
}

final class PlannedSparsityPenalty: PlannedLayer {
    private let layer: SparsityPenalty
    private let outputs: AlignedBuffer
    /// The columns' means, then in the same place the penalty's derivative by each element of them.
    private let slopes: AlignedBuffer
    private var penalty = 0.0

    let output: UnsafeMutablePointer<Float>

    init(_ layer: SparsityPenalty, _ place: LayerPosition) {
        self.layer = layer
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        slopes = AlignedBuffer(count: layer.outputSize)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let n = layer.outputSize
        output.update(from: input, count: rowCount * n)
        guard pass.training != nil else { return }
        let slopes = slopes.baseAddress
        slopes.update(repeating: 0, count: n)
        oddity_add_column_sums(input, slopes, rowCount, n)
        let target = Double(layer.target)
        let weight = Double(layer.weight)
        let share = 1 / Double(rowCount)
        var sum = 0.0
        for j in 0..<n {
            let found = Double(slopes[j]) * share
            // A comparison with NaN is false: it stays.
            let mean = found < 1e-6 ? 1e-6 : (found > 1 - 1e-6 ? 1 - 1e-6 : found)
            sum += target * log(target / mean) + (1 - target) * log((1 - target) / (1 - mean))
            slopes[j] = Float(weight * share * ((1 - target) / (1 - mean) - target / mean))
        }
        penalty = weight * sum
    }

    func addPenalties(to penalties: inout LossPenalties) {
        penalties.sparsity += penalty
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
        let n = layer.outputSize
        let slopes = slopes.baseAddress
        for r in 0..<rowCount {
            let g = gradient + r * n
            let d = inputGradient + r * n
            for j in 0..<n { d[j] = g[j] + slopes[j] }
        }
    }
}
