import Foundation

@testable import OddityNeuralNetworks

/// A training pass of seed 5 in double precision, written as its definition says and to be compared.
struct ReferenceNetwork {
    let description: NetworkDescription
    let step: Int
    var parameters: [String: [Double]]

    init(_ network: Network, step: Int = 0) {
        description = network.description
        self.step = step
        parameters = Dictionary(
            uniqueKeysWithValues: network.tensors.map { ($0.name, $0.values.map(Double.init)) }
        )
    }

    /// The output for some rows, and the sum of all penalties.
    func run(_ input: [Double], rowCount: Int) -> (output: [Double], penalty: Double) {
        var pass = ReferencePass(
            parameters: parameters,
            step: step,
            rowCount: rowCount,
            shape: description.inputShape,
            x: input
        )
        var number = 0
        pass.run(description.layers, prefix: "", number: &number)
        return (pass.x, pass.penalty)
    }
}

private struct ReferencePass {
    let parameters: [String: [Double]]
    let step: Int
    let rowCount: Int
    var shape: Shape
    var x: [Double]
    var penalty = 0.0

    /// The numbers of a row; setting it makes rows flat.
    private var size: Int {
        get { shape.count }
        set { shape = .flat(newValue) }
    }

    mutating func run(_ layers: [LayerDescription], prefix: String, number: inout Int) {
        for (index, layer) in layers.enumerated() {
            let name = "\(prefix)layers.\(index)."
            let draws = ReferenceDraws(number: number, step: step)
            number += 1
            switch layer {
            case .dense(let outputSize, _):
                multiply(tensor(name + "weight"), into: outputSize)
                addBias(name)
            case .tiedDense(let source):
                let weight = tensor("\(prefix)layers.\(source).weight")
                let outputSize = weight.count / size
                var transposed = weight
                for i in 0..<outputSize {
                    for j in 0..<size { transposed[j * outputSize + i] = weight[i * size + j] }
                }
                multiply(transposed, into: outputSize)
                addBias(name)
            case .activation(let function):
                x = x.map { reference(function, $0) }
            case .batchNormalization(_, let epsilon):
                normalizeColumns(name, epsilon)
            case .layerNormalization(let epsilon):
                normalizeRows(name, epsilon)
            case .residual(let inner):
                let (before, shapeBefore) = (x, shape)
                run(inner, prefix: name, number: &number)
                shape = shapeBefore
                x = zip(x, before).map { $0 + $1 }
            case .dropout(let rate):
                let hits = draws.hits(x.count, rate: rate, use: 3)
                x = zip(x, hits).map { $1 ? 0 : $0 / (1 - Double(rate)) }
            case .gaussianNoise(let deviation):
                x = zip(x, draws.normals(x.count)).map { $0 + Double(deviation) * $1 }
            case .maskingNoise(let rate):
                x = zip(x, draws.hits(x.count, rate: rate, use: 7)).map { $1 ? 0 : $0 }
            case .swapNoise(let rate):
                swap(draws.hits(x.count, rate: rate, use: 7), draws)
            case .multiScaleNoise(let low, let high):
                addLevels(Double(low), Double(high), draws)
            case .activityPenalty(let l1):
                penalty += Double(l1) * x.reduce(0) { $0 + abs($1) } / Double(rowCount)
            case .centerPenalty(let weight):
                let center = tensor(name + "center")
                for i in x.indices {
                    penalty += Double(weight) * pow(x[i] - center[i % size], 2) / Double(rowCount)
                }
            case .sparsityPenalty(let target, let weight):
                let p = Double(target)
                for j in 0..<size {
                    let q = moments((0..<rowCount).map { x[$0 * size + j] }).mean
                    penalty +=
                        Double(weight) * (p * log(p / q) + (1 - p) * log((1 - p) / (1 - q)))
                }
            case .topK(let k):
                keepLargest(k)
            case .variational(_, let klWeight, let warmUpSteps, let meanL1, let freeBits):
                let share = warmUpSteps == 0 ? 1 : min(1, Double(step) / Double(warmUpSteps))
                sampleCode(
                    weight: Double(klWeight) * share,
                    l1: Double(meanL1),
                    freeBits: Double(freeBits),
                    draws
                )
            case .flatten: shape = .flat(size)
            case .reshape(let other): shape = other
            case .convolution, .transposedConvolution, .maximumPooling, .averagePooling,
                .upsampling:
                change(layer, name)
            case .lstm(let layer): read(layer, isLSTM: true, name)
            case .gru(let layer): read(layer, isLSTM: false, name)
            case .repeatVector(let count):
                let rows = (0..<rowCount).map { x[($0 * size)..<(($0 + 1) * size)] }
                x = rows.flatMap { row in (0..<count).flatMap { _ in row } }
                shape = [count, size]
            }
        }
    }

