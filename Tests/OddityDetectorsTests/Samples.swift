import OddityDatasets
import OddityDetectors
import OddityLinearAlgebra
import OddityNeuralNetworks

/// Rows near a curve in six dimensions, with a category that follows one of them.
enum Samples {
    static func normal(rows: Int, seed: UInt64) throws -> Table {
        var stream = RandomStream(seed: seed, use: .sampling)
        var draws = [Float](repeating: 0, count: rows * 4)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        func column(_ make: (Double, Double, Double) -> Double) -> [Double] {
            (0..<rows).map { row in
                make(
                    Double(draws[4 * row]),
                    Double(draws[4 * row + 1]),
                    0.1 * Double(draws[4 * row + 2])
                )
            }
        }
        let first = column { a, _, _ in a }
        return try Table(columns: [
            Column("speed", first),
            Column("load", column { a, b, noise in 2 * a + b + noise }),
            Column("heat", column { a, b, noise in a * b + noise }),
            Column("current", column { a, _, noise in 100 + 5 * a + noise }),
            Column("mode", categories: first.map { $0 > 0 ? "up" : "down" }),
            Column("version", [Double](repeating: 3, count: rows)),
        ])
    }

    /// The same rows with the current no longer following the speed.
    static func odd(rows: Int, seed: UInt64) throws -> Table {
        let table = try normal(rows: rows, seed: seed)
        return try Table(
            columns: table.columns.map { column in
                guard column.name == "current", let numbers = column.numbers else { return column }
                return Column("current", numbers.map { 200 - $0 + ($0 > 100 ? -3 : 3) })
            }
        )
    }

    /// Small and quick to train.
    static var autoencoder: TableDetector {
        var autoencoder = TableDetector()
        autoencoder.hiddenSizes = [16, 3]
        autoencoder.epochs = 12
        autoencoder.batchSize = 32
        autoencoder.seed = 5
        return autoencoder
    }
}
