import Oddity
import OddityLinearAlgebra
import OddityNeuralNetworks

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

    /// A network 30-64-32-64-30 by itself: its row is not prepared, and not judged.
    static func networkAlone(_ harness: Harness) throws -> [Measurement] {
        let network = NetworkCase.all[1]
        let plan = InferencePlan(try network.network())
        let rows = network.rows()
        return latencies("network 30-64-32-64-30 alone", harness) { round in
            rows.withUnsafeElements { elements in
                guard let first = elements.baseAddress else { return }
                plan.forward(first + round % 64 * plan.inputSize, count: 1)
            }
        }
    }

    /// A row through a detector, with its verdict.
    static func verdict(
        _ name: String,
        _ settings: TableDetector,
        _ harness: Harness
    ) throws -> [Measurement] {
        let table = try TableCases.table(rowCount: 2_000)
        let scorer = try settings.fitted(to: table).makeScorer()
        let rows = (0..<64).map { table.selecting(rows: [$0]) }
        return try latencies(name, harness) { round in
            _ = try scorer.verdicts(of: rows[round % rows.count])
        }
    }

    /// The 50th and the 99th percentile over many rows, in microseconds.
    private static func latencies(
        _ name: String,
        _ harness: Harness,
        _ work: (Int) throws -> Void
    ) rethrows -> [Measurement] {
        var times: [Double] = []
        for round in 0..<200 * harness.repeats {
            let start = harness.clock.now
            try work(round)
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
