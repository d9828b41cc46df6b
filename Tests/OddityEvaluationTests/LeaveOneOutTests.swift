import OddityEvaluation
import Testing

@Suite struct LeaveOneOutTests {
    /// Many, few, equal, and just one value more.
    static let samples: [[Double]] = [
        [3, 1, 2, 2, 9], [1, 2], [4, 4], [5, 5, 5, 5], [0, 0, 0, 7], [-3, 0, 0, 0],
        (0..<60).map { Double(($0 * 37) % 61) }, (0..<60).map { Double(($0 * 37) % 7) },
    ]

    @Test(arguments: samples) func everyValueIsRankedAmongTheOthers(values: [Double]) {
        let found = SurvivalFunction.leaveOneOutLogarithms(of: values, minimumTailScale: 0.1)
        #expect(found.count == values.count)
        for (place, logarithm) in found.enumerated() {
            var others = values
            let value = others.remove(at: place)
            let expected = SurvivalFunction(heldOut: others, minimumTailScale: 0.1)
                .logarithm(at: value)
            #expect(abs(logarithm - expected) < 1e-12)
        }
    }

    @Test func oneValueHasNoOthers() {
        let found = SurvivalFunction.leaveOneOutLogarithms(of: [3], minimumTailScale: 0.1)
        #expect(found.count == 1 && abs(found[0] + 0.6931471805599453) < 1e-15)
    }
}
