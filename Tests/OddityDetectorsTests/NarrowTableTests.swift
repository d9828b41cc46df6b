import OddityDatasets
import OddityDetectors
import OddityLinearAlgebra
import Testing

/// Tables of fewer columns than the code has numbers.
@Suite struct NarrowTableTests {
    private func normals(_ count: Int, seed: UInt64) -> [Double] {
        var stream = RandomStream(seed: seed, use: .sampling)
        var draws = [Float](repeating: 0, count: count)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0) }
        return draws.map { Double($0) }
    }

    @Test(arguments: [1, 2, 3]) func oneColumnIsOddAsFarAsItDeviates(seed: UInt64) throws {
        var detector = TableDetector()
        detector.epochs = 60
        detector.hiddenSizes = [16, 8]
        detector.seed = seed
        let fitted = try detector.fitted(
            to: Table(columns: [Column("x", normals(300, seed: seed))])
        )
        let values = [0, 0.5, 1, 1.5, 2, 3, 4, 6, 10, 1e3, 1e5, 1e12]
        for sign in [1.0, -1] {
            let scores = try fitted.scores(
                of: Table(columns: [Column("x", values.map { $0 * sign })])
            )
            for (lower, upper) in zip(scores, scores.dropFirst()) {
                #expect(lower.score < upper.score)
            }
            #expect(scores[4].pValue > 0.01, "two deviations are usual")
            #expect(scores[6].pValue <= 0.01, "four deviations are not")
            #expect(scores.allSatisfy { $0.score.isFinite })
        }
    }

    @Test func fartherIsOdderInTwoColumnsToo() throws {
        let fitted = try Samples.autoencoder.fitted(
            to: Table(columns: [
                Column("x", normals(200, seed: 1)), Column("y", normals(200, seed: 2)),
            ])
        )
        let values: [Double] = [5, 10, 20, 1e2, 1e5, 1e12, 1e300]
        let scores = try fitted.scores(
            of: Table(columns: [Column("x", values), Column("y", values.map { _ in 0 })])
        )
        for (lower, upper) in zip(scores, scores.dropFirst()) { #expect(lower.score < upper.score) }
    }
}
