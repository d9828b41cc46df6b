import Foundation
import OddityEvaluation
import Testing

@Suite struct CombinedPValueTests {
    private func combined(_ values: [Double]) -> Double {
        exp(CombinedPValue.cauchyLogarithm(values.map { log($0) }))
    }

    @Test(arguments: [0.9, 0.5, 0.2, 1e-3, 1e-7, 1e-9, 1e-12])
    func equalPValuesCombineToThemselves(p: Double) {
        #expect(abs(combined([p, p, p, p]) - p) < 1e-9 * p)
    }

    @Test func followsItsDefinition() {
        let values = [0.03, 0.4, 0.7]
        let mean = values.reduce(0) { $0 + tan(.pi * (0.5 - $1)) } / 3
        #expect(abs(combined(values) - (0.5 - atan(mean) / .pi)) < 1e-12)
    }

    @Test func isContinuousWhereTheFormulaChanges() {
        let below = CombinedPValue.cauchyLogarithm([-18 - 1e-9, -1])
        let above = CombinedPValue.cauchyLogarithm([-18 + 1e-9, -1])
        #expect(abs(below - above) < 1e-8)
        #expect(below < above)
    }

    @Test func tinyPValuesStillRank() {
        let far = CombinedPValue.cauchyLogarithm([-5000, -4000])
        let farther = CombinedPValue.cauchyLogarithm([-5001, -4000])
        #expect(farther < far)
        #expect(far.isFinite)
    }

    @Test func doesNotDependOnHowTheyAreKept() {
        let values = [-0.2, -3, -19]
        let kept = CombinedPValue.cauchyLogarithm(values)
        #expect(CombinedPValue.cauchyLogarithm(values.lazy.map { $0 }) == kept)
        #expect(CombinedPValue.cauchyLogarithm(([-1] + values)[1...]) == kept)
    }

    @Test func certainNormalityOfOneMemberDoesNotDrownTheOthers() {
        #expect(combined([1 - 1e-15, 1e-4]) < 1e-3)
    }
}
