import OddityLinearAlgebra
import OddityNeuralNetworks

/// A network and a batch size to measure.
struct NetworkCase {
    let sizes: [Int]
    let batchSize: Int
    let outputActivation: Activation
    /// A network of other layers than dense ones, and the multiplications and additions of a row: in
    /// all layers, and in the first.
    var spatial: (description: NetworkDescription, flops: Double, firstFlops: Double)?
    /// What a network of other layers is called.
    var title = ""
    /// About how many rows there are.
    var rowCount = 4_096

    static let all = [
        NetworkCase(sizes: [100, 50, 100], batchSize: 32, outputActivation: .sigmoid),
        NetworkCase(sizes: [30, 64, 32, 64, 30], batchSize: 32, outputActivation: .identity),
        NetworkCase(sizes: [784, 256, 64, 256, 784], batchSize: 128, outputActivation: .sigmoid),
        NetworkCase(sizes: [784, 256, 64, 256, 784], batchSize: 1_024, outputActivation: .sigmoid),
        NetworkCase(
            sizes: [784],
            batchSize: 128,
            outputActivation: .sigmoid,
            spatial: (images, 1_214_080, 56_448),
            title: "images 28×28"
        ),
        recurrent(length: 30, channels: 8, batchSize: 32),
        recurrent(length: 100, channels: 38, batchSize: 64),
        NetworkCase(
            sizes: [480],
            batchSize: 32,
            outputActivation: .identity,
            spatial: (seriesConvolutions, 1_505_280, 215_040),
            title: "series convolutions 60×8"
        ),
    ]

    /// An encoder's last state of 64, repeated and decoded.
    private static func recurrent(length: Int, channels: Int, batchSize: Int) -> NetworkCase {
        let units = 64
        let first = 2 * length * 4 * units * channels
        // Equal inputs are multiplied once.
        let others = 2 * (2 * length + 1) * 4 * units * units + 2 * length * units * channels
        let description = NetworkDescription(
            inputShape: [length, channels],
            layers: [
                .lstm(units: units, returnsSequence: false), .repeatVector(count: length),
                .lstm(units: units), .timeDistributedDense(outputSize: channels),
            ]
        )
        return NetworkCase(
            sizes: [length * channels],
            batchSize: batchSize,
            outputActivation: .identity,
            spatial: (description, Double(first + others), Double(first)),
            title: "series LSTM \(length)×\(channels)",
            rowCount: 1_024
        )
    }

    /// Five convolutions of kernel 7.
    private static let seriesConvolutions = NetworkDescription(
        inputShape: [60, 8],
        layers: Array(
            [32, 16, 16, 32, 8]
                .flatMap { channels -> [LayerDescription] in
                    [.convolution(channels: channels, kernel: 7, padding: 3), .activation(.relu)]
                }
                .dropLast()
        )
    )

    /// 28×28 to a code of 32 and back.
    private static let images = NetworkDescription(
        inputShape: [28, 28, 1],
        layers: [
            .convolution(channels: 16, kernel: 3, stride: 2, padding: 1), .activation(.relu),
            .convolution(channels: 32, kernel: 3, stride: 2, padding: 1), .activation(.relu),
            .dense(outputSize: 32), .activation(.relu),
            .dense(outputSize: 1_568), .activation(.relu), .reshape([7, 7, 32]),
            .transposedConvolution(
                channels: 16,
                kernel: 3,
                stride: 2,
                padding: 1,
                outputPadding: 1
            ), .activation(.relu),
            .transposedConvolution(
                channels: 1,
                kernel: 3,
                stride: 2,
                padding: 1,
                outputPadding: 1
            ), .activation(.sigmoid),
        ]
    )

    var name: String {
        if spatial != nil { return "\(title) batch \(batchSize)" }
        return layerSizes
    }

    private var layerSizes: String {
        sizes.map(String.init).joined(separator: "-") + " batch \(batchSize)"
    }

    func network() throws -> Network {
        if let spatial { return try Network(spatial.description, seed: 1) }
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
        let rowCount = max(self.rowCount / batchSize, 1) * batchSize
        var stream = RandomStream(seed: 1, use: .sampling)
        var matrix = Matrix(rowCount: rowCount, columnCount: sizes[0])
        matrix.withUnsafeMutableElements { stream.fillUniform($0) }
        return matrix
    }

    /// Multiplications and additions of a forward pass on one row.
    var scoringFlops: Double {
        if let spatial { return spatial.flops }
        return zip(sizes, sizes.dropFirst()).reduce(0) { $0 + 2 * Double($1.0 * $1.1) }
    }

    /// Those of a step: forward, the weights' gradients, and the gradients between layers.
    var trainingFlops: Double {
        let first = spatial?.firstFlops ?? 2 * Double(sizes[0] * sizes[1])
        return Double(batchSize) * (3 * scoringFlops - first)
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
