import Foundation
import OddityEvaluation
import Testing

@Suite struct SurvivalFunctionTests {
    let survival = SurvivalFunction(heldOut: [3, 1, 2, 2, 9], minimumTailScale: 0.1)

    private func share(_ x: Double) -> Double { exp(survival.logarithm(at: x)) }

    @Test func isTheConformalPValueAtHeldOutValues() {
        // #{held out ≥ x} / (m + 1)
        #expect(abs(share(1) - 5 / 6) < 1e-12)
        #expect(abs(share(2) - 4 / 6) < 1e-12)
        #expect(abs(share(3) - 2 / 6) < 1e-12)
        #expect(abs(share(9) - 1 / 6) < 1e-12)
    }

    @Test func staysWithinOneStepOfTheConformalPValue() {
        for x in stride(from: 0.0, to: 12, by: 0.01) {
            let atLeast = survival.values.filter { $0 >= x }.count
            let conformal = Double(atLeast + 1) / 6
            #expect(share(x) <= conformal + 1e-12)
            #expect(share(x) >= conformal - 1 / 6.0 - 1e-12)
        }
    }

    @Test func neverRisesAndRanksBeyondTheSample() {
        var last = 0.0
        for x in stride(from: -5.0, to: 500, by: 0.25) {
            let logarithm = survival.logarithm(at: x)
            #expect(logarithm <= last)
            last = logarithm
        }
        #expect(survival.logarithm(at: 501) < last)
        #expect(survival.logarithm(at: 1e6).isFinite)
    }

    @Test(arguments: [[5.0], [5, 5, 5], [0, 0]]) func worksOnDegenerateSamples(values: [Double]) {
        let survival = SurvivalFunction(heldOut: values, minimumTailScale: 0.5)
        let largest = values[0]
        #expect(survival.logarithm(at: largest + 1) < survival.logarithm(at: largest))
        #expect(survival.logarithm(at: largest - 1) > survival.logarithm(at: largest))
        #expect(survival.logarithm(at: -.infinity) <= 0)
        #expect(survival.logarithm(at: -.infinity).isFinite)
    }

    @Test func notANumberStaysSo() {
        #expect(survival.logarithm(at: .nan).isNaN)
        #expect(survival.count(of: .nan) == 0)
    }

    @Test func equalValuesAreCounted() {
        #expect([0, 1, 2, 2.5, 3, 9, 10].map(survival.count) == [0, 1, 2, 0, 1, 1, 0])
    }

    @Test func equalSamplesStillHaveATailOfAKnownScale() {
        let survival = SurvivalFunction(heldOut: [5, 5, 5], minimumTailScale: 0.5)
        #expect(abs(survival.logarithm(at: 6) - (survival.logarithm(at: 5.0001) - 2)) < 1.4)
    }

    @Test func falseAlarmsKeepTheirRate() {
        // Held-out and new values from one distribution: at 5 % about 5 % of new ones are flagged.
        var state: UInt64 = 1
        func next() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return -log(Double(state >> 11) * 0x1p-53 + 1e-300)
        }
        let survival = SurvivalFunction(
            heldOut: (0..<5000).map { _ in next() },
            minimumTailScale: 0.1
        )
        let flagged = (0..<20000).filter { _ in survival.logarithm(at: next()) <= log(0.05) }.count
        // Three deviations of the rate: √(0.05 · 0.95 (1 / 20000 + 1 / 5000)).
        #expect(abs(Double(flagged) / 20000 - 0.05) < 3 * 0.00345)
    }
}
