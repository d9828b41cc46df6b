import OddityDatasets
import OddityPreprocessing
import Testing

@Suite struct LeaveOneOutTests {
    private func counts(_ columns: [Column]) throws -> [Int] {
        let table = try Table(columns: columns + [Column("other", [1, 2, 3, 4, 5])])
        return try TablePreparation().fitted(to: table).leaveOneOutEvidenceCounts(in: table)
    }

    @Test func rowsThatAreAloneWithAValueCount() throws {
        #expect(try counts([Column("x", [7, 7, 7, 9, 7])]) == [0, 0, 0, 1, 0])
        #expect(try counts([Column("x", [7, 7, .nan, 8, 9])]) == [0, 0, 1, 0, 0])
        #expect(try counts([Column("x", [.nan, .nan, .nan, 8, .nan])]) == [0, 0, 0, 1, 0])
        let levels = Column("x", categories: ["a", "b", "a", nil, "a"])
        #expect(try counts([levels]) == [0, 1, 0, 1, 0])
    }

    @Test func commonValuesDoNot() throws {
        #expect(try counts([Column("x", [7, 7, 9, 9, 7])]) == [0, 0, 0, 0, 0])
        #expect(try counts([Column("x", [7, 7, 7, 7, 7])]) == [0, 0, 0, 0, 0])
        #expect(try counts([Column("x", [1, 2, 3, 4, 5])]) == [0, 0, 0, 0, 0])
        #expect(try counts([Column("x", [.nan, .nan, 1, 2, 3])]) == [0, 0, 0, 0, 0])
    }

    /// The definition: learning without the row makes its cell evidence.
    @Test func agreesWithLeavingRowsOut() throws {
        let table = try Table(columns: [
            Column("a", [1, 1, 1, 1, 2, 1, 1, 1]),
            Column("b", [1, 2, 3, .nan, 5, 6, 7, 8]),
            Column("c", categories: ["x", "y", "y", "z", "z", "y", "w", "w"]),
            Column("d", [1, 2, 1, 2, 1, 2, 1, 2]),
        ])
        let counts = try TablePreparation().fitted(to: table)
            .leaveOneOutEvidenceCounts(in: table)
        for row in 0..<table.rowCount {
            let others = table.selecting(rows: (0..<table.rowCount).filter { $0 != row })
            let prepared = try TablePreparation().fitted(to: others)
                .applied(to: table.selecting(rows: [row]))
            #expect(prepared.evidence.count == counts[row], "row \(row)")
        }
    }
}
