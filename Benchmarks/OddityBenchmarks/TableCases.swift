import Foundation
import Oddity
import OddityDatasets
import OddityLinearAlgebra

/// Reading CSV and scoring a whole detector: what a person waits for beside the training.
enum TableCases {
    static let rowCount = 100_000
    static let columnCount = 30

    /// Megabytes a second of a file of numbers with nine digits.
    static func reading(_ harness: Harness) throws -> Measurement {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("oddity-bench-\(ProcessInfo.processInfo.processIdentifier).csv")
            .path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try write(rowCount: rowCount, to: path)
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        let megabytes = Double((attributes[.size] as? Int) ?? 0) / 1e6
        let time = try harness.times { count in
            for _ in 0..<count {
                let reader = try TableReader(path: path)
                try reader.select(schema)
                while try reader.nextChunk() != nil {}
            }
        }
        return rate(
            "read",
            "CSV, \(columnCount) columns of numbers",
            unit: "MB/s",
            amount: megabytes,
            time
        )
    }

    /// The columns of such a file.
    static let schema = Schema(
        columns: (0..<columnCount).map { ColumnSchema(name: "x\($0)", kind: .numeric) }
    )

    /// Writes a file of numbers with nine digits.
    static func write(rowCount: Int, to path: String) throws {
        let writer = try CSVWriter(path: path, columns: schema.columns.map(\.name))
        for row in rows().prefix(rowCount) { try writer.write(row.map { .single($0) }) }
        try writer.close()
    }

    /// Rows a second of the default detector, fitted to 5,000 rows.
    static func scoring(_ harness: Harness, threadCount: Int) throws -> Measurement {
        let table = try table(rowCount: 20_000)
        var autoencoder = TableDetector()
        autoencoder.epochs = 2
        let detector = try autoencoder.fitted(to: table.selecting(rows: Array(0..<5_000)))
        let time = try harness.times { count in
            for _ in 0..<count { _ = try detector.scores(of: table, threadCount: threadCount) }
        }
        return rate(
            "score",
            "detector, \(columnCount) columns",
            unit: "rows/s",
            amount: Double(table.rowCount),
            time,
            threads: threadCount
        )
    }

    /// What fitting so many rows is called.
    static func fitting(_ rowCount: Int) -> String {
        "fit detector, \(columnCount) columns, \(rowCount) rows"
    }

    /// Seconds of a fit of the default detector to rows that are in memory.
    static func fitting(
        _ harness: Harness,
        _ rowCount: Int,
        threadCount: Int
    ) throws -> Measurement {
        var stream = RandomStream(seed: 2, use: .sampling)
        let table = try Table(
            columns: (0..<columnCount).map { j in
                Column("x\(j)", (0..<rowCount).map { _ in Double(stream.uniform()) })
            }
        )
        var harness = harness
        harness.repeats = min(harness.repeats, 3)
        let time = try harness.times { count in
            for _ in 0..<count {
                _ = try TableDetector().fitted(to: table, threadCount: threadCount)
            }
        }
        return Measurement(
            benchmark: "fit",
            name: String(fitting(rowCount).dropFirst(4)),
            threads: threadCount,
            unit: "s",
            median: time.median,
            best: time.best,
            cpu: time.cpu,
            gigaflops: nil
        )
    }

    /// A table of uniform numbers.
    static func table(rowCount: Int) throws -> Table {
        let values = rows()
        return try Table(
            columns: (0..<columnCount).map { j in
                Column("x\(j)", values.prefix(rowCount).map { Double($0[j]) })
            }
        )
    }

    private static func rows() -> [[Float]] {
        var stream = RandomStream(seed: 2, use: .sampling)
        return (0..<rowCount).map { _ in (0..<columnCount).map { _ in stream.uniform() } }
    }

    private static func rate(
        _ benchmark: String,
        _ name: String,
        unit: String,
        amount: Double,
        _ time: Times,
        threads: Int = 1
    ) -> Measurement {
        Measurement(
            benchmark: benchmark,
            name: name,
            threads: threads,
            unit: unit,
            median: amount / time.median,
            best: amount / time.best,
            cpu: amount / time.cpu,
            gigaflops: nil
        )
    }
}
