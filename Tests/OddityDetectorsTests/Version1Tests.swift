import Foundation
import OddityArrays
import OddityDatasets
import OddityDetectors
import OddityImages
import Testing

/// Models of the first release, and what it made of some data, stay readable as long as there is Oddity.
@Suite struct Version1Tests {
    private func path(_ name: String) throws -> String {
        try #require(
            Bundle.module.path(forResource: name, ofType: nil, inDirectory: "Fixtures/Version1")
        )
    }

    /// The scores that the first release wrote; nil where it wrote none.
    private func recorded(_ name: String) throws -> [Double?] {
        let (table, _) = try Table.reading(path: path(name))
        let scores = try #require(table["score"]?.numbers)
        return scores.map { $0.isNaN ? nil : $0 }
    }

    private func expectEqual(_ scores: [RowScore?], _ recorded: [Double?]) throws {
        try #require(scores.count == recorded.count)
        for (score, expected) in zip(scores, recorded) {
            try #require((score == nil) == (expected == nil))
            guard let score, let expected else { continue }
            // Another processor rounds single-precision products differently.
            #expect(abs(score.score - expected) <= 1e-4 * max(1, expected))
        }
    }

    private func expectOfVersion1(_ detector: some FittedDetector, count: Int) {
        #expect(detector.heldOut.count == count)
        #expect(detector.heldOut.scores.isEmpty && detector.heldOut.errors.isEmpty)
        #expect(detector.decision == Decision(rule: .falseAlarmRate(0.01), origin: .given))
        #expect(detector.provenance.producer == "oddity 0.1.0")
    }

    @Test func tables() throws {
        guard case .table(let detector) = try Model(reading: path("table.safetensors")) else {
            Issue.record("another kind")
            return
        }
        let table = try Table.reading(
            path: path("table-new.csv"),
            schema: detector.requiredSchema
        )
        try expectEqual(detector.scores(of: table), recorded("table-scores.csv"))
        expectOfVersion1(detector, count: 60)
        #expect(detector.provenance.source == "table-train.csv")
    }

    @Test func series() throws {
        guard case .series(let detector) = try Model(reading: path("series.safetensors")) else {
            Issue.record("another kind")
            return
        }
        let reader = try TableReader(path: path("series-new.csv"))
        try reader.select(detector.requiredSchema, keeping: Set(detector.keyColumns))
        let table = try #require(try reader.nextChunk())
        try expectEqual(
            detector.scores(of: table).map(\.score),
            recorded("series-scores.csv")
        )
        expectOfVersion1(detector, count: 196)
    }

    @Test func images() throws {
        guard case .images(let detector) = try Model(reading: path("images.safetensors")) else {
            Issue.record("another kind")
            return
        }
        let preparer = try #require(detector.preparer)
        let collection = try ImageCollection(path: path("images-new.npy"))
        let batch = try preparer.applied(to: collection, in: 0..<collection.count)
        try expectEqual(detector.scores(of: batch), recorded("images-scores.csv"))
        expectOfVersion1(detector, count: 12)
    }
}
