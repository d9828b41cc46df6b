import Foundation
import OddityLinearAlgebra
import OdditySeries
import Testing

@testable import OddityDetectors

/// What a row's score becomes as its series moves on.
@Suite struct SeriesLevelTests {
    private static let layout = Result { () throws -> SeriesLayout in
        var detector = SeriesSamples.quick()
        detector.windowLength = 32
        return try detector.fitted(
            to: Machine(steps: 400, seed: 1).table(seconds: Array(0..<400)),
            options: SeriesSamples.timed
        ).layout
    }
    private let layout: SeriesLayout

    init() throws { layout = try Self.layout.get() }

    private func rule(_ adaptation: SeriesAdaptation = .fast) -> SeriesLevelRule {
        SeriesLevelRule(adaptation, layout, tailScale: 0.1)
    }

    /// −log₁₀ of uniform draws: what exchangeable rows score at the level of the training.
    private func scores(_ count: Int, seed: UInt64) -> [Double] {
        var stream = RandomStream(seed: seed, use: .sampling)
        return (0..<count).map { _ in
            -log10((Double(stream.next() >> 11) + 0.5) / 9_007_199_254_740_992)
        }
    }

    /// The adapted scores, and the places where levels start.
    private func followed(
        _ scores: [Double],
        _ adaptation: SeriesAdaptation = .fast
    ) -> (scores: [Double], starts: [Int]) {
        var level = SeriesLevel()
        let rule = rule(adaptation)
        var (result, starts): ([Double], [Int]) = ([], [])
        for (index, score) in scores.enumerated() {
            let outcome = level.take(score, index == 0 ? .starts : .continues, rule)
            result.append(outcome.score)
            if outcome.startsLevel { starts.append(index) }
        }
        return (result, starts)
    }

    private func flagged(_ scores: some Sequence<Double>) -> Int {
        scores.reduce(0) { $0 + ($1 >= 2 ? 1 : 0) }
    }

    @Test func rowsLikeThoseOfTheTrainingKeepTheirScores() {
        // The first that exceed 2 are anomalies; until they are taken for a new level, nothing moves.
        let quiet = scores(5_000, seed: 1).map { min($0, 1.9) }
        #expect(followed(quiet).scores == quiet)
    }

    @Test func theRateIsNearTheAskedOneAtAnotherLevel() {
        let moved = scores(50_000, seed: 2).map { 5 + $0 }
        let settled = followed(moved).scores.dropFirst(2_000)
        #expect(flagged(moved) == 50_000)
        let count = flagged(settled)
        #expect((300...1_000).contains(count), "\(count) of 48,000")
        // About half of the normal rows look usual.
        let usual = settled.filter { $0 > 0.301 }.count
        #expect((15_000...25_000).contains(usual), "\(usual)")
    }

    @Test func driftIsFollowed() {
        // A decade of oddity in a thousand rows.
        let drifting = scores(20_000, seed: 3).enumerated().map { 0.001 * Double($0) + $1 }
        #expect(flagged(drifting) > 18_000)
        let count = flagged(followed(drifting).scores)
        #expect((200...3_000).contains(count), "\(count) of 20,000")
    }

    @Test func faultsAreCaughtAndEnd() {
        var series = scores(4_000, seed: 4).map { 5 + 0.3 * min($0, 1.5) }
        for row in 3_000..<3_050 { series[row] += 4 }
        let result = followed(series).scores
        #expect(flagged(result[3_000..<3_050]) == 50)
        #expect(flagged(result[3_050..<3_100]) <= 1)
        #expect(flagged(result[2_000..<3_000]) <= 20)
        // It was no new level: what comes after it is measured as before.
        for row in 3_300..<3_310 { series[row] += 2 }
        #expect(flagged(followed(series).scores[3_300..<3_310]) == 10)
    }

    @Test(arguments: [(SeriesAdaptation.fast, 600), (.slow, 2_400)])
    func aLevelThatStaysIsTakenAsOne(_ adaptation: SeriesAdaptation, _ longest: Int) {
        var series = scores(8_000, seed: 5).map { 0.3 * min($0, 1.5) }
        for row in 1_000..<8_000 { series[row] += 60 }
        let result = followed(series, adaptation)
        #expect(adaptation.longestAlarm == longest)
        #expect(flagged(result.scores[1_000..<1_000 + longest]) == longest)
        #expect(result.starts.first == 1_000 + longest)
        let after = flagged(result.scores[(1_000 + longest)...])
        #expect(after < 400, "\(after)")
        // The lower the new level, the sooner: the bar rises by a score in a hundred rows.
        for row in 1_000..<8_000 { series[row] -= 57 }
        let low = followed(series)
        #expect(low.starts[0] < 1_200, "\(low.starts[0])")
    }

    @Test func scoresThatOnlyFadeAreNoAnomalies() {
        var series = [Double](repeating: 0.2, count: 300)
        for row in 100..<120 { series[row] = 20 }
        // Squares of an average over 32 rows fall by 2/33 · 2 a row: in scores by 0.53.
        for row in 120..<160 { series[row] = max(0.2, 20 - 0.53 * Double(row - 119)) }
        let result = followed(series)
        #expect(flagged(result.scores[100..<120]) == 20)
        #expect(flagged(result.scores[124..<300]) == 0)
        #expect(result.starts.isEmpty)
        // What is added while it fades is told.
        for row in 140..<143 { series[row] += 6 }
        #expect(flagged(followed(series).scores[140..<143]) == 3)
    }

    @Test func aRowThatTakesThePlaceOfTheLastLeavesNothingOfIt() throws {
        let rule = rule()
        #expect(rule.keepsBefore)
        var (plain, revised) = (SeriesLevel(), SeriesLevel())
        for score in scores(500, seed: 6).map({ 3 + $0 }) {
            #expect(revised.take(90, .continues, rule).score > 2)
            let first = plain.take(score, .continues, rule)
            let second = revised.take(score, .revises, rule)
            #expect(first.score == second.score && first.startsLevel == second.startsLevel)
        }
        #expect(plain == revised)
    }
}
