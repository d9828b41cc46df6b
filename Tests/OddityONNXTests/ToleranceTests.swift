import OddityEvaluation
import OddityPlatform
import Testing

@testable import OddityONNX

/// From which distance on a row counts as one that is stored.
@Suite struct ToleranceTests {
    private let rounding = 2 * Double(Float.ulpOfOne) * 2

    @Test func isRoundingWhereHeldOutRowsAreFarther() {
        let heldOut = SurvivalFunction(heldOut: [log(1e-12), log(0.1), 1], minimumTailScale: 0.1)
        #expect(Tolerance.distance(sizes: [1, 1, 1, 1], heldOut: heldOut) == rounding)
        #expect(Tolerance.distance(sizes: [1, 1, 1, 1], heldOut: nil) == rounding)
    }

    @Test func isLessThanAllDistancesOfHeldOutRows() {
        let heldOut = SurvivalFunction(heldOut: [log(1e-12), log(1e-8), 1], minimumTailScale: 0.1)
        let found = Tolerance.distance(sizes: [1, 1, 1, 1], heldOut: heldOut)
        #expect(abs(found - 5e-9) < 1e-15)
    }
}
