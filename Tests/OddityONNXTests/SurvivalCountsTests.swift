import OddityEvaluation
import OddityPlatform
import Testing

@testable import OddityONNX

/// The pieces of a survival function are the function.
@Suite struct SurvivalCountsTests {
    private static let samples: [[Double]] = [
        [1], [1, 2], [3, 3, 3], [-2, 0.5, 0.5, 0.5, 4, 9, 9], [0, 1e-7, 2e-7, 5, 5 + 1e-7],
        (0..<100).map { Double($0 * $0 % 37) / 3 },
    ]

    /// As the graph computes it.
    private func logarithm(_ survival: SurvivalFunction, _ x: Double) -> Double {
        let counts = SurvivalCounts(survival)
        let total = Double(survival.values.count)
        let short = max(0, survival.values[0] - x) / survival.tailScale
        let lower = short / (short + 1) * log1p(1 / total)
        let beyond = max(0, x - counts.end) / survival.tailScale
        return min(0, log(counts.reaching(x)) - log(total + 1) - beyond + lower)
    }

    @Test(arguments: samples)
    func agreesWithTheFunction(_ sample: [Double]) {
        let survival = SurvivalFunction(heldOut: sample, minimumTailScale: 0.5)
        // Beyond the largest value the tail begins where what is equal to it ends.
        let tolerance = Tolerance.measure / survival.tailScale + 1e-12
        let places = sample + stride(from: -12.0, through: 15, by: 0.37).map { $0 }
        for x in places {
            let (found, expected) = (logarithm(survival, x), survival.logarithm(at: x))
            #expect(abs(found - expected) <= tolerance, "\(x): \(found), not \(expected)")
        }
    }

    @Test func roundingDoesNotPassAStep() {
        let survival = SurvivalFunction(heldOut: [1, 2, 2, 2, 2, 3], minimumTailScale: 0.5)
        for x in [2 - 1e-7, 2, 2 + 1e-7] {
            #expect(logarithm(survival, x) == survival.logarithm(at: 2))
        }
        #expect(logarithm(survival, 2 + 1e-5) < survival.logarithm(at: 2) - 0.5)
    }

    @Test func whatLiesBetweenNearValuesEqualsNone() {
        let survival = SurvivalFunction(heldOut: [1, 2, 2, 2 + 1e-7, 3], minimumTailScale: 0.5)
        let equal = SurvivalCounts(survival, tolerance: 1e-5, widensAll: true).equal
        #expect([2 + 3e-8, 2 + 7e-8].map { equal($0) } == [0, 0])
    }

    @Test func countsWhatIsEqual() {
        let survival = SurvivalFunction(heldOut: [1, 2, 2, 2 + 1e-7, 3], minimumTailScale: 0.5)
        let equal = SurvivalCounts(survival, tolerance: 1e-5, widensAll: true).equal
        #expect(
            [1, 1 - 9e-6, 1 + 9e-6, 2, 2 + 1e-7, 3, 1.5, 9].map { equal($0) } == [
                1, 1, 1, 2, 1, 1, 0, 0,
            ]
        )
    }
}
