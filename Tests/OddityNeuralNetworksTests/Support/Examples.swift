import OddityLinearAlgebra
import OddityNeuralNetworks

let allActivations: [Activation] = [
    .identity, .relu, .leakyReLU(slope: 0.2), .elu(scale: 0.7), .gelu, .silu, .tanh, .sigmoid,
    .softplus,
]

/// input-code-input with ReLU inside.
func autoencoder(
    _ inputSize: Int,
    _ codeSize: Int,
    output: Activation = .sigmoid,
    inner: [LayerDescription] = []
) -> NetworkDescription {
    NetworkDescription(
        inputSize: inputSize,
        layers: [.dense(outputSize: codeSize)] + inner + [.activation(.relu)]
            + [.dense(outputSize: inputSize), .activation(output)]
    )
}

/// Rows of numbers from 0 to 1 that lie near a line.
func lineRows(_ rowCount: Int, _ columnCount: Int, seed: UInt64 = 1) -> Matrix {
    var stream = RandomStream(seed: seed, use: .sampling)
    var matrix = Matrix(rowCount: rowCount, columnCount: columnCount)
    matrix.withUnsafeMutableElements { elements in
        for r in 0..<rowCount {
            let t = stream.uniform()
            for j in 0..<columnCount {
                let along = j % 2 == 0 ? t : 1 - t
                elements[r * columnCount + j] = 0.1 + 0.7 * along + 0.1 * stream.uniform()
            }
        }
    }
    return matrix
}

/// The bits of all numbers of a network.
func bits(_ network: Network) -> [[UInt32]] {
    network.tensors.map { $0.values.map(\.bitPattern) }
}
