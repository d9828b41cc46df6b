import OddityLinearAlgebra
import Testing

@testable import OddityNeuralNetworks

/// Training on overlapping windows, which are read where they are.
@Suite struct WindowTests {
    let series = lineRows(90, 3)

    /// The windows of four rows, one after the other.
    private func materialized(_ count: Int) -> Matrix {
        var windows = Matrix(rowCount: count, columnCount: 12)
        windows.withUnsafeMutableElements { target in
            series.withUnsafeElements { source in
                for i in 0..<count * 12 { target[i] = source[i / 12 * 3 + i % 12] }
            }
        }
        return windows
    }

    @Test func windowsTrainLikeTheirCopies() throws {
        let network = try Network(autoencoder(12, 3), seed: 1)
        let trainer = Trainer(options: TrainingOptions(epochs: 3, batchSize: 16))
        let rows = [Int](0..<80).filter { $0 % 5 != 0 }
        let heldOut = [80, 5, 10, 86]
        let copies = try trainer.train(
            network,
            inputs: materialized(87),
            rows: rows,
            validationRows: heldOut
        )
        let windows = try trainer.train(
            network,
            inputs: series,
            windowLength: 4,
            rows: rows,
            validationRows: heldOut
        )
        #expect(bits(windows.network) == bits(copies.network))
        #expect(windows.history == copies.history)
    }

    @Test func theRowAfterAWindowCanBeTheTarget() throws {
        let description = NetworkDescription(inputSize: 12, layers: [.dense(outputSize: 3)])
        let network = try Network(description, seed: 1)
        let trainer = Trainer(options: TrainingOptions(epochs: 3, batchSize: 16))
        let next = series.rows(at: Array(4..<90) + [0, 0, 0, 0])
        let rows = Array(0..<86)
        let copies = try trainer.train(
            network,
            inputs: materialized(87),
            targets: next.rows(0..<87),
            rows: rows
        )
        let windows = try trainer.train(
            network,
            inputs: series,
            targets: next,
            windowLength: 4,
            rows: rows
        )
        #expect(bits(windows.network) == bits(copies.network))
    }

    @Test func allWindowsAreTakenAndNoneBeyondTheEnd() throws {
        let network = try Network(autoencoder(12, 3), seed: 1)
        let trainer = Trainer(options: TrainingOptions(epochs: 1, batchSize: 16))
        let all = try trainer.train(network, inputs: series, windowLength: 4)
        let given = try trainer.train(
            network,
            inputs: series,
            windowLength: 4,
            rows: Array(0..<87)
        )
        #expect(bits(all.network) == bits(given.network))
        #expect(throws: TrainingError.rowOutside(87, rowCount: 87)) {
            try trainer.train(network, inputs: series, windowLength: 4, rows: [87])
        }
        #expect(throws: TrainingError.columnCount(found: 15, expected: 12)) {
            try trainer.train(network, inputs: series, windowLength: 5)
        }
        var broken = series
        broken.withUnsafeMutableElements { $0[3 * 50 + 1] = .nan }
        #expect(throws: TrainingError.nonFiniteValue(row: 50, column: 1)) {
            try trainer.train(network, inputs: broken, windowLength: 4, rows: [10, 48])
        }
        #expect(throws: TrainingError.noRows) {
            try trainer.train(network, inputs: series.rows(0..<3), windowLength: 4)
        }
    }
}
