import OddityLinearAlgebra
import Testing

@Suite struct RandomStreamTests {
    /// The first two blocks of Philox4x32-10 under a zero key and counter; the first is published
    /// with the Random123 library.
    @Test func matchesThePublishedVector() {
        var stream = RandomStream(seed: 0, use: .init(rawValue: 0), index: 0)
        let words = (0..<4).map { _ in stream.nextWord() }
        #expect(words == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    }

    @Test func dependsOnSeedUseAndIndexOnly() {
        func first(_ seed: UInt64, _ use: RandomStream.Use, _ index: Int) -> UInt64 {
            var stream = RandomStream(seed: seed, use: use, index: index)
            return stream.next()
        }
        let base = first(1, .shuffling, 0)
        #expect(base == first(1, .shuffling, 0))
        #expect(base != first(2, .shuffling, 0))
        #expect(base != first(1, .dropout, 0))
        #expect(base != first(1, .shuffling, 1))
    }

    @Test func normalDrawsHaveTheirMoments() {
        var stream = RandomStream(seed: 3, use: .sampling)
        var draws = [Float](repeating: 0, count: 100_001)
        draws.withUnsafeMutableBufferPointer { stream.fillNormal($0, mean: 2, deviation: 3) }
        let mean = draws.reduce(0) { $0 + Double($1) } / Double(draws.count)
        let variance =
            draws.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / Double(draws.count)
        // Five standard errors: 3 / √n for the mean, 9 √(2 / n) for the variance.
        #expect(abs(mean - 2) < 5 * 3 / 316.2)
        #expect(abs(variance - 9) < 5 * 9 * 1.4142 / 316.2)
    }

    @Test func uniformDrawsFillTheirRange() {
        var stream = RandomStream(seed: 5, use: .sampling)
        var counts = [Int](repeating: 0, count: 10)
        for _ in 0..<100_000 { counts[Int(stream.uniform() * 10)] += 1 }
        // A bin holds 10,000 ± 95; five deviations.
        #expect(counts.allSatisfy { abs($0 - 10_000) < 475 })
    }

    @Test(arguments: [0, 1, 2, 1000]) func permutationHoldsEveryNumberOnce(count: Int) {
        var stream = RandomStream(seed: 9, use: .shuffling)
        let order = stream.permutation(count: count)
        #expect(order.sorted() == Array(0..<count))
        #expect(count < 10 || order != Array(0..<count))
    }
}
