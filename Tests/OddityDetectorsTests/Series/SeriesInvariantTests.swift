import OddityDetectors
import OddityNeuralNetworks
import Testing

/// Every kind of network, and every variant, keeps to what all detectors of series keep to.
@Suite struct SeriesInvariantTests {
    @Test(arguments: SeriesNetwork.Kind.allCases, SeriesNetwork.Target.allCases)
    func keepsTheInvariants(
        kind: SeriesNetwork.Kind,
        target: SeriesNetwork.Target
    ) throws {
        try checkSeriesDetector(SeriesSamples.quick(kind, target))
    }

    @Test(arguments: [
        AutoencoderVariant.plain, .sparse(.l1(weight: 0.01)),
        .sparse(.divergence(target: 0.2, weight: 0.01)), .sparse(.largest(count: 2)),
        .denoising(.masking()), .denoising(.swap()),
        .variational(VariationalCode(klWeight: 0.01, warmUpEpochs: 1)),
    ])
    func keepsTheInvariants(variant: AutoencoderVariant) throws {
        try checkSeriesDetector(SeriesSamples.quick(.averages, .reconstruction, variant))
        try checkSeriesDetector(SeriesSamples.quick(.gru, .forecast, variant))
    }

    @Test(arguments: [SeriesNetwork.Kind.averages, .convolutional, .lstm])
    func keepsTheInvariantsWithCodes(kind: SeriesNetwork.Kind) throws {
        for variant in [AutoencoderVariant.plain, .variational(VariationalCode())] {
            var detector = SeriesSamples.quick(kind, .reconstruction, variant)
            detector.countsCodeDistance = true
            try checkSeriesDetector(detector)
        }
    }

    @Test func strideTrainsOnFewerWindows() throws {
        var detector = SeriesSamples.quick(.dense)
        let table = try Machine(steps: 200, seed: 2).table()
        let all = try detector.fitted(to: table)
        detector.stride = 3
        try checkSeriesDetector(detector)
        let some = try detector.fitted(to: table)
        #expect(try some.encoded() != all.encoded())
        #expect(try some.scores(of: table).count == 200)
        detector.stride = 0
        #expect(throws: DetectorError.self) { try detector.validate() }
        detector.stride = 100
        #expect(throws: DetectorError.self) { try detector.fitted(to: table) }
    }

    @Test(arguments: [Loss.meanAbsoluteError, .huber(delta: 1)])
    func keepsTheInvariants(loss: Loss) throws {
        var detector = SeriesSamples.quick()
        detector.loss = loss
        detector.patience = 1
        try checkSeriesDetector(detector)
    }
}
