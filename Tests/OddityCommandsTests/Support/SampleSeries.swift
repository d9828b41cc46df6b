import Foundation
import TestSupport
import Testing

/// A series of three channels with a row each minute: two waves and their sum.
struct SampleSeries {
    static let header = "time,a,b,c"
    /// The minute of each row since the start of the first day, and its values.
    var rows: [(minute: Int, values: [String])] = []

    init(rowCount: Int, firstMinute: Int = 0, seed: UInt64 = 3) {
        var random = Numbers(state: seed)
        for row in 0..<rowCount {
            let minute = firstMinute + row
            let a = sin(Double(minute) / 7) + random.next() / 10
            let b = cos(Double(minute) / 11) + random.next() / 10
            rows.append((minute, [a, b, a + b].map { "\($0)" }))
        }
    }

    /// Breaks the sum in some rows.
    mutating func breakSum(in range: Range<Int>) {
        for row in range { rows[row].values[2] = "9" }
    }

    /// One line for each row, without a line end.
    var lines: [String] {
        rows.map { ([Self.time($0.minute)] + $0.values).joined(separator: ",") }
    }

    var csv: String { Self.header + "\n" + lines.map { $0 + "\n" }.joined() }

    /// The rows as JSON objects.
    var json: String {
        rows.map { row in
            let values = zip(["a", "b", "c"], row.values).map { ",\"\($0)\":\($1)" }
            return "{\"time\":\"\(Self.time(row.minute))\"\(values.joined())}\n"
        }.joined()
    }

    static func time(_ minute: Int) -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "2026-03-\(two(1 + minute / 1_440))T\(two(minute / 60 % 24)):\(two(minute % 60)):00Z"
    }
}

/// A small model of series.
struct SeriesWorkshop {
    let folder: TemporaryFolder
    var model: String { folder.path + "/model" }

    init(seed: UInt64) throws {
        folder = try TemporaryFolder()
        let data = folder.write(SampleSeries(rowCount: 600, seed: seed).csv, as: "train.csv")
        let fit = try oddity(
            "fit",
            data,
            "--time",
            "time",
            "--window",
            "8",
            "--folds",
            "2",
            "--epochs",
            "5",
            "--output",
            folder.path + "/model"
        )
        try #require(fit.exitCode == 0, "\(fit.errors)")
    }
}
