import OddityDatasets
import OddityDetectors
import OddityLinearAlgebra
import OddityModelSelection

/// Rows of two factors in six columns, and a category that follows one of them.
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
        let speed = column { a, _, _ in a }
        return try Table(columns: [
            Column("speed", speed), Column("load", column { a, b, noise in 2 * a + b + noise }),
            Column("heat", column { a, b, noise in a * b + noise }),
            Column("current", column { a, _, noise in 100 + 5 * a + noise }),
            Column("torque", column { _, b, noise in 3 * b - noise }),
            Column("flow", column { a, b, _ in a - b }),
            Column("mode", categories: speed.map { $0 > 0 ? "up" : "down" }),
        ])
    }

    /// Rows of which every fifth has a current that does not follow the speed.
    static func labelled(rows: Int, seed: UInt64) throws -> LabeledRows {
        let table = try normal(rows: rows, seed: seed)
        let labels = (0..<rows).map { $0 % 5 == 0 }
        let columns = table.columns.map { column in
            guard column.name == "current", let numbers = column.numbers else { return column }
            return Column("current", zip(numbers, labels).map { $1 ? 200 - $0 : $0 })
        }
        return LabeledRows(table: try Table(columns: columns), labels: labels)
    }

    /// A search that takes a moment.
    static func search(trials: Int = 5) -> Search<TableDetector> {
        var search = Search(TableDetector())
        search.base.hiddenSizes = [8, 2]
        search.base.epochs = 6
        search.base.batchSize = 32
        search.base.folds = 2
        search.base.seed = 3
        search.space.hiddenLayers = [[6], [12]]
        search.space.latentSizes = [1, 2, 4]
        search.space.variants = [.plain]
        search.space.dropouts = [0]
        search.space.learningRates = [0.003, 0.01]
        search.space.epochs = [6]
        search.trialCount = trials
        return search
    }
}
