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

    /// Groups of many sizes, dealt over the file.
    @Test(arguments: [1, 2, 3, 4]) func groupsStayTogether(seed: UInt64) {
        let kinds = [5, 5, 5, 8, 9, 9, 2]
        let groups: [Int] = (0..<60).map { row in
            let kind = kinds[row % 7]
            return row % 3 == 0 ? kind + 10 * (row / 9) : kind
        }
        let counts = Dictionary(groups.map { ($0, 1) }, uniquingKeysWith: +)
        let folds = Folds(groups: groups, count: 4, seed: seed)
        #expect(folds.rowCount == 60)
        #expect(folds.rows.flatMap { $0 }.sorted() == Array(0..<60))
        #expect(folds.rows.allSatisfy { $0 == $0.sorted() })
        let owners = folds.rows.map { rows in Set(rows.map { groups[$0] }).count }
        #expect(owners.reduce(0, +) == counts.count)
        // What is dealt to the smallest fold never makes it larger by more than a group.
        let sizes = folds.rows.map(\.count)
        let difference = (sizes.max() ?? 0) - (sizes.min() ?? 0)
        #expect(difference <= counts.values.max() ?? 0)
        #expect(folds == Folds(groups: groups, count: 4, seed: seed))
        // A group is its rows, whatever its number.
        let renamed = groups.map { 7 - 3 * $0 }
        #expect(folds == Folds(groups: renamed, count: 4, seed: seed))
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