    private mutating func change(_ layer: LayerDescription, _ name: String) {
        var images = ReferenceImages(shape: shape, rowCount: rowCount, x: x)
        let (weight, bias) = (tensor(name + "weight"), tensor(name + "bias"))
        switch layer {
        case .convolution(let layer): images.convolve(layer, weight: weight, bias: bias)
        case .transposedConvolution(let layer):
            images.convolveTransposed(layer, weight: weight, bias: bias)
        case .maximumPooling(let layer): images.pool(layer, isMaximum: true)
        case .averagePooling(let layer): images.pool(layer, isMaximum: false)
        case .upsampling(let factor, let interpolation): images.upsample(factor, interpolation)
        default: break
        }
        (x, shape) = (images.x, images.shape)
    }

    private mutating func read(_ layer: Recurrence, isLSTM: Bool, _ name: String) {
        let (length, channels) = (shape.sizes[0], shape.channels)
        func states(_ prefix: String, _ points: [[Double]]) -> [[Double]] {
            let model = ReferenceRecurrent(
                isLSTM: isLSTM,
                units: layer.units,
                weight: tensor(name + prefix + "weight"),
                recurrentWeight: tensor(name + prefix + "recurrent_weight"),
                bias: tensor(name + prefix + "bias"),
                recurrentBias: tensor(name + prefix + "recurrent_bias")
            )
            return model.states(points)
        }
        var y: [Double] = []
        for row in 0..<rowCount {
            let points = (0..<length).map { point in
                Array(x[((row * length + point) * channels)...].prefix(channels))
            }
            let back = Array(points.reversed())
            let found: [[[Double]]] =
                switch layer.direction {
                case .forward: [states("", points)]
                case .reverse: [states("", back)]
                case .bidirectional: [states("", points), states("reverse_", back)]
                }
            for point in 0..<(layer.returnsSequence ? length : 1) {
                for (index, states) in found.enumerated() {
                    let isReverse = layer.direction == .reverse || index == 1
                    let step = isReverse ? length - 1 - point : point
                    y += states[layer.returnsSequence ? step : length - 1]
                }
            }
        }
        x = y
        let size = y.count / rowCount
        shape = layer.returnsSequence ? [length, size / length] : [size]
    }

    private func tensor(_ name: String) -> [Double] { parameters[name] ?? [] }

    private mutating func multiply(_ weight: [Double], into outputSize: Int) {
        var y = [Double](repeating: 0, count: rowCount * outputSize)
        for r in 0..<rowCount {
            for j in 0..<outputSize {
                var sum = 0.0
                for i in 0..<size { sum += x[r * size + i] * weight[i * outputSize + j] }
                y[r * outputSize + j] = sum
            }
        }
        (x, size) = (y, outputSize)
    }

    private mutating func addBias(_ name: String) {
        let bias = tensor(name + "bias")
        guard !bias.isEmpty else { return }
        for i in x.indices { x[i] += bias[i % size] }
    }

    private mutating func normalizeColumns(_ name: String, _ epsilon: Float) {
        let size = shape.channels
        let count = x.count / size
        for j in 0..<size {
            let column = (0..<count).map { x[$0 * size + j] }
            var (mean, variance) = moments(column)
            if count == 1 {
                (mean, variance) = (
                    tensor(name + "running_mean")[j], tensor(name + "running_var")[j]
                )
            }
            let deviation = (variance + Double(epsilon)).squareRoot()
            let (weight, bias) = (tensor(name + "weight")[j], tensor(name + "bias")[j])
            for r in 0..<count {
                x[r * size + j] = (column[r] - mean) / deviation * weight + bias
            }
        }
    }

