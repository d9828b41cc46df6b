import OddityPreprocessing
import Testing

@Suite struct FoldsTests {
    @Test(arguments: [(4, 4), (10, 3), (103, 5), (7, 1)])
    func everyRowIsInOneFold(rowCount: Int, count: Int) {
        let folds = Folds(rowCount: rowCount, count: count, seed: 1)
        #expect(folds.rows.flatMap { $0 }.sorted() == Array(0..<rowCount))
        let sizes = folds.rows.map(\.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
        for fold in 0..<count {
            let both = folds.complement(ofFold: fold) + folds.rows[fold]
            #expect(both.sorted() == Array(0..<rowCount))
        }
    }

    @Test func seedDecides() {
        #expect(Folds(rowCount: 50, count: 5, seed: 1) == Folds(rowCount: 50, count: 5, seed: 1))
        #expect(Folds(rowCount: 50, count: 5, seed: 1) != Folds(rowCount: 50, count: 5, seed: 2))
    }

    @Test(arguments: [2, 3, 100]) func heldOutShareLeavesBothSidesRows(rowCount: Int) {
        let split = Folds(rowCount: rowCount, heldOutShare: 0.2, seed: 1)
        #expect(split.rows.count == 2)
        #expect(split.rows.allSatisfy { !$0.isEmpty })
        #expect(split.rows[0].count == max(1, Int((0.2 * Double(rowCount)).rounded())))
    }
}
