import Foundation
import Testing

@testable import OddityDetectors

@Suite struct HeldOutScoresTests {
    @Test func fewAreKeptAsTheyAre() {
        let kept = HeldOutScores(unit: .row, count: 3, scores: [2, 0.5, 1], errors: [0, 3, 0.5])
        #expect(kept.scores == [0.5, 1, 2])
        #expect(kept.errors == [0, 0.5, 3])
        #expect(kept.leastPValue == 0.25)
    }

    @Test func ofManyTheTailIsKeptAndTheRestThinnedEvenly() throws {
        let count = 100_000
        let values = (0..<count).map(Double.init)
        let kept = HeldOutScores(
            unit: .step,
            count: count,
            scores: values.reversed(),
            errors: values
        )
        #expect(kept.count == count)
        #expect(kept.scores.count <= HeldOutScores.limit)
        #expect(kept.scores.count > HeldOutScores.limit * 9 / 10)
        #expect(Array(kept.scores.suffix(HeldOutScores.tailCount)) == Array(values.suffix(1_000)))
        let body = kept.scores.dropLast(HeldOutScores.tailCount)
        let gaps = Set(zip(body.dropFirst(), body).map { $0 - $1 })
        #expect(gaps == [11], "every 11th of 99,000")
        #expect(kept.scores == kept.errors)
    }

    @Test func aScoreIsMinusTheDecimalLogarithmAndThePValueHasAFloor() throws {
        let inside = HeldOutScores.score(logarithm: log(0.02), error: 3, heldOutCount: 99)
        #expect(abs(inside.score - 1.698_970_004_336_018_8) < 1e-12)
        #expect(abs(inside.pValue - 0.02) < 1e-15 && inside.error == 3)
        let beyond = HeldOutScores.score(logarithm: log(1e-6), error: 0, heldOutCount: 99)
        #expect(abs(beyond.score - 6) < 1e-12)
        #expect(beyond.pValue == 0.01, "no p-value is below 1 / (held out + 1)")
        #expect(inside.tailPValue == nil)
        #expect(abs(try #require(beyond.tailPValue) - 1e-6) < 1e-15)
    }

    @Test(arguments: [(0.01, 99, nil as Int?), (0.01, 98, 99), (0.05, 19, nil), (0.05, 18, 19)])
    func aRateNeedsSoManyHeldOutRows(rate: Double, count: Int, needed: Int?) {
        let heldOut = HeldOutScores(unit: .row, count: count, scores: [1], errors: [1])
        let unreachable = UnreachableRate(.falseAlarmRate(rate), heldOut: heldOut)
        #expect(unreachable?.neededCount == needed)
        #expect(UnreachableRate(.score(3), heldOut: heldOut) == nil)
    }

    @Test func aRateBelowAllNumbersHasNoCount() throws {
        let heldOut = HeldOutScores(unit: .row, count: 10, scores: [1], errors: [1])
        let unreachable = try #require(UnreachableRate(.falseAlarmRate(1e-30), heldOut: heldOut))
        #expect(unreachable.neededCount == nil)
    }
}
