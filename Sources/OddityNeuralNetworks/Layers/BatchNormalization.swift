internal import OddityLinearAlgebra

/// y = weight · (x − mean) / √(variance + epsilon) + bias, column by column; on a series or an image
/// channel by channel, where points count as rows.
struct BatchNormalization: Layer {
    let inputShape: Shape
    let momentum: Float
    let epsilon: Float

    var inputSize: Int { inputShape.count }
    var outputSize: Int { inputSize }
    var channels: Int { inputShape.channels }
    var isSpatial: Bool { !inputShape.isFlat }
    var mixesRows: Bool { true }
    var parameterShapes: [(name: String, shape: [Int])] {
        [("weight", [channels]), ("bias", [channels])]
    }
    var stateShapes: [(name: String, shape: [Int])] {
        [("running_mean", [channels]), ("running_var", [channels])]
    }

    func setInitialValues(of tensors: InitialTensors, for use: InitialUse) {
        tensors.parameters[0].update(repeating: 1)
        tensors.state[1].update(repeating: 1)
    }

    func planned(at place: LayerPosition) -> any PlannedLayer {
        PlannedBatchNormalization(self, place)
    }
}

/// Works on lines of an image, so that loops are long whatever the channels; a flat row is one line
/// of one point.
final class PlannedBatchNormalization: PlannedLayer {
    private let layer: BatchNormalization
    private let place: LayerPosition
    private let channels: Int
    /// The points in a line.
    private let width: Int
    /// The lines in a row.
    private let height: Int
    private let outputs: AlignedBuffer
    // The numbers of each channel, repeated for each point of a line.
    private let means: AlignedBuffer
    // 1 / √(variance + epsilon)
    private let inverses: AlignedBuffer
    private let sums: AlignedBuffer
    private let products: AlignedBuffer
    private let weights: AlignedBuffer
    private let biases: AlignedBuffer

    let output: UnsafeMutablePointer<Float>

    init(_ layer: BatchNormalization, _ place: LayerPosition) {
        self.layer = layer
        self.place = place
        channels = layer.channels
        width = layer.inputShape.isFlat ? 1 : Plane(of: layer.inputShape).width
        height = layer.inputSize / (width * layer.channels)
        let n = width * channels
        outputs = AlignedBuffer(count: place.rowCapacity * layer.outputSize)
        means = AlignedBuffer(count: n)
        inverses = AlignedBuffer(count: n)
        sums = AlignedBuffer(count: n)
        products = AlignedBuffer(count: n)
        weights = AlignedBuffer(count: n)
        biases = AlignedBuffer(count: n)
        output = outputs.baseAddress
    }

    func forward(_ input: UnsafePointer<Float>, rowCount: Int, pass: Pass) {
        let n = width * channels
        let lineCount = rowCount * height
        let count = lineCount * width
        let runningMeans = pass.state + place.stateOffsets[0]
        let runningVariances = pass.state + place.stateOffsets[1]
        let means = means.baseAddress
        let inverses = inverses.baseAddress
        if pass.training != nil && count > 1 {
            takeStatistics(of: input, lineCount: lineCount)
            let momentum = layer.momentum
            let unbiased = Float(count) / Float(count - 1)
            for j in 0..<channels {
                let variance = inverses[j]
                runningMeans[j] += momentum * (means[j] - runningMeans[j])
                runningVariances[j] += momentum * (variance * unbiased - runningVariances[j])
            }
        } else {
            repeatChannels(runningMeans, into: means)
            repeatChannels(runningVariances, into: inverses)
        }
        let epsilon = layer.epsilon
        for j in 0..<n { inverses[j] = 1 / (inverses[j] + epsilon).squareRoot() }
        let weights = weights.baseAddress
        let biases = biases.baseAddress
        repeatChannels(pass.parameters + place.parameterOffsets[0], into: weights)
        repeatChannels(pass.parameters + place.parameterOffsets[1], into: biases)
        for r in 0..<lineCount {
            let x = input + r * n
            let y = output + r * n
            for j in 0..<n { y[j] = (x[j] - means[j]) * inverses[j] * weights[j] + biases[j] }
        }
    }

    /// Means, and biased variances in place of their inverse roots.
    private func takeStatistics(of input: UnsafePointer<Float>, lineCount: Int) {
        let n = width * channels
        let means = means.baseAddress
        let variances = inverses.baseAddress
        let scale = 1 / Float(lineCount * width)
        means.update(repeating: 0, count: n)
        variances.update(repeating: 0, count: n)
        for r in 0..<lineCount {
            let x = input + r * n
            for j in 0..<n { means[j] += x[j] }
        }
        addPoints(means)
        for j in 0..<n { means[j] *= scale }
        for r in 0..<lineCount {
            let x = input + r * n
            for j in 0..<n {
                let d = x[j] - means[j]
                variances[j] += d * d
            }
        }
        addPoints(variances)
        for j in 0..<n { variances[j] *= scale }
    }

    /// Writes a number for each channel to every point of a line.
    private func repeatChannels(
        _ values: UnsafePointer<Float>,
        into line: UnsafeMutablePointer<Float>
    ) {
        for x in 0..<width { (line + x * channels).update(from: values, count: channels) }
    }

    /// Adds a line's points, channel by channel, and writes the sums to all of them.
    private func addPoints(_ line: UnsafeMutablePointer<Float>) {
        for x in stride(from: 1, to: width, by: 1) {
            let point = line + x * channels
            for j in 0..<channels { line[j] += point[j] }
        }
        for x in stride(from: 1, to: width, by: 1) {
            (line + x * channels).update(from: line, count: channels)
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
        let n = width * channels
        let lineCount = rowCount * height
        let means = means.baseAddress
        let inverses = inverses.baseAddress
        let sums = sums.baseAddress
        let products = products.baseAddress
        sums.update(repeating: 0, count: n)
        products.update(repeating: 0, count: n)
        for r in 0..<lineCount {
            let x = input + r * n
            let g = gradient + r * n
            for j in 0..<n {
                sums[j] += g[j]
                products[j] += g[j] * ((x[j] - means[j]) * inverses[j])
            }
        }
        addPoints(sums)
        addPoints(products)
        (gradients + place.parameterOffsets[0]).update(from: products, count: channels)
        (gradients + place.parameterOffsets[1]).update(from: sums, count: channels)
        guard let inputGradient else { return }
        // With the running numbers (a single point) mean and variance are constants.
        let count = lineCount * width
        let share: Float = count > 1 ? 1 / Float(count) : 0
        let weights = weights.baseAddress
        for r in 0..<lineCount {
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
