import OddityEvaluation
import OddityPlatform
import Testing

@testable import OddityDetectors

/// Scores of held-out rows, among one another and as a yardstick for new ones.
@Suite struct HeldOutMeasuresTests {
    private let measures = HeldOutMeasures(
        [0.3, 0.1, 0.7, 0.4, 0.2].map {
            RowMeasures(residual: $0, logDistance: nil, surprise: 0, error: $0)
        },
        isNarrow: false
    )

    @Test func amongOneAnotherRowsDoNotCountThemselves() {
        let scores = measures.scores(.residual)
        let expected = SurvivalFunction.leaveOneOutLogarithms(
            of: measures.residuals,
            minimumTailScale: TailScale.measure
        )
        #expect(scores == expected.map { -$0 })
    }

    @Test func aYardstickLiesHalfWayBetweenRowsThatCountThemselvesAndThoseThatDoNot() {
        let others = measures.scores(.residual)
        let yardstick = measures.yardstick(.residual)
        // Of five rows the i-th largest reaches i / 6 where it counts itself.
        let places = [3, 5, 1, 2, 4]
        for row in places.indices {
            let whole = -log(Double(places[row]) / 6)
            #expect(abs(yardstick[row] - (whole + others[row]) / 2) < 1e-12)
        }
        // The largest of all may look as odd as a new row that lies beyond it.
        #expect(-log(1.0 / 6) < yardstick[2] && yardstick[2] < others[2])
    }
}
