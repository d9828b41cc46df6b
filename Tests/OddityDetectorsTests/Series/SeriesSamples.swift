import Foundation
import OddityDatasets
import OddityDetectors
import OddityLinearAlgebra
import OddityNeuralNetworks
import OdditySeries

/// A simulated machine: a load that wanders about 0, and what follows from it.
struct Machine {
    /// The load, the speed and the current that follow it at once, and the heat that follows slowly.
    static let names = ["load", "speed", "current", "heat"]

    /// The values by channel.
    var channels: [[Double]]

    init(steps: Int, seed: UInt64) {
        var stream = RandomStream(seed: seed, use: .sampling)
        var draws = [Float](repeating: 0, count: (steps + 50) * 4)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        channels = [[], [], [], []]
        var (load, heat) = (0.0, 0.0)
        for step in 0..<steps + 50 {
            let noise = (0..<4).map { Double(draws[4 * step + $0]) }
            load = 0.8 * load + 0.6 * noise[0]
            heat += 0.2 * (load - heat)
            // It runs for a while before it is measured.
            guard step >= 50 else { continue }
            channels[0].append(load)
            channels[1].append(50 + 5 * load + noise[1])
            channels[2].append(1_000 - 100 * load + 20 * noise[2])
            channels[3].append(300 + 20 * heat + 2 * noise[3])
        }
    }

    var stepCount: Int { channels[0].count }

    /// The measured values as a table.
    func table() throws -> Table {
        try Table(columns: zip(Machine.names, channels).map { Column($0, $1) })
    }

    /// The table with times in seconds, and the name of the machine if there is one.
    func table(
        seconds: [Int],
        name: String? = nil
    ) throws -> Table {
        var columns = [Column("time", text: SeriesSamples.times(seconds))]
        if let name {
            columns.append(
                Column("machine", categories: [String?](repeating: name, count: stepCount))
            )
        }
        return try Table(columns: columns + table().columns)
    }
}

enum SeriesSamples {
    /// The texts of times, in seconds after 2024-01-01.
    static func times(_ seconds: [Int]) -> [String?] {
        seconds.map { second in
            "\(Instant(nanoseconds: (1_704_067_200 + Int64(second)) * 1_000_000_000))"
        }
    }

    /// Tiny and quick to train.
    static func quick(
        _ kind: SeriesNetwork.Kind = .averages,
        _ target: SeriesNetwork.Target = .reconstruction,
        _ variant: AutoencoderVariant = .denoising(.gaussian(deviation: 0.1))
    ) -> SeriesDetector {
        var detector = SeriesDetector()
        detector.network.kind = kind
        detector.network.target = target
        detector.network.variant = variant
        detector.network.hiddenSizes = kind == .convolutional ? [4, 3] : [6]
        detector.network.latentSize = 3
        detector.windowLength = 6
        detector.folds = 2
        detector.epochs = 2
        detector.seed = 4
        return detector
    }

    static var timed: SeriesOptions { SeriesOptions(timeColumn: "time", duplicates: .last) }

    static var timedMachines: SeriesOptions {
        SeriesOptions(timeColumn: "time", entityColumn: "machine", duplicates: .last)
    }

    /// Two machines, row by row in turn, with a gap in each and rows that are given twice.
    static func twoMachines(steps: Int, seed: UInt64) throws -> Table {
        let machines = [Machine(steps: steps, seed: seed), Machine(steps: steps, seed: seed + 1)]
        let seconds = (0..<steps).map { step in
            // The first row after the gap comes twice, and so does another one.
            let own = [steps / 3, steps / 2 + 2].contains(step) ? step - 1 : step
            return step > steps / 2 ? own + 100 : own
        }
        let tables = try zip(machines, ["a", "b"]).map { try $0.table(seconds: seconds, name: $1) }
        return try interleaved(tables)
    }

    /// The rows of tables of equal length in turn.
    static func interleaved(_ tables: [Table]) throws -> Table {
        let count = tables[0].rowCount
        let joined = try tables.dropFirst().reduce(tables[0]) { try joining($0, $1) }
        return joined.selecting(
            rows: (0..<count).flatMap { row in tables.indices.map { $0 * count + row } }
        )
    }

    /// The rows of one table after those of another with the same columns.
    static func joining(_ first: Table, _ second: Table) throws -> Table {
        try Table(
            columns: zip(first.columns, second.columns).map { left, right in
                switch left.values {
                case .numeric(let numbers): Column(left.name, numbers + (right.numbers ?? []))
                case .text, .categorical:
                    if case .text = left.values {
                        Column(left.name, text: texts(left) + texts(right))
                    } else {
                        Column(left.name, categories: texts(left) + texts(right))
                    }
                }
            }
        )
    }

    private static func texts(_ column: Column) -> [String?] {
        switch column.values {
        case .text(let texts): texts
        case .categorical(let codes, let levels): codes.map { $0 < 0 ? nil : levels[Int($0)] }
        case .numeric: []
        }
    }
}

extension Table {
    /// Some rows.
    func rows(_ range: Range<Int>) -> Table { selecting(rows: Array(range)) }

    /// The table with a column in place of the one of its name, or at the end.
    func with(_ column: Column) throws -> Table {
        var columns = columns
        if let place = columns.firstIndex(where: { $0.name == column.name }) {
            columns[place] = column
        } else {
            columns.append(column)
        }
        return try Table(columns: columns)
    }
}

extension FittedSeriesDetector {
    /// The scores of a table that is given in chunks of the given sizes, again and again.
    func scores(
        of table: Table,
        chunks sizes: [Int],
        reasonCount: Int = 2,
        threadCount: Int = 1
    ) throws -> [SeriesScore] {
        var scorer = SeriesScorer(self)
        var scores: [SeriesScore] = []
        var turn = 0
        while scores.count < table.rowCount {
            let end = min(scores.count + sizes[turn % sizes.count], table.rowCount)
            scores += try scorer.scores(
                of: table.rows(scores.count..<end),
                reasonCount: reasonCount,
                threadCount: threadCount
            )
            turn += 1
        }
        return scores
    }
}

extension Sequence where Element == SeriesScore {
    /// The scores, nil where there is none.
    var values: [Double?] { map { $0.score?.score } }
}
