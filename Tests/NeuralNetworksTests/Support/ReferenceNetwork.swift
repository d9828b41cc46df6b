import Foundation
import NeuralNetworks

/// A network in double precision, written as its definition says and for one purpose: to be compared.
struct ReferenceNetwork {
    let description: NetworkDescription
    var parameters: [String: [Double]]
    /// Dropout's factor for each element of the output of a dropout layer.
    var dropoutFactors: [Int: [Double]] = [:]

    init(_ network: Network) {
        description = network.description
        parameters = Dictionary(
            uniqueKeysWithValues: network.tensors.map { ($0.name, $0.values.map(Double.init)) }
        )
    }

    /// The output of a training pass on some rows.
    func output(_ input: [Double], rowCount: Int) -> [Double] {
        var x = input
        var size = description.inputSize
        for (index, layer) in description.layers.enumerated() {
            let weight = parameters["layers.\(index).weight"] ?? []
            let bias = parameters["layers.\(index).bias"] ?? []
            switch layer {
            case .dense(let outputSize, let useBias):
                var y = [Double](repeating: 0, count: rowCount * outputSize)
                for r in 0..<rowCount {
                    for j in 0..<outputSize {
                        var sum = useBias ? bias[j] : 0
                        for i in 0..<size { sum += x[r * size + i] * weight[i * outputSize + j] }
                        y[r * outputSize + j] = sum
                    }
                }
                (x, size) = (y, outputSize)
            case .activation(let function):
                x = x.map { reference(function, $0) }
            case .dropout:
                x = zip(x, dropoutFactors[index] ?? []).map { $0 * $1 }
            case .batchNormalization(_, let epsilon):
                for j in 0..<size {
                    let column = (0..<rowCount).map { x[$0 * size + j] }
                    var (mean, variance) = moments(column)
                    if rowCount == 1 {
                        mean = parameters["layers.\(index).running_mean"]?[j] ?? 0
                        variance = parameters["layers.\(index).running_var"]?[j] ?? 1
                    }
                    let deviation = (variance + Double(epsilon)).squareRoot()
                    for r in 0..<rowCount {
                        x[r * size + j] = (column[r] - mean) / deviation * weight[j] + bias[j]
                    }
                }
            case .layerNormalization(let epsilon):
                for r in 0..<rowCount {
                    let row = Array(x[(r * size)..<((r + 1) * size)])
                    let (mean, variance) = moments(row)
                    let deviation = (variance + Double(epsilon)).squareRoot()
                    for j in 0..<size {
                        x[r * size + j] = (row[j] - mean) / deviation * weight[j] + bias[j]
                    }
                }
            }
        }
        return x
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
func reference(_ loss: Loss, predicted: [Double], expected: [Double]) -> Double {
    let terms = zip(predicted, expected).map { p, t in
        let d = abs(p - t)
        return switch loss {
        case .meanSquaredError: d * d
        case .meanAbsoluteError: d
        case .huber(let delta):
            d < Double(delta) ? d * d / 2 : Double(delta) * (d - Double(delta) / 2)
        case .binaryCrossEntropy: -(t * max(log(p), -100) + (1 - t) * max(log(1 - p), -100))
        }
    }
    return terms.reduce(0, +) / Double(terms.count)
}
