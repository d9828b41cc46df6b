import OddityDatasets
import OddityModelFiles
import TestSupport
import Testing

@testable import OddityDetectors

/// A detector whose held-out rows get the mix of newer ones.
@Suite struct ColumnMixTests {
    /// Numbers, and categories of which one is rare.
    private static func table(_ count: Int, rareShare: Double, shift: Double = 0, seed: UInt64)
        throws
        -> Table
    {
        var random = Numbers(state: seed)
        let rows = (0..<count).map { _ in
            (random.next() < rareShare ? "rare" : "usual", random.next() + shift, random.next())
        }
        return try Table(columns: [
            Column("kind", categories: rows.map { Optional($0.0) }), Column("x", rows.map(\.1)),
            Column("y", rows.map { $0.1 + $0.2 * ($0.0 == "rare" ? 1 : 0.2) }),
        ])
    }

    private static func detector(storesRows: Bool = true) throws -> FittedTableDetector {
        var settings = TableDetector()
        settings.epochs = 2
        settings.folds = 2
        settings.hiddenSizes = [3]
        settings.storesRows = storesRows
        return try settings.fitted(to: table(240, rareShare: 0.2, seed: 1))
    }

    @Test func theMixDecidesWhatScoresAreMeasuredAgainst() throws {
        let fitted = try Self.detector()
        var detector = fitted
        var mix = try ColumnMix(of: ["kind"], for: detector)
        let newer = try Self.table(300, rareShare: 0.5, seed: 2)
        mix.add(newer.selecting(rows: Array(0..<100)))
        mix.add(newer.selecting(rows: Array(100..<300))) { $0 % 2 == 0 }
        #expect(mix.rowCount == 200)
        let summary = try detector.recalibrate(to: mix, source: "new.csv")
        #expect(0.5..<0.8 ~= summary.least && 1.8..<3.5 ~= summary.largest)
        #expect(summary.count == detector.heldOut.count && summary.count < 240)
        #expect(summary.effectiveCount > Double(summary.count) && summary.effectiveCount < 240)
        #expect(detector.recalibration?.mixedColumns == ["kind"])
        let restored = try FittedTableDetector(decoding: detector.encoded())
        #expect(restored.recalibration == detector.recalibration)
        #expect(restored.heldOutRows == detector.heldOutRows)
        #expect(try restored.scores(of: newer) == detector.scores(of: newer))
        // The same once more, from the model's own held-out rows.
        var again = restored
        #expect(try again.recalibrate(to: mix, source: "new.csv") == summary)
        // All of training has the mix of training: each row counts alike.
        var same = try ColumnMix(of: ["kind"], for: fitted)
        same.add(try Self.table(240, rareShare: 0.2, seed: 1))
        var unmoved = fitted
        #expect(try unmoved.recalibrate(to: same).count == 240)
        #expect(unmoved.heldOut.scores.count == fitted.heldOut.scores.count)
    }

    /// Columns by which held-out rows are weighed are not compared any more; others are.
    @Test func otherColumnsAreStillCompared() throws {
        var detector = try Self.detector()
        var mix = try ColumnMix(of: ["kind"], for: detector)
        let newer = try Self.table(400, rareShare: 0.6, shift: 0.9, seed: 3)
        mix.add(newer)
        try detector.recalibrate(to: mix)
        var monitor = ShiftMonitor(detector)
        monitor.add(newer, try detector.verdicts(of: newer, reasonCount: 0))
        let columns = monitor.shift.columns.map(\.column)
        #expect(columns.contains("x") && !columns.contains("kind"))
    }

    @Test func whatCannotBeWeighedIsRefused() throws {
        var detector = try Self.detector()
        func message(_ columns: [String], _ newer: Table) -> String {
            let error = #expect(throws: DetectorError.self) {
                var mix = try ColumnMix(of: columns, for: detector)
                mix.add(newer)
                try detector.recalibrate(to: mix)
            }
            return error.map { "\($0)" } ?? ""
        }
        let newer = try Self.table(100, rareShare: 0.2, seed: 4)
        #expect(
            message(["knd"], newer).hasPrefix(
                #"the model has no column "knd" (did you mean "kind"?); its columns are "kind""#
            )
        )
        let beyond = try Self.table(100, rareShare: 0.2, shift: 5, seed: 4)
        #expect(
            message(["x"], beyond).contains(
                #"100 % of the newer rows hold what training never had in "x""#
            )
        )
        // All newer rows in one of the least cells of training.
        let few = try Table(columns: [
            Column("kind", categories: [String?](repeating: "usual", count: 40)),
            Column("x", [Double](repeating: 0.01, count: 40)),
            Column("y", [Double](repeating: 0.1, count: 40)),
        ])
        #expect(message(["x"], few).contains("and 20 are needed"))
        #expect(detector.recalibration == nil)
        detector = try Self.detector(storesRows: false)
        #expect(detector.heldOutRows == nil)
        #expect(message(["kind"], newer).contains("keeps nothing of what its held-out rows held"))
    }

    @Test func olderFilesAreReadAndSayWhatTheyCannotDo() throws {
        let detector = try Self.detector()
        let archive = try ModelArchive(decoding: detector.encoded())
        func changed(_ change: (Tensor) throws -> Tensor?) throws -> FittedTableDetector {
            try FittedTableDetector(
                checking: ModelArchive(
                    manifest: archive.manifest,
                    tensors: archive.tensors.compactMap(change)
                )
            )
        }
        let older = try changed {
            ["held_out.cells", "held_out.row_errors"].contains($0.name) ? nil : $0
        }
        #expect(older.heldOutRows == nil && detector.heldOutRows != nil)
        let newer = try Self.table(50, rareShare: 0.2, seed: 6)
        #expect(try older.scores(of: newer) == detector.scores(of: newer))
        // Cells of fewer rows than there are held-out scores are no cells of theirs.
        #expect(throws: (any Error).self) {
            try changed {
                $0.name == "held_out.cells"
                    ? try Tensor(
                        name: $0.name,
                        shape: [1, 3],
                        values: [UInt8](repeating: 0, count: 3)
                    )
                    : $0
            }
        }
    }
}
