import Foundation
import OddityDatasets
import OddityLinearAlgebra
import OddityModelFiles
import Testing

@testable import OddityDetectors

/// Training rows are known again by their hashes.
@Suite struct RowSketchTests {
    /// Draws that differ by their first row.
    private static func hashes(_ range: Range<Int>) -> [UInt64] {
        range.map { row in
            var hash = RowHash()
            hash.add(Double(row))
            return hash.value
        }
    }

    @Test func allRowsOfASmallTableAreKnown() throws {
        let sketch = try #require(RowSketch(Self.hashes(0..<1000)))
        #expect(Self.hashes(0..<1000).allSatisfy { sketch.contains($0) == true })
        #expect(Self.hashes(1000..<2000).allSatisfy { sketch.contains($0) == false })
    }

    @Test func ofManyRowsAFairSampleIsKept() throws {
        let sketch = try #require(RowSketch(Self.hashes(0..<100_000)))
        #expect(sketch.hashes.count == RowSketch.limit)
        var known = KnownRows()
        known.add(Self.hashes(50_000..<150_000), in: sketch)
        let share = try #require(known.share)
        // Of about 4,096 rows half are known: a deviation is 0.8 %.
        #expect(abs(share - 0.5) < 0.04)
        #expect(abs(known.checkedCount - 4096) < 400)
    }

    @Test func fewRowsSayNothing() throws {
        let sketch = try #require(RowSketch(Self.hashes(0..<1000)))
        var known = KnownRows()
        #expect(known.share == nil && !known.areMost)
        known.add(Self.hashes(0..<9), in: sketch)
        #expect(known.share == nil && !known.areMost)
        known.add(Self.hashes(9..<10), in: sketch)
        #expect(known.share == 1 && known.areMost)
        known.add(Self.hashes(5000..<5010), in: sketch)
        #expect(known.share == 0.5 && !known.areMost)
    }

    @Test func rowsManyOfWhichAreEqualAreNotKept() {
        #expect(RowSketch(Self.hashes(0..<50) + Self.hashes(0..<50)) == nil)
        #expect(RowSketch([]) == nil)
    }

    @Test func hashesFollowValuesAndNotHowTheyAreHeld() throws {
        let first = try Table(columns: [
            Column("a", [0.0, .nan, 3]), Column("b", categories: ["x", nil, "y"]),
        ])
        let second = try Table(columns: [
            Column("b", categories: ["y", "x", nil]), Column("a", [3, -0.0, .nan]),
        ])
        let left = try #require(first.rowHashes(ofColumns: ["a", "b"]))
        let right = try #require(second.rowHashes(ofColumns: ["a", "b"]))
        #expect([left[2], left[0], left[1]] == right)
        #expect(Set(left).count == 3)
        #expect(first.rowHashes(ofColumns: ["a", "c"]) == nil)
    }

    @Test func aModelKnowsItsTrainingRowsAndScoresAreTheSame() throws {
        var stream = RandomStream(seed: 9, use: .sampling)
        var draws = [Float](repeating: 0, count: 240)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        let columns = (0..<2).map { j in
            Column("x\(j)", (0..<120).map { Double(draws[2 * $0 + j]) })
        }
        let table = try Table(columns: columns)
        var settings = TableDetector()
        settings.epochs = 3
        let detector = try settings.fitted(to: table.selecting(rows: Array(0..<80)))
        let restored = try FittedTableDetector(decoding: detector.encoded())
        for model in [detector, restored] {
            var known = KnownRows()
            model.count(table.selecting(rows: Array(60..<120)), in: &known)
            #expect(known.checkedCount == 60)
            #expect(known.knownCount == 20)
        }
        // A file that was written before has no hashes.
        let archive = try ModelArchive(decoding: detector.encoded())
        let older = try ModelArchive(
            manifest: archive.manifest,
            tensors: archive.tensors.filter { $0.name != "training.hashes" }
        )
        let old = try FittedTableDetector(checking: older)
        var known = KnownRows()
        old.count(table, in: &known)
        #expect(known == KnownRows())
        #expect(try old.scores(of: table) == detector.scores(of: table))
    }

    @Test func hashesThatDoNotFitTogetherAreRefused() throws {
        for words: [Int64] in [[], [5], [3, 1, 4], [9, 4, 4], [9, 7, 2]] {
            let archive = try ModelArchive(
                manifest: Data("{}".utf8),
                tensors: [Tensor(name: "training.hashes", values: words)]
            )
            #expect(
                throws: DetectorError.inconsistentModel(
                    "the hashes of its training rows do not fit together"
                )
            ) { try RowSketch(reading: archive) }
        }
    }
}
