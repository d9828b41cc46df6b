import OddityDatasets
import OddityDetectors
import OddityModelSelection
import Testing

/// Folds, and rows set aside.
@Suite struct CrossValidationTests {
    @Test(arguments: [(8, 2), (103, 4), (1000, 5)])
    func everyRowIsHeldOutOnce(rowCount: Int, foldCount: Int) {
        let validation = CrossValidation(rowCount: rowCount, foldCount: foldCount, seed: 7)
        #expect(validation.foldCount == foldCount)
        let heldOut = (0..<foldCount).flatMap(validation.heldOutRows(ofFold:))
        #expect(heldOut.sorted() == Array(0..<rowCount))
        for fold in 0..<foldCount {
            let own = validation.heldOutRows(ofFold: fold)
            let others = validation.trainingRows(ofFold: fold)
            #expect((own + others).sorted() == Array(0..<rowCount), "no row is on both sides")
            #expect(abs(own.count - rowCount / foldCount) <= 1)
        }
    }

    @Test func foldsFollowTheSeedAndNothingElse() {
        let first = CrossValidation(rowCount: 90, foldCount: 3, seed: 1)
        #expect(first == CrossValidation(rowCount: 90, foldCount: 3, seed: 1))
        #expect(first != CrossValidation(rowCount: 90, foldCount: 3, seed: 2))
    }

    @Test func aTestPartIsSetAsideFromEachClass() throws {
        let rows = try Samples.labelled(rows: 100, seed: 1)
        let (validation, test) = try rows.split(testShare: 0.25, seed: 4)
        #expect(test.table.rowCount == 25)
        #expect(test.labels.count { $0 } == 5)
        #expect(validation.labels.count { $0 } == 15)
        let speeds = [validation, test].flatMap { $0.table["speed"]?.numbers ?? [] }
        #expect(
            speeds.sorted() == rows.table["speed"]?.numbers?.sorted(),
            "each row is in one part"
        )
        let again = try rows.split(testShare: 0.25, seed: 4)
        #expect(again.test.table["speed"]?.values == test.table["speed"]?.values)
    }

    @Test func aPartWithoutAnomaliesIsRefused() throws {
        let rows = try Samples.labelled(rows: 5, seed: 1)
        #expect(throws: SearchError.self) { try rows.split(testShare: 0.2, seed: 0) }
    }
}
