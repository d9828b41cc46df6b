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

    @Test("ends with what its listener throws, of series", arguments: [1, 2])
    func endsOfSeries(threadCount: Int) throws {
        var settings = SeriesSamples.quick()
        settings.epochs = 1_000
        let table = try Machine(steps: 300, seed: 1).table()
        #expect(throws: Enough.self) {
            _ = try settings.fitted(to: table, threadCount: threadCount) {
                if $0.epoch == 3 { throw Enough() }
            }
        }
        // Each looks at steps twice, and the second look counts its epochs on.
        settings.epochs = 2
        #expect(throws: Enough.self) {
            _ = try settings.findings(in: table) { if $0.epoch == 3 { throw Enough() } }
        }
    }

    @Test("ends with what its listener throws, in each network of images", arguments: [1, 20, 40])
    func endsOfImages(epoch: Int) throws {
        var settings = ConvolutionalSamples.detector()
        settings.pixelNetwork = .dense
        settings.measures = .all
        (settings.steps, settings.patchSteps) = (20, 20)
        let shape = ImageShape(height: 12, width: 12)
        let images = ImageSamples.squares(count: 20, shape: shape, seed: 1)
        #expect(throws: Enough.self) {
            _ = try settings.fitted(to: images, shape: shape) {
                if $0.epoch == min(epoch, $0.epochCount) { throw Enough() }
            }
        }
    }
}
