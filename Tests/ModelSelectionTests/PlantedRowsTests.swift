import LinearAlgebra
import Testing

@testable import ModelSelection

/// Values planted from other rows.
@Suite struct PlantedRowsTests {
    /// Each value tells its row and its feature.
    private static func numbered(rows: Int, features: Int) -> Matrix {
        Matrix(
            rowCount: rows,
            columnCount: features,
            elements: (0..<rows * features).map { Float($0) }
        )
    }

    private static func planted(
        rows: [Int],
        columns: [Range<Int>],
        seed: UInt64 = 1
    ) -> PlantedRows {
        var stream = RandomStream(seed: seed, use: .planting)
        return PlantedRows(
            rows: rows,
            of: numbered(rows: 2000, features: columns.last?.upperBound ?? 0),
            columns: columns,
            using: &stream
        )
    }

    @Test func aShareOfTheColumnsHasValuesOfOtherRows() {
        // Thirty columns; the last has two features, the first none.
        let columns = [0..<0] + (0..<29).map { $0..<$0 + 1 } + [29..<31]
        let planted = Self.planted(rows: Array(100..<200), columns: columns)
        #expect(planted.changed.count == PlantedRows.shares.count)
        for (share, changed) in zip(PlantedRows.shares, planted.changed) {
            for row in 0..<100 {
                var count = 0
                for column in columns where !column.isEmpty {
                    let differences = column.map {
                        changed[row, $0] - planted.normal[row, $0]
                    }
                    // A value of the same feature of another row: whole rows away, all features alike.
                    #expect(differences.allSatisfy { $0 == differences[0] })
                    #expect(Int(differences[0]) % 31 == 0)
                    if differences[0] != 0 { count += 1 }
                }
                // Now and then a row gets its own value back.
                #expect(count <= max(1, Int((share * 30).rounded())))
            }
        }
        #expect(planted.changed[0] != planted.normal)
    }

    @Test func manyRowsAreSampled() {
        let few = Self.planted(rows: Array(0..<PlantedRows.rowLimit), columns: [0..<1, 1..<2])
        #expect(few.normal.rowCount == PlantedRows.rowLimit)
        let many = Self.planted(rows: Array(0..<2000), columns: [0..<1, 1..<2])
        #expect(many.normal.rowCount == PlantedRows.rowLimit)
    }

    @Test func plantingFollowsTheSeed() {
        let rows = Array(0..<50)
        let first = Self.planted(rows: rows, columns: [0..<1, 1..<2]).changed
        #expect(first == Self.planted(rows: rows, columns: [0..<1, 1..<2]).changed)
        #expect(first != Self.planted(rows: rows, columns: [0..<1, 1..<2], seed: 2).changed)
    }
}
