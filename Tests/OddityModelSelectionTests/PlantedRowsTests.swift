import OddityDatasets
import OddityLinearAlgebra
import OddityPreprocessing
import Testing

@testable import OddityModelSelection

/// Changes planted in rows.
@Suite struct PlantedRowsTests {
    /// Thirty columns of numbers that tell their row, a category, and a column that never changes.
    private static func table(rows: Int) throws -> Table {
        let numbers = (0..<30).map { column in
            Column("x\(column)", (0..<rows).map { Double($0 * 100 + column) })
        }
        return try Table(
            columns: numbers + [
                Column("color", categories: (0..<rows).map { ["red", "green", "blue"][$0 % 3] }),
                Column("version", [Double](repeating: 3, count: rows)),
            ]
        )
    }

    private static func planted(
        _ rows: [Int],
        in table: Table,
        seed: UInt64 = 1
    ) throws -> (rows: PlantedRows, preparer: TablePreparer) {
        let preparer = try TablePreparation(scaling: .none).fitted(to: table)
        var stream = RandomStream(seed: seed, use: .planting)
        let features = try preparer.applied(to: table).features
        let planted = PlantedRows(rows: rows, of: features, preparer: preparer, using: &stream)
        return (planted, preparer)
    }

    @Test func aShareOfTheColumnsHasValuesOfOtherRows() throws {
        let table = try Self.table(rows: 300)
        let (planted, preparer) = try Self.planted(Array(100..<200), in: table)
        let normal = planted.normal
        #expect(planted.changed.count == 3)
        for (count, changed) in zip([1, 3], planted.changed) {
            #expect(changed != normal)
            for row in 0..<100 {
                var changes = 0
                for column in preparer.columns.indices {
                    let features = preparer.features(ofColumn: column)
                    let values = features.map { changed[row, $0] }
                    if values != features.map({ normal[row, $0] }) { changes += 1 }
                    if features.count == 1 {
                        #expect(Int(values[0]) % 100 == column, "a value of the same column")
                    } else {
                        // All features of a category, or none: never two levels at once.
                        #expect(values.isEmpty || values.reduce(0, +) == 1)
                    }
                }
                // Now and then a row gets its own value back.
                #expect(changes <= count)
            }
        }
    }

    @Test func faintNoiseChangesEveryNumberAndNoCategory() throws {
        let table = try Self.table(rows: 300)
        let (planted, preparer) = try Self.planted(Array(0..<300), in: table)
        let noisy = try #require(planted.changed.last)
        let deviation = 100 * Float(300 * 300 / 12).squareRoot()
        var squares: Float = 0
        for row in 0..<300 {
            for feature in 0..<30 {
                let difference = noisy[row, feature] - planted.normal[row, feature]
                #expect(difference != 0)
                squares += difference * difference
            }
            for feature in preparer.features(ofColumn: 30) {
                #expect(noisy[row, feature] == planted.normal[row, feature])
            }
        }
        let mean = (squares / 9000).squareRoot() / deviation
        // The mean of 9,000 squares lies within 5 % of a tenth of the deviation.
        #expect(abs(mean - 0.1) < 0.005)
    }

    @Test func tablesWithoutNumbersHaveNoNoise() throws {
        let table = try Table(columns: [
            Column("a", categories: (0..<40).map { ["x", "y"][$0 % 2] }),
            Column("b", categories: (0..<40).map { ["u", "v"][$0 / 20] }),
        ])
        let (planted, _) = try Self.planted(Array(0..<40), in: table)
        #expect(planted.changed.count == 2)
    }

    @Test func manyRowsAreSampled() throws {
        let table = try Self.table(rows: 1000)
        let few = try Self.planted(Array(0..<PlantedRows.rowLimit), in: table).rows
        #expect(few.normal.rowCount == PlantedRows.rowLimit)
        #expect(few.normal[3, 0] == 300, "in their order")
        let many = try Self.planted(Array(0..<1000), in: table).rows
        #expect(many.normal.rowCount == PlantedRows.rowLimit)
    }

    @Test func plantingFollowsTheSeed() throws {
        let table = try Self.table(rows: 60)
        let rows = Array(0..<50)
        let first = try Self.planted(rows, in: table).rows.changed
        #expect(try first == Self.planted(rows, in: table).rows.changed)
        #expect(try first != Self.planted(rows, in: table, seed: 2).rows.changed)
    }
}
