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

    /// Groups of 1 to 12 rows, dealt over the file.
    @Test(arguments: 1..<9 as Range<UInt64>) func groupsStayTogether(seed: UInt64) {
        let groups = (0..<60).map {
            [5, 5, 5, 8, 9, 9, 2][$0 % 7] + ($0 % 3 == 0 ? 10 * ($0 / 9) : 0)
        }
        let folds = Folds(groups: groups, count: 4, seed: seed)
        #expect(folds.rowCount == 60)
        #expect(folds.rows.flatMap { $0 }.sorted() == Array(0..<60))
        #expect(folds.rows.allSatisfy { $0 == $0.sorted() })
        let owners = folds.rows.map { rows in Set(rows.map { groups[$0] }) }
        #expect(owners.reduce(0) { $0 + $1.count } == Set(groups).count)
        // What is dealt to the smallest fold never makes it larger by more than a group.
        let largest = Set(groups).map { group in groups.count { $0 == group } }.max() ?? 0
        let sizes = folds.rows.map(\.count)
        #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= largest)
        #expect(folds == Folds(groups: groups, count: 4, seed: seed))
        // A group is its rows, whatever its number.
        #expect(folds == Folds(groups: groups.map { 7 - 3 * $0 }, count: 4, seed: seed))
    }

    @Test func groupsOfOneRowAreDealtAsRows() {
        let groups = (0..<50).map { 7 * $0 }
        #expect(
            Folds(groups: groups, count: 4, seed: 3) == Folds(rowCount: 50, count: 4, seed: 3)
        )
        #expect(Folds(groups: [3, 3, 1], count: 2, seed: 1).rows == [[0, 1], [2]])
    }

    @Test(arguments: [2, 3, 100]) func heldOutShareLeavesBothSidesRows(rowCount: Int) {
        let split = Folds(rowCount: rowCount, heldOutShare: 0.2, seed: 1)
        #expect(split.rows.count == 2)
        #expect(split.rows.allSatisfy { !$0.isEmpty })
        #expect(split.rows[0].count == max(1, Int((0.2 * Double(rowCount)).rounded())))
    }
}
