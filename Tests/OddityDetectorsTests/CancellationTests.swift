import OddityDetectors
import Synchronization
import Testing

@Suite("A fit that is cancelled")
struct CancellationTests {
    private struct Enough: Error {}

    @Test("ends with what its listener throws, soon after", arguments: [1, 2])
    func endsWithTheError(threadCount: Int) throws {
        var settings = Samples.autoencoder
        settings.epochs = 1_000
        let table = try Samples.normal(rows: 200, seed: 1)
        let calls = Atomic(0)
        #expect(throws: Enough.self) {
            _ = try settings.fitted(to: table, threadCount: threadCount) { _ in
                if calls.wrappingAdd(1, ordering: .relaxed).newValue >= 3 { throw Enough() }
            }
        }
        // Each member is told once that it is enough.
        #expect(calls.load(ordering: .relaxed) <= 2 + settings.folds)
    }

    @Test("ends a training that pulls codes to their centre too")
    func endsWhilePulling() throws {
        var settings = Samples.autoencoder
        settings.epochs = 3
        settings.folds = 2
        settings.codeDistance = .center
        settings.svddWeight = 0.01
        let table = try Samples.normal(rows: 200, seed: 1)
        #expect(throws: Enough.self) {
            _ = try settings.fitted(to: table) { if $0.epoch > 4 { throw Enough() } }
        }
    }
}
