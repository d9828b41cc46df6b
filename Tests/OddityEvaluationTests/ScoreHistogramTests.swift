import OddityEvaluation
import Testing

struct ScoreHistogramTests {
    private func check(_ histogram: ScoreHistogram, _ scores: LabeledScores) {
        #expect(histogram.edges.count == histogram.binCount + 1)
        #expect(histogram.anomalyCounts.count == histogram.binCount)
        #expect(histogram.edges.allSatisfy { $0.isFinite })
        #expect(zip(histogram.edges, histogram.edges.dropFirst()).allSatisfy { $0 < $1 })
        #expect(histogram.normalCounts.reduce(0, +) == scores.normalCount)
        #expect(histogram.anomalyCounts.reduce(0, +) == scores.anomalyCount)
        if let first = histogram.edges.first, let last = histogram.edges.last {
            #expect(first <= scores.lowestScore)
            #expect(last >= scores.highestScore)
        }
    }

    @Test func binsAreHalfOpenButForTheLast() throws {
        let scores = try LabeledScores(scores: [0, 1, 2, 3, 4], labels: [0, 0, 1, 0, 1])
        let histogram = try ScoreHistogram(scores, binCount: 4)
        #expect(histogram.edges == [0, 1, 2, 3, 4])
        #expect(histogram.normalCounts == [1, 1, 0, 1])
        #expect(histogram.anomalyCounts == [0, 0, 1, 1])
        #expect(histogram.spacing == .linear)
    }

    @Test(arguments: [
        [1.0, 1, 1, 1], [0], [-3], [1, 1.0.nextUp], [-1.7e308, 0, 1.7e308], [1e-300, 1, 1e300],
        [.greatestFiniteMagnitude], [0, .leastNonzeroMagnitude], [-1, -1e9, -2, -3],
    ])
    func extremesStayFiniteAndComplete(values: [Double]) throws {
        let labels = values.indices.map { $0 % 2 == 1 }
        let scores = try LabeledScores(scores: values, labels: labels)
        check(try ScoreHistogram(scores), scores)
        check(try ScoreHistogram(scores, binCount: 1), scores)
        check(try ScoreHistogram(scores, binCount: 500), scores)
    }

    @Test func positiveScoresOverManyMagnitudesGetALogarithmicLine() throws {
        let values = (0..<400).map { 1 + Double($0 % 37) / 37 } + [50, 3_000, 70_000]
        let scores = try LabeledScores(
            scores: values,
            labels: values.map { $0 > 10 }
        )
        let histogram = try ScoreHistogram(scores)
        #expect(histogram.spacing == .logarithmic)
        #expect(histogram.hasUpperTail)
        #expect(histogram.normalCounts.count { $0 > 0 } >= 5)
        check(histogram, scores)
    }

    @Test func aFarScoreDoesNotSqueezeTheRest() throws {
        let values = (0..<1_000).map { Double($0) / 500 - 1 } + [1e6]
        let scores = try LabeledScores(
            scores: values,
            labels: [Bool](repeating: false, count: values.count)
        )
        let histogram = try ScoreHistogram(scores)
        #expect(histogram.spacing == .linear)
        #expect(histogram.hasUpperTail)
        #expect(!histogram.hasLowerTail)
        #expect(histogram.normalCounts.count { $0 > 0 } >= 5)
        check(histogram, scores)
    }

    @Test func refusesNoBins() throws {
        let scores = try LabeledScores(scores: [1, 2], labels: [0, 1])
        #expect(throws: EvaluationError.self) { try ScoreHistogram(scores, binCount: 0) }
    }
}
