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
}
