internal import LinearAlgebra

/// y = weight · (x − mean) / √(variance + epsilon) + bias, column by column.
struct BatchNormalization: Layer {
    let inputSize: Int
    let momentum: Float
    let epsilon: Float

    var outputSize: Int { inputSize }
    var mixesRows: Bool { true }
    var parameterShapes: [(name: String, shape: [Int])] {
        [("weight", [inputSize]), ("bias", [inputSize])]
    }
    var stateShapes: [(name: String, shape: [Int])] {
        [("running_mean", [inputSize]), ("running_var", [inputSize])]
    }

    func setInitialValues(of tensors: InitialTensors, for use: InitialUse) {
        tensors.parameters[0].update(repeating: 1)
        tensors.state[1].update(repeating: 1)
    }

    func planned(at place: LayerPlace) -> any PlannedLayer {
        PlannedBatchNormalization(self, place)
    }
}

final class PlannedBatchNormalization: PlannedLayer {
    private let layer: BatchNormalization
    private let place: LayerPlace
    private let outputs: AlignedBuffer
    private let means: AlignedBuffer
    // 1 / √(variance + epsilon)
    private let inverses: AlignedBuffer
    private let sums: AlignedBuffer
    private let products: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: BatchNormalization, _ place: LayerPlace) {
        self.layer = layer
        self.place = place
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        means = AlignedBuffer(count: layer.outputSize)
        inverses = AlignedBuffer(count: layer.outputSize)
        sums = AlignedBuffer(count: layer.outputSize)
        products = AlignedBuffer(count: layer.outputSize)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let n = layer.outputSize
        let runningMeans = pass.state + place.stateOffsets[0]
        let runningVariances = pass.state + place.stateOffsets[1]
        let means = means.baseAddress
        let inverses = inverses.baseAddress
        if pass.training != nil && rowCount > 1 {
            takeStatistics(of: input, rowCount: rowCount)
            let momentum = layer.momentum
            let unbiased = Float(rowCount) / Float(rowCount - 1)
            for j in 0..<n {
                let variance = inverses[j]
                runningMeans[j] += momentum * (means[j] - runningMeans[j])
                runningVariances[j] += momentum * (variance * unbiased - runningVariances[j])
            }
        } else {
            means.update(from: runningMeans, count: n)
            inverses.update(from: runningVariances, count: n)
        }
        let epsilon = layer.epsilon
        for j in 0..<n { inverses[j] = 1 / (inverses[j] + epsilon).squareRoot() }
        let weights = pass.parameters + place.parameterOffsets[0]
        let biases = pass.parameters + place.parameterOffsets[1]
        for r in 0..<rowCount {
            let x = input + r * n
            let y = output + r * n
            for j in 0..<n { y[j] = (x[j] - means[j]) * inverses[j] * weights[j] + biases[j] }
        }
    }

    /// Means, and biased variances in place of their inverse roots.
    private func takeStatistics(of input: UnsafePointer<Float>, rowCount: Int) {
        let n = layer.outputSize
        let means = means.baseAddress
        let variances = inverses.baseAddress
        let scale = 1 / Float(rowCount)
        means.update(repeating: 0, count: n)
        variances.update(repeating: 0, count: n)
        for r in 0..<rowCount {
            let x = input + r * n
            for j in 0..<n { means[j] += x[j] }
        }
        for j in 0..<n { means[j] *= scale }
        for r in 0..<rowCount {
            let x = input + r * n
            for j in 0..<n {
                let d = x[j] - means[j]
                variances[j] += d * d
            }
        }
        for j in 0..<n { variances[j] *= scale }
    }

    func backward(
        _ input: UnsafePointer<Float>,
        gradient: UnsafeMutablePointer<Float>,
        inputGradient: UnsafeMutablePointer<Float>?,
        gradients: UnsafeMutablePointer<Float>,
        rowCount: Int,
        pass: Pass
    ) {
        let n = layer.outputSize
        let means = means.baseAddress
        let inverses = inverses.baseAddress
        let sums = sums.baseAddress
        let products = products.baseAddress
        sums.update(repeating: 0, count: n)
        products.update(repeating: 0, count: n)
        for r in 0..<rowCount {
            let x = input + r * n
            let g = gradient + r * n
            for j in 0..<n {
                sums[j] += g[j]
                products[j] += g[j] * ((x[j] - means[j]) * inverses[j])
            }
        }
        (gradients + place.parameterOffsets[0]).update(from: products, count: n)
        (gradients + place.parameterOffsets[1]).update(from: sums, count: n)
        guard let inputGradient else { return }
        // With the running numbers (a single row) mean and variance are constants.
        let share: Float = rowCount > 1 ? 1 / Float(rowCount) : 0
        let weights = pass.parameters + place.parameterOffsets[0]
        for r in 0..<rowCount {
            let x = input + r * n
            let g = gradient + r * n
            let d = inputGradient + r * n
            for j in 0..<n {
                let normalized = (x[j] - means[j]) * inverses[j]
                let centred = g[j] - share * (sums[j] + normalized * products[j])
                d[j] = weights[j] * inverses[j] * centred
            }
        }
    }
}
