import OddityDatasets
import OddityEvaluation
import OddityLinearAlgebra
import OddityPlatform
import Testing

@testable import OddityDetectors

/// Odd rows of a table that was learned from in part.
@Suite struct TableFinderTests {
    private static let planted = [7, 133, 300, 452, 590]

    /// Normal rows, five of which have one value that is far from the others.
    private static func table() throws -> Table {
        var stream = RandomStream(seed: 5, use: .sampling)
        var draws = [Float](repeating: 0, count: 600 * 3)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        return try Table(
            columns: (0..<3).map { j in
                Column(
                    "x\(j)",
                    (0..<600).map { row in
                        j == row % 3 && planted.contains(row) ? 12 : Double(draws[3 * row + j])
                    }
                )
            }
        )
    }

    private static var settings: TableDetector {
        var settings = TableDetector()
        settings.epochs = 20
        return settings
    }

    /// Every third row, among them two that were planted.
    private static func finder(_ table: Table) throws -> TableFinder {
        let rows = stride(from: 1, to: 600, by: 3)
        return try settings.finder(learningFrom: TableSample(of: table, at: Array(rows)))
    }

    @Test func oddRowsAreFoundWhetherOrNotTheyWereDrawn() throws {
        let table = try Self.table()
        let finder = try Self.finder(table)
        #expect(finder.oddShare?.count == 200)
        #expect(finder.leftOut.allSatisfy { $0 % 3 == 1 }, "only what was drawn can be left out")
        let verdicts = try finder.verdicts(of: table, firstRow: 0, reasonCount: 1)
        let oddest = verdicts.indices.sorted {
            verdicts[$0].score.score > verdicts[$1].score.score
        }
        #expect(oddest.prefix(5).sorted() == Self.planted)
        for row in Self.planted {
            #expect(verdicts[row].isAnomaly)
            #expect(verdicts[row].reasons.first?.column == "x\(row % 3)")
        }
        // Of 397 normal rows that were not drawn 4 are expected at 1 %; the second of 200 ranks may be passed by 3 % of them.
        let unseen = verdicts.indices.filter { $0 % 3 != 1 && !Self.planted.contains($0) }
        #expect(unseen.filter { verdicts[$0].isAnomaly }.count <= 12)
        let expected = try #require(finder.expectedFalseAlarmCount(of: 600))
        #expect(abs(expected - 0.01 * Double(600 - finder.leftOut.count)) < 1e-9)
    }

    @Test func aVerdictDependsNeitherOnThePartsNorOnThreads() throws {
        let table = try Self.table()
        let finder = try Self.finder(table)
        let whole = try finder.verdicts(of: table, firstRow: 0, reasonCount: 2)
        var joined: [Verdict] = []
        for start in stride(from: 0, to: 600, by: 127) {
            let part = table.selecting(rows: Array(start..<min(600, start + 127)))
            joined += try finder.verdicts(
                of: part,
                firstRow: start,
                reasonCount: 2,
                threadCount: 3
            )
        }
        #expect(joined == whole)
    }

    @Test func aWholeTableIsJudgedAsFindingsAre() throws {
        let table = try Self.table().selecting(rows: Array(0..<200))
        let finder = try Self.settings.finder(learningFrom: TableSample(table))
        let findings = try Self.settings.findings(in: table)
        #expect(try finder.verdicts(of: table, firstRow: 0) == findings.verdicts)
        #expect(finder.leftOut == findings.leftOut)
        #expect(finder.oddShare == findings.oddShare)
    }

    @Test func rowsOutsideAreJudgedAsNewOnesWhereDeviationsDoNotCount() throws {
        let table = try Self.table()
        var settings = Self.settings
        settings.scoring = .residual
        let rows = Array(0..<200)
        let finder = try settings.finder(
            learningFrom: TableSample(of: table, at: rows),
            contamination: .none
        )
        let verdicts = try finder.verdicts(of: table, firstRow: 0)
        #expect(verdicts[200...] == (try finder.detector.verdicts(of: table))[200...])
    }
}
