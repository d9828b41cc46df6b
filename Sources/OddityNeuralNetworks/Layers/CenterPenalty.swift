internal import OddityLinearAlgebra

/// y = x, and weight·(1/B)·Σ(x − c)² more loss, where c is a fixed centre.
struct CenterPenalty: Layer {
    let inputSize: Int
    let weight: Float

    var outputSize: Int { inputSize }
    var addsPenalty: Bool { true }
    var stateShapes: [(name: String, shape: [Int])] { [("center", [inputSize])] }

    func planned(at place: LayerPosition) -> any PlannedLayer { PlannedCenterPenalty(self, place) }
}

final class PlannedCenterPenalty: PlannedLayer {
    private let layer: CenterPenalty
    private let centerOffset: Int
    private let outputs: AlignedBuffer
    private var penalty = 0.0

    let output: UnsafeMutablePointer<Float>

    init(_ layer: CenterPenalty, _ place: LayerPosition) {
        self.layer = layer
        centerOffset = place.stateOffsets[0]
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let n = layer.outputSize
        output.update(from: input, count: rowCount * n)
        guard let training = pass.training else { return }
        let center = pass.state + centerOffset
        var sum = 0.0
        for r in 0..<rowCount {
            let x = input + r * n
            var rowSum: Float = 0
            for j in 0..<n {
                let difference = x[j] - center[j]
                rowSum += difference * difference
            }
            sum += Double(rowSum)
        }
        penalty = Double(layer.weight) * sum / Double(training.batchRowCount)
    }

    func addPenalties(to penalties: inout LossPenalties) {
        penalties.center += penalty
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
        let n = layer.outputSize
        let center = pass.state + centerOffset
        let slope = 2 * layer.weight / Float(training.batchRowCount)
        for r in 0..<rowCount {
            let x = input + r * n
            let g = gradient + r * n
            let d = inputGradient + r * n
            for j in 0..<n { d[j] = g[j] + slope * (x[j] - center[j]) }
        }
    }
}
