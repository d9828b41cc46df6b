import Foundation
import OddityNeuralNetworks

/// Recurrent layers in double precision, written row by row and point by point as their definitions say.
struct ReferenceRecurrent {
    let isLSTM: Bool
    let units: Int
    let weight: [Double]
    let recurrentWeight: [Double]
    let bias: [Double]
    let recurrentBias: [Double]

    /// The state after each of the points, in the order in which they are given.
    func states(_ points: [[Double]]) -> [[Double]] {
        var h = [Double](repeating: 0, count: units)
        var c = h
        return points.map { x in
            (h, c) = next(x, h, c)
            return h
        }
    }

    private func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

    private func next(_ x: [Double], _ h: [Double], _ c: [Double]) -> ([Double], [Double]) {
        let columns = bias.count
        func sum(_ x: [Double], _ weight: [Double], _ column: Int) -> Double {
            x.indices.reduce(0) { $0 + x[$1] * weight[$1 * columns + column] }
        }
        let inputs = (0..<columns).map { sum(x, weight, $0) + bias[$0] }
        let products = (0..<columns).map { sum(h, recurrentWeight, $0) }
        var (newH, newC) = (h, c)
        for j in 0..<units {
            func gate(_ index: Int) -> Double {
                inputs[index * units + j] + products[index * units + j]
            }
            if isLSTM {
                newC[j] = sigmoid(gate(1)) * c[j] + sigmoid(gate(0)) * tanh(gate(2))
                newH[j] = sigmoid(gate(3)) * tanh(newC[j])
            } else {
                let inner = products[2 * units + j] + recurrentBias[j]
                let new = tanh(inputs[2 * units + j] + sigmoid(gate(0)) * inner)
                let update = sigmoid(gate(1))
                newH[j] = (1 - update) * new + update * h[j]
            }
        }
        return (newH, newC)
    }
}
