import OddityPlatform
import Testing

@testable import OddityEvaluation

@Suite struct SortedValuesTests {
    /// Samples whose numbers lie in ways that stretches of sizes can be wrong about.
    static let samples: [(name: String, values: [Double])] = {
        var state: UInt64 = 7
        func uniform() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) * 0x1p-53
        }
        return [
            ("none", []),
            ("one", [3]),
            ("seven", [5, 1, 4, 4, -2, 0, 9]),
            ("eight", [8, 1, 7, 2, 6, 3, 5, 4]),
            ("equal", [Double](repeating: 2, count: 500)),
            ("zeros", [0, -0.0, 0, -0.0, 1, -1, 0, -0.0, 0, 2]),
            ("infinite", [.infinity, -.infinity, 0, 1, -1, .infinity, 1e300, -1e300, 5, 6]),
            ("uniform", (0..<3_000).map { _ in uniform() - 0.5 }),
            ("few different", (0..<3_000).map { _ in (8 * uniform()).rounded() }),
            ("of all sizes", (0..<3_000).map { _ in exp(1_400 * (uniform() - 0.5)) }),
            ("narrow, with some far out", (0..<3_000).map { $0 % 50 == 0 ? 1e9 : 7 + uniform() }),
        ]
    }()

    @Test(arguments: samples) func countsWhatIsBelow(name: String, values: [Double]) {
        let sorted = SortedValues(values)
        #expect(sorted.elements == values.sorted())
        let limits = [0, -0.0, 1, -1, 0.25, 7.5, 1e300, -1e300, .infinity, -.infinity]
        for limit in limits + values.prefix(300) + values.prefix(300).map(\.nextUp) {
            #expect(sorted.countBelow(limit) == values.count { $0 < limit }, "below \(limit)")
        }
    }
}
