import LinearAlgebra
import Synchronization
import Testing

@Suite struct RowTilesTests {
    @Test(arguments: [0, 1, 63, 64, 65, 400], [1, 3])
    func everyRowOnceAndTheRestZeros(rowCount: Int, threadCount: Int) {
        var rows = Matrix(rowCount: rowCount, columnCount: 2)
        for row in 0..<rowCount { rows[row, 0] = Float(row + 1) }
        let padding = Mutex<Float>(0)
        let values = RowTiles.values(of: rows, threadCount: threadCount) {
            0
        } _: { tile, calls, results in
            calls += 1
            for place in 0..<RowTiles.rowCount {
                let value = tile.elements[2 * place]
                if place < tile.rows.count {
                    results[place] = Double(value)
                } else {
                    padding.withLock { $0 += abs(value) }
                }
            }
        }
        #expect(values == (0..<rowCount).map { Double($0 + 1) })
        #expect(padding.withLock { $0 } == 0)
    }
}
