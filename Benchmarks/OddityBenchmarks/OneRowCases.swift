import Oddity
import OddityLinearAlgebra

/// How long one row takes in process, with a scorer that keeps its workspaces: what a service waits for.
enum OneRowCases {
    /// 30-64-32-64-30, a single member judged by its residual, and the ensemble of the default.
    static let configurations: [(name: String, settings: TableDetector)] = {
        var single = TableDetector()
        single.folds = 1
        single.hiddenSizes = [64, 32]
        single.scoring = .residual
        single.epochs = 2
        var ensemble = TableDetector()
        ensemble.epochs = 2
        return [("single network 30-64-32-64-30", single), ("default ensemble", ensemble)]
    }()

    /// The 50th and the 99th percentile over many rows, in microseconds.
    static func latencies(
        _ name: String,
        _ settings: TableDetector,
        _ harness: Harness
    ) throws -> [Measurement] {
        let table = try TableCases.table(rowCount: 2_000)
        let scorer = try settings.fitted(to: table).makeScorer()
        let rows = (0..<64).map { table.selecting(rows: [$0]) }
        var times: [Double] = []
        for round in 0..<200 * harness.repeats {
            let start = harness.clock.now
            _ = try scorer.verdicts(of: rows[round % rows.count])
            times.append((harness.clock.now - start) / .microseconds(1))
        }
        // The first rows warm up.
        times = times.dropFirst(times.count / 10).sorted()
        return [("p50", times.count / 2), ("p99", times.count * 99 / 100)].map { title, index in
            Measurement(
                benchmark: "row \(title)",
                name: name,
                threads: 1,
                unit: "µs",
                median: times[index],
                best: times[0],
                cpu: times[index],
                gigaflops: nil
            )
        }
    }
}
