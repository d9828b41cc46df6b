import OddityEvaluation
import Testing

@Suite("Intervals, comparisons, and the oddest rows")
struct RankingTests {
    /// Scores of rows of which each fifth is an anomaly, whose scores are higher by a shift; both from one seed.
    private func rows(_ count: Int, shift: Double, seed: UInt64) -> ([Double], [Bool]) {
        var state = seed
        func uniform() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 11) * 0x1p-53
        }
        let labels = (0..<count).map { $0 % 5 == 0 }
        // The sum of twelve uniform numbers is close to a normal one.
        let scores = labels.map { label in
            (0..<12).reduce(label ? shift : 0) { sum, _ in sum + uniform() - 0.5 }
        }
        return (scores, labels)
    }

    @Test("95 % intervals hold the true area in about 95 of 100 samples")
    func coversTheArea() throws {
        // For normal scores of variance 1 that lie 1 apart, the area is Φ(1 / √2).
        let area = 0.7602499389
        var held = 0
        for seed in 1...400 {
            let (scores, labels) = rows(150, shift: 1, seed: UInt64(seed) &* 7_919)
            let interval = try #require(
                try ROCCurve.areaInterval(LabeledScores(scores: scores, labels: labels))
            )
            if interval.lower...interval.upper ~= area { held += 1 }
        }
        #expect(365...395 ~= held)
    }

    @Test("equal rankings differ by nothing, and other ones in 1 of 20 samples by chance")
    func testsAtTheRate() throws {
        let (scores, labels) = rows(120, shift: 0.5, seed: 3)
        let same = try ROCComparison(scores, scores.map { 2 * $0 + 1 }, labels: labels)
        #expect(same.difference == 0 && same.pValue == 1 && same.interval == nil)
        var rejected = 0
        for seed in 1...400 {
            let (first, labels) = rows(150, shift: 1, seed: UInt64(seed) &* 104_729)
            let (second, _) = rows(150, shift: 1, seed: UInt64(seed) &* 1_299_709)
            let compared = try ROCComparison(first, second, labels: labels)
            if try #require(compared.pValue) < 0.05 { rejected += 1 }
        }
        #expect(8...34 ~= rejected)
    }

    @Test("the interval of the average precision repeats, holds it, and narrows with more rows")
    func bootstraps() throws {
        func interval(_ count: Int, _ seed: UInt64 = 0) throws -> ConfidenceInterval {
            let (scores, labels) = rows(count, shift: 1.5, seed: 5)
            let labeled = try LabeledScores(scores: scores, labels: labels)
            let found = try #require(
                try PrecisionRecallCurve.averagePrecisionInterval(labeled, seed: seed)
            )
            let average = try PrecisionRecallCurve(labeled).averagePrecision
            #expect(found.lower < average && average < found.upper)
            return found
        }
        let few = try interval(100)
        #expect(try few == interval(100))
        #expect(try few != interval(100, 1))
        let many = try interval(2_000)
        #expect(many.upper - many.lower < (few.upper - few.lower) / 2)
    }

    @Test("where resampling changes nothing, the rows tell no interval")
    func bootstrapsWithoutSpread() throws {
        for scores in [[1.0, 2, 3, 8, 9], [4, 4, 4, 4, 4]] {
            let labeled = try LabeledScores(scores: scores, labels: [0, 0, 0, 1, 1])
            #expect(try PrecisionRecallCurve.averagePrecisionInterval(labeled) == nil)
        }
        let one = try LabeledScores(scores: [1, 2, 0], labels: [0, 1, 0])
        #expect(try PrecisionRecallCurve.averagePrecisionInterval(one) == nil)
    }

    @Test("too few rows tell no interval, and a class that is missing is an error")
    func refusesFewRows() throws {
        let three = try LabeledScores(scores: [1, 2, 3], labels: [0, 1, 0])
        #expect(try ROCCurve.areaInterval(three) == nil)
        let apart = try LabeledScores(scores: [1, 2, 8, 9], labels: [0, 0, 1, 1])
        #expect(try ROCCurve.areaInterval(apart) == nil)
        let compared = try ROCComparison([1, 2, 3], [1, 3, 2], labels: [false, true, false])
        #expect(compared.pValue == nil && compared.standardError == nil)
        func code(_ body: () throws -> Void) -> EvaluationError.Code? {
            do { try body() } catch { return (error as? EvaluationError)?.code }
            return nil
        }
        let alone = try LabeledScores(scores: [1], labels: [1])
        #expect(code { _ = try ROCCurve.areaInterval(alone) } == .oneClassOnly)
        #expect(code { _ = try ROCComparison([1], [2], labels: [true]) } == .oneClassOnly)
        #expect(
            code { _ = try ROCCurve.areaInterval(three, confidence: 1) } == .invalidRate
        )
        let curve = try ROCCurve(scores: [1, 2], labels: [false, true])
        for rate in [0, -0.1, 1.1, .nan] {
            #expect(code { _ = try curve.standardizedArea(upTo: rate) } == .invalidRate)
        }
        #expect(try curve.standardizedArea(upTo: 1) == 1)
    }

    @Test("the oddest rows, with ties in part among them")
    func countsTheTop() throws {
        let scores = try LabeledScores(
            scores: [9, 8, 5, 5, 5, 5, 1, 1, 1, 1],
            labels: [1, 0, 1, 1, 0, 0, 0, 0, 0, 0]
        )
        let first = try scores.top(1)
        #expect(first.caught == 1 && first.precision == 1)
        #expect(first.recall == 1.0 / 3 && abs((first.lift ?? 0) - 10.0 / 3) < 1e-12)
        let tied = try scores.top(4)
        #expect(tied.caught == 2 && tied.precision == 0.5)
        let all = try scores.top(10)
        #expect(all.caught == 3 && all.recall == 1 && all.lift == 1)
        for count in [0, -1, 11] {
            #expect(throws: EvaluationError.self) { try scores.top(count) }
        }
        let normal = try LabeledScores(scores: [1, 2], labels: [0, 0]).top(1)
        #expect(normal.caught == 0 && normal.recall == nil && normal.lift == nil)
    }
}
