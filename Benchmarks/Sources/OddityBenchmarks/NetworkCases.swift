import LinearAlgebra
import NeuralNetworks

/// A network and a batch size to measure.
struct NetworkCase {
    let sizes: [Int]
    let batchSize: Int
    let outputActivation: Activation

    static let all = [
        NetworkCase(sizes: [100, 50, 100], batchSize: 32, outputActivation: .sigmoid),
        NetworkCase(sizes: [30, 64, 32, 64, 30], batchSize: 32, outputActivation: .identity),
        NetworkCase(sizes: [784, 256, 64, 256, 784], batchSize: 128, outputActivation: .sigmoid),
        NetworkCase(sizes: [784, 256, 64, 256, 784], batchSize: 1_024, outputActivation: .sigmoid),
    ]

    var name: String { sizes.map(String.init).joined(separator: "-") + " batch \(batchSize)" }

    func network() throws -> Network {
        var layers: [LayerDescription] = []
        for size in sizes.dropFirst().dropLast() {
            layers += [.dense(outputSize: size), .activation(.relu)]
        }
        layers.append(.dense(outputSize: sizes[sizes.count - 1]))
        if outputActivation != .identity { layers.append(.activation(outputActivation)) }
        return try Network(NetworkDescription(inputSize: sizes[0], layers: layers), seed: 1)
    }

    /// Rows of uniform numbers from 0 to 1, a whole number of batches.
    func rows() -> Matrix {
        let rowCount = max(4_096 / batchSize, 1) * batchSize
        var stream = RandomStream(seed: 1, use: .sampling)
        var matrix = Matrix(rowCount: rowCount, columnCount: sizes[0])
        matrix.withUnsafeMutableElements { stream.fillUniform($0) }
        return matrix
    }

    /// Multiplications and additions of a forward pass on one row.
    var scoringFlops: Double {
        zip(sizes, sizes.dropFirst()).reduce(0) { $0 + 2 * Double($1.0 * $1.1) }
    }

    /// Those of a step: forward, the weights' gradients, and the gradients between layers.
    var trainingFlops: Double {
        Double(batchSize) * (3 * scoringFlops - 2 * Double(sizes[0] * sizes[1]))
    }

    /// The time of a step, from whole epochs: gathering the rows and shuffling are in it.
    func training(_ harness: Harness, threadCount: Int) throws -> Measurement {
        let network = try network()
        let rows = rows()
        // Several epochs in each training, so that its planning hardly counts.
        let epochs = 4
        let stepCount = epochs * (rows.rowCount / batchSize)
        let time = try harness.times { count in
            let options = TrainingOptions(epochs: epochs * count, batchSize: batchSize)
            _ = try Trainer(options: options).train(
                network,
                inputs: rows,
                threadCount: threadCount
            )
        }
        return Measurement(
            benchmark: "train",
            name: name,
            threads: threadCount,
            unit: "µs per step",
            median: 1e6 * time.median / Double(stepCount),
            best: 1e6 * time.best / Double(stepCount),
            cpu: 1e6 * time.cpu / Double(stepCount),
            gigaflops: 1e-9 * trainingFlops * Double(stepCount) / time.best
        )
    }

    /// Rows per second through the network.
    func scoring(_ harness: Harness, threadCount: Int) throws -> Measurement {
        let network = try network()
        let rows = rows()
        let time = try harness.times { count in
            for _ in 0..<count {
                _ = try network.outputs(for: rows, threadCount: threadCount)
            }
        }
        return Measurement(
            benchmark: "score",
            name: name,
            threads: threadCount,
            unit: "rows per second",
            median: Double(rows.rowCount) / time.median,
            best: Double(rows.rowCount) / time.best,
            cpu: Double(rows.rowCount) / time.cpu,
            gigaflops: 1e-9 * scoringFlops * Double(rows.rowCount) / time.best
        )
    }
}