    private mutating func normalizeRows(_ name: String, _ epsilon: Float) {
        let (weight, bias) = (tensor(name + "weight"), tensor(name + "bias"))
        for r in 0..<rowCount {
            let row = Array(x[(r * size)..<((r + 1) * size)])
            let (mean, variance) = moments(row)
            let deviation = (variance + Double(epsilon)).squareRoot()
            for j in 0..<size {
                x[r * size + j] = (row[j] - mean) / deviation * weight[j] + bias[j]
            }
        }
    }

    private mutating func swap(_ hits: [Bool], _ draws: ReferenceDraws) {
        let others = draws.integers(x.count, below: rowCount - 1)
        x = x.indices.map { i in
            guard hits[i], rowCount > 1 else { return x[i] }
            return x[(i / size + 1 + others[i]) % rowCount * size + i % size]
        }
    }

    private mutating func addLevels(_ low: Double, _ high: Double, _ draws: ReferenceDraws) {
        let units = draws.units(rowCount)
        let noise = draws.normals(x.count)
        var y: [Double] = []
        for r in 0..<rowCount {
            let level = low * pow(high / low, units[r])
            for i in (r * size)..<((r + 1) * size) { y.append(x[i] + level * noise[i]) }
            y.append(units[r])
        }
        x = y
        size += 1
    }

    private mutating func keepLargest(_ k: Int) {
        for r in 0..<rowCount {
            let places = (0..<size).map { r * size + $0 }
            let order = places.sorted { (-abs(x[$0]), $0) < (-abs(x[$1]), $1) }
            for i in order.dropFirst(k) { x[i] = 0 }
        }
    }

    private mutating func sampleCode(
        weight: Double,
        l1: Double,
        freeBits: Double,
        _ draws: ReferenceDraws
    ) {
        let n = size / 2
        let noise = draws.normals(rowCount * n)
        var z: [Double] = []
        for r in 0..<rowCount {
            for j in 0..<n {
                let mean = x[r * size + j]
                let v = max(-20, min(20, x[r * size + n + j]))
                let nats = (mean * mean + exp(v) - 1 - v) / 2
                penalty += (weight * max(nats, freeBits) + l1 * abs(mean)) / Double(rowCount)
                z.append(mean + exp(v / 2) * noise[r * n + j])
            }
        }
        (x, size) = (z, n)
    }

    private func moments(_ x: [Double]) -> (mean: Double, variance: Double) {
        let mean = x.reduce(0, +) / Double(x.count)
        return (mean, x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count))
    }
}

/// An activation by its definition.
func reference(_ activation: Activation, _ x: Double) -> Double {
    switch activation {
    case .identity: x
    case .relu: max(x, 0)
    case .leakyReLU(let slope): x < 0 ? Double(slope) * x : x
    case .elu(let scale): x < 0 ? Double(scale) * expm1(x) : x
    case .gelu: x * 0.5 * erfc(-x / 2.0.squareRoot())
    case .silu: x / (1 + exp(-x))
    case .tanh: tanh(x)
    case .sigmoid: 1 / (1 + exp(-x))
    case .softplus: log1p(exp(x))
    }
}

/// A loss by its definition.
///
/// - Parameters:
///   - targetSize: the target columns; only the Gaussian loss needs it.
///   - shape: the shape of a row; only losses of images need it.
func reference(
    _ loss: Loss,
    predicted: [Double],
    expected: [Double],
    targetSize: Int = 1,
    shape: Shape = [1]
) -> Double {
    if loss.needsShape {
        return referenceOfImages(loss, predicted: predicted, expected: expected, shape: shape)
    }
    let terms = expected.indices.map { i in
        let t = expected[i]
        if loss == .gaussian {
            let place = i / targetSize * 2 * targetSize + i % targetSize
            let v = max(-10, min(10, predicted[place + targetSize]))
            return (v + pow(t - predicted[place], 2) / exp(v)) / 2
        }
        let p = predicted[i]
        let d = abs(p - t)
        return switch loss {
        case .meanSquaredError: d * d
        case .meanAbsoluteError: d
        case .huber(let delta):
            d < Double(delta) ? d * d / 2 : Double(delta) * (d - Double(delta) / 2)
        case .binaryCrossEntropy: -(t * max(log(p), -100) + (1 - t) * max(log(1 - p), -100))
        case .gaussian, .structuralSimilarity, .multiScaleStructuralSimilarity,
            .gradientDifference:
            0
        }
    }
    return terms.reduce(0, +) / Double(terms.count)
}
