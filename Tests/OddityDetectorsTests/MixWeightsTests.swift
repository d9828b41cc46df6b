import TestSupport
import Testing

@testable import OddityDetectors

/// Held-out rows that are weighed to have another mix.
@Suite struct MixWeightsTests {
    @Test func ofOneColumnTheyAreTheRatioOfTheHistograms() throws {
        let groups: [Int?] = [0, 0, 0, 1, 2, 2, 2, 2, 2, 2]
        let weights = try #require(
            MixWeights(groups: [groups], shares: [[0.6, 0.1, 0.3]], multiplicities: Self.ones(10))
        )
        for (group, weight) in zip(groups, weights.values) {
            #expect(abs(weight - [2.0, 1, 0.5][group ?? 0]) < 1e-12)
        }
        // Σw = 10, Σw² = 14.5, and the largest is 2.
        #expect(abs(weights.effectiveCount - 100 / 14.5) < 1e-9)
        #expect(weights.count == 5)
        // The middles of fifths of the weights, in the order of the rows: at 1, 3, 5, 7 and 9 of 10.
        #expect(weights.representatives == [0, 1, 2, 4, 8])
    }

    @Test func ofTwoColumnsBothMixesAreMet() throws {
        var random = Numbers(state: 4)
        let first = (0..<500).map { _ in random.next() < 0.3 ? 0 : 1 }
        // The second column goes with the first.
        let second = first.map { random.next() < ($0 == 0 ? 0.8 : 0.3) ? 0 : 1 }
        let shares = [[0.6, 0.4], [0.25, 0.75]]
        let weights = try #require(
            MixWeights(groups: [first, second], shares: shares, multiplicities: Self.ones(500))
        )
        for (groups, shares) in zip([first, second], shares) {
            let sum = zip(groups, weights.values).reduce(0) { $0 + ($1.0 == 0 ? $1.1 : 0) }
            #expect(abs(sum / 500 - shares[0]) < 1e-8)
        }
    }

    @Test func mixesThatNoRowsCanHaveAreNone() {
        // Rows of the first group of one column are all of the first group of the other.
        let groups: [Int?] = [0, 0, 1, 1]
        #expect(
            MixWeights(
                groups: [groups, groups],
                shares: [[0.8, 0.2], [0.2, 0.8]],
                multiplicities: Self.ones(4)
            ) == nil
        )
        #expect(
            MixWeights(groups: [[nil, nil]], shares: [[1]], multiplicities: Self.ones(2)) == nil
        )
    }

    @Test func rowsThatStandForManyCountAsMany() throws {
        let groups: [Int?] = [0, 0, 1, 1]
        let weights = try #require(
            MixWeights(groups: [groups], shares: [[0.5, 0.5]], multiplicities: [7, 1, 7, 1])
        )
        #expect(weights.values.allSatisfy { abs($0 - 1) < 1e-12 })
        #expect(abs(weights.effectiveCount - 16) < 1e-9 && weights.count == 16)
        #expect(weights.representatives.count { $0 == 0 } == 7)
    }

    /// One kind of rows is twice as spread as the other.
    ///
    /// Training has a tenth of it, new data six tenths: measured against all
    /// held-out rows they raise three times as many alarms as were asked for, against weighted ones as many.
    @Test(arguments: [0.05, 0.02])
    func theRateHoldsForTheNewMixAndNotWithoutWeights(rate: Double) throws {
        var random = Numbers(state: 11)
        func row(_ wideShare: Double) -> (isWide: Bool, score: Double) {
            let isWide = random.next() < wideShare
            let normal = (0..<12).reduce(-6.0) { sum, _ in sum + random.next() }
            return (isWide, abs(normal) * (isWide ? 2 : 1))
        }
        var alarms = (weighted: 0, unweighted: 0)
        let (runs, heldOutCount, newCount) = (150, 1_000, 400)
        for _ in 0..<runs {
            let heldOut = (0..<heldOutCount).map { _ in row(0.1) }.sorted { $0.score < $1.score }
            let new = (0..<newCount).map { _ in row(0.6) }
            let share = Double(new.count(where: \.isWide)) / Double(newCount)
            let weights = try #require(
                MixWeights(
                    groups: [heldOut.map { $0.isWide ? 1 : 0 }],
                    shares: [[1 - share, share]],
                    multiplicities: Self.ones(heldOutCount)
                )
            )
            let chosen = weights.representatives.map { heldOut[$0].score }
            let all = heldOut.map(\.score)
            for row in new {
                if Self.pValue(row.score, among: chosen) <= rate { alarms.weighted += 1 }
                if Self.pValue(row.score, among: all) <= rate { alarms.unweighted += 1 }
            }
        }
        let count = Double(runs * newCount)
        let weighted = Double(alarms.weighted) / count
        #expect(weighted < 1.1 * rate && weighted > 0.6 * rate, "\(weighted)")
        #expect(Double(alarms.unweighted) / count > 2.5 * rate)
    }

    /// The conformal p-value; the weighted one is this among rows that stand for all.
    private static func pValue(_ score: Double, among ascending: [Double]) -> Double {
        let below = ascending.firstIndex { $0 >= score } ?? ascending.count
        return Double(1 + ascending.count - below) / Double(1 + ascending.count)
    }

    /// The rows that stand for all give the p-values of the weighted formula, but for a half of a row.
    @Test func representativesGiveTheWeightedPValues() throws {
        var random = Numbers(state: 8)
        let rows = (0..<400).map { _ in (group: random.next() < 0.2 ? 1 : 0, score: random.next()) }
            .sorted { $0.score < $1.score }
        let weights = try #require(
            MixWeights(
                groups: [rows.map(\.group)],
                shares: [[0.45, 0.55]],
                multiplicities: Self.ones(400)
            )
        )
        let largest = try #require(weights.values.max())
        let total = weights.values.reduce(0, +)
        let chosen = weights.representatives.map { rows[$0].score }
        for score in stride(from: 0.0, to: 1.1, by: 0.05) {
            let above = zip(rows, weights.values).reduce(0) {
                $0 + ($1.0.score >= score ? $1.1 : 0)
            }
            let exact = (largest + above) / (largest + total)
            // Rounding the number of rows down makes the least p-value a little larger too.
            #expect(abs(Self.pValue(score, among: chosen) - exact) < 1.0 / Double(chosen.count))
        }
    }

    private static func ones(_ count: Int) -> [Double] { [Double](repeating: 1, count: count) }
}
