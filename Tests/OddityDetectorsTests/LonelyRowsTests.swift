import OddityDatasets
import OddityLinearAlgebra
import OddityPlatform
import Testing

@testable import OddityDetectors

/// Rows that have the fewest others around them.
@Suite struct LonelyRowsTests {
    /// Normal rows, of which the last forty of four hundred lie together, six deviations away.
    private func rows() throws -> TrainingRows {
        var stream = RandomStream(seed: 4, use: .sampling)
        var draws = [Float](repeating: 0, count: 400 * 3)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        let columns = (0..<3).map { j -> Column in
            var values = (0..<400).map { Double(draws[3 * $0 + j]) }
            for row in 360..<400 { values[row] = 6 + values[row] / 10 }
            return Column("x\(j)", values)
        }
        return try TableDetector().trainingRows(of: Table(columns: columns), threadCount: 1)
    }

    private func lonely(_ count: Int, of rows: TrainingRows, threadCount: Int = 1) -> [Int] {
        LonelyRows.positions(
            count,
            in: rows.features,
            preparer: rows.preparer,
            threadCount: threadCount
        )
    }

    @Test func areThoseThatAreOddInTheSameWay() throws {
        let rows = try rows()
        #expect(lonely(40, of: rows) == Array(360..<400))
        #expect(lonely(40, of: rows, threadCount: 3) == Array(360..<400))
        #expect(lonely(10, of: rows).allSatisfy { $0 >= 360 })
    }

    @Test func areAsManyAsWereAskedFor() throws {
        let rows = try rows()
        for count in [1, 57, 199] {
            let chosen = lonely(count, of: rows)
            #expect(chosen.count == count && chosen == Set(chosen).sorted())
        }
    }
}
