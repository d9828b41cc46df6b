import OddityDatasets
import Testing

@testable import OdditySeries

@Suite("More entities than are remembered")
struct EntityLimitTests {
    private let options = SeriesOptions(timeColumn: "time", entityColumn: "machine")

    private func tracker(limit: Int) -> SeriesTracker {
        let format = TimestampFormat(shape: .yearMonthDay, hasOffset: true)
        let clock = SeriesClock(format: format, interval: second, gridInterval: nil)
        return SeriesTracker(options: options, clock: clock, entityLimit: limit)
    }

    private func table(_ entities: [String]) throws -> Table {
        try series(seconds(Array(entities.indices)), entities: entities)
    }

    @Test("the one whose last row is the oldest gives way, and begins anew when it comes back")
    func evictsByAge() throws {
        var tracker = tracker(limit: 3)
        var forgotten: [String?] = []
        for entity in ["a", "b", "c", "a", "d", "a", "b", "c"] {
            let chunk = try tracker.track(table([entity]))
            forgotten.append(chunk.rows[0].forgottenEntity)
        }
        // When d comes, b is the oldest; when b comes back, c; when c does, d.
        #expect(forgotten == [nil, nil, nil, nil, "b", nil, "c", "d"])
        #expect(tracker.entities == ["a", "c", "b"])
    }

    @Test("however rows are cut into chunks")
    func dependsOnNoChunk() throws {
        var random = SystemRandomNumberGenerator()
        let names = (0..<300).map { _ in "\(UInt8.random(in: 0..<9, using: &random))" }
        let whole = try table(names)
        func follow(by size: Int) throws -> [String] {
            var tracker = tracker(limit: 5)
            var texts: [String] = []
            for start in stride(from: 0, to: names.count, by: size) {
                let rows = Array(start..<min(start + size, names.count))
                let chunk = try tracker.track(whole.selecting(rows: rows))
                for row in chunk.rows {
                    let placement = row.step.map { chunk.steps[$0].placement.rawValue } ?? "-"
                    texts.append("\(row.state) \(row.forgottenEntity ?? "-") \(placement)")
                }
            }
            return texts
        }
        let expected = try follow(by: 1)
        #expect(expected.contains { !$0.contains("- starts") && $0.hasSuffix("starts") })
        for size in [2, 3, 5] { #expect(try follow(by: size) == expected) }
    }

    @Test("a chunk that alone has too many is refused, and changes nothing")
    func refusesTooManyAtOnce() throws {
        var tracker = tracker(limit: 3)
        _ = try tracker.track(table(["a"]))
        #expect(code { _ = try tracker.track(table(["b", "c", "d", "e"])) } == .tooManyEntities)
        #expect(tracker.entities == ["a"])
        _ = try tracker.track(table(["b", "c", "b", "c", "b"]))
        #expect(tracker.entities == ["a", "b", "c"])
    }
}
