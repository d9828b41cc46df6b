import OddityLinearAlgebra
import Testing

@Suite struct RowTilesTests {
    @Test(arguments: [0, 1, 63, 64, 65, 400], [1, 3])
    func everyRowOnce(rowCount: Int, threadCount: Int) {
        var rows = Matrix(rowCount: rowCount, columnCount: 2)
        for row in 0..<rowCount { rows[row, 0] = Float(row + 1) }
        let values = RowTiles.values(of: rows, threadCount: threadCount) {
            0
        } _: { tile, _, results in
            for place in 0..<tile.rowCount { results[place] += Double(tile.elements[2 * place]) }
        }
        #expect(values == (0..<rowCount).map { Double($0 + 1) })
    }

    @Test(arguments: [0, 1, 63, 64, 65, 1_000], [1, 2, 7])
    func runsCoverTheRowsInWholeTiles(rowCount: Int, threadCount: Int) {
        let runs = RowTiles.runs(rowCount: rowCount, threadCount: threadCount)
        #expect(runs.flatMap { Array($0) } == Array(0..<rowCount), "in order, each row once")
        #expect(runs.allSatisfy { $0.lowerBound.isMultiple(of: RowTiles.rowCount) })
        #expect(runs.count <= (threadCount == 1 ? 1 : 4 * threadCount))
        let joined = RowTiles.joined(rowCount: rowCount, threadCount: threadCount) { Array($0) }
        #expect(joined == Array(0..<rowCount))
    }

    @Test func tilesMayHaveAnotherSize() {
        #expect(RowTiles.runs(rowCount: 7, tileSize: 3, threadCount: 2) == [0..<3, 3..<6, 6..<7])
        #expect(RowTiles.runs(rowCount: 7, tileSize: 3, threadCount: 1) == [0..<7])
    }
}
