import OddityDatasets
import OdditySeries
import Testing

@testable import OddityDetectors

/// Scores of rows with what follows them.
@Suite struct SeriesSmootherTests {
    /// Rows of one series, or of those that are named, with scores as they are given.
    private func rows(_ scores: [Double?], of entities: [String]? = nil) -> [SeriesScore] {
        scores.enumerated().map { place, score in
            SeriesScore(score, entity: entities?[place], starts: place == 0)
        }
    }

    @Test func aScoreIsTheWeightedMeanOfThoseThatFollow() {
        // A delay of 4 has weights 1, 1/2, 1/4, 1/8, 1/16.
        let scores = rows([16, 0, 8, 0, 0, 16, 4]).smoothedScores(delay: 4)
        let all = 1 + 0.5 + 0.25 + 0.125 + 0.0625
        let expected: [Double] = [
            (16 + 8 / 4) / all, (8 / 2 + 16 / 16) / all, (8 + 16 / 8 + 4 / 16) / all,
            (16 / 4 + 4 / 8) / (all - 0.0625), (16 / 2 + 4 / 4) / (all - 0.1875),
            (16 + 4 / 2) / 1.5, 4,
        ]
        #expect(scores.count == expected.count)
        for (score, expected) in zip(scores, expected) {
            #expect(abs((score ?? .nan) - expected) < 1e-12)
        }
    }

    @Test(arguments: [
        (SeriesSmoothing.mean, [8, 3, 5, 4, 8]), (.median, [7, 2, 7, 4, 8]),
        (.last, [7, 0, 8, 8, 8]),
    ])
    func scoresOfAllRowsThatARowWaitsForBecomeOne(smoothing: SeriesSmoothing, expected: [Double]) {
        // The row and two that follow; fewer at the end.
        let scores = rows([15, 2, 7, 0, 8]).smoothedScores(delay: 2, by: smoothing)
        #expect(scores == expected)
    }

    @Test func withoutDelayNothingChanges() {
        let given: [Double?] = [nil, 3, 1, nil, 7]
        #expect(rows(given).smoothedScores(delay: 0) == given)
        var smoother = SeriesSmoother<Int>(delay: 0)
        for (place, row) in rows(given).enumerated() {
            let ready = smoother.take(place, row)
            #expect(ready.map(\.item) == [place] && ready.map(\.score) == [given[place]])
        }
    }

    @Test func breaksAndOtherSeriesDoNotCount() {
        let entities = ["a", "b", "a", "b", "a"]
        let mixed = rows([1, 10, 2, 20, 3], of: entities).smoothedScores(delay: 2)
        #expect([mixed[0], mixed[2], mixed[4]] == rows([1, 2, 3]).smoothedScores(delay: 2))
        #expect([mixed[1], mixed[3]] == rows([10, 20]).smoothedScores(delay: 2))
        var broken = rows([1, 2, 30, 40])
        broken[2] = SeriesScore(30, entity: nil, starts: true)
        let apart =
            rows([1, 2]).smoothedScores(delay: 3) + rows([30, 40]).smoothedScores(delay: 3)
        #expect(broken.smoothedScores(delay: 3) == apart)
        // Rows without a score are passed over.
        let gaps = rows([5, nil, nil, 1]).smoothedScores(delay: 1)
        let expected = rows([5, 1]).smoothedScores(delay: 1)
        #expect(gaps == [expected[0], nil, nil, expected[1]])
    }

    @Test func rowsAreHandedOnInOrderOnceNoneFollowsThatCounts() {
        var smoother = SeriesSmoother<Int>(delay: 3)
        var handedOn: [Int] = []
        for (place, row) in rows((0..<10).map(Double.init)).enumerated() {
            handedOn += smoother.take(place, row).map(\.item)
            #expect(handedOn == Array(0..<max(0, place - 2)))
        }
        // One that could not be read waits for those before it.
        #expect(smoother.take(10, nil).isEmpty)
        #expect(smoother.finish().map(\.item) == [7, 8, 9, 10])
        #expect(smoother.finish().isEmpty)
    }

    @Test func noMoreRowsWaitThanTheLimit() {
        // The other series never goes on, so its row would wait for ever.
        var smoother = SeriesSmoother<Int>(delay: 3, limit: 5)
        var handedOn = smoother.take(0, SeriesScore(9, entity: "a", starts: true))
        for place in 1...5 {
            handedOn += smoother.take(place, SeriesScore(1, entity: "b", starts: place == 1))
        }
        #expect(handedOn.map(\.item) == [0, 1, 2] && handedOn[0].score == 9)
        #expect(smoother.finish().map(\.item) == [3, 4, 5])
    }

    @Test func verdictsStayAsTheyAre() throws {
        let table = try Machine(steps: 400, seed: 7).table()
        let detector = try SeriesSamples.quick().fitted(to: table)
        var scorer = SeriesScorer(detector, adaptation: .fast)
        let rows = try scorer.scores(of: table, reasonCount: 1)
        let numbers = rows.smoothedScores(delay: detector.smoothingDelay)
        #expect(detector.smoothingDelay == min(64, 2 * detector.window.steps))
        var changed = 0
        for (row, number) in zip(rows, numbers) {
            let ranked = row.ranked(by: number)
            #expect(ranked.score?.score == number)
            #expect(ranked.score?.pValue == row.score?.pValue)
            #expect(ranked.score?.tailPValue == row.score?.tailPValue)
            #expect(ranked.isAnomaly == row.isAnomaly && ranked.reasons == row.reasons)
            #expect(ranked.judgedScore == row.judgedScore)
            changed += ranked == row ? 0 : 1
        }
        #expect(changed > 300)
    }
}

extension SeriesScore {
    fileprivate init(_ score: Double?, entity: String?, starts: Bool) {
        self.init(
            state: .usable,
            entity: entity,
            instant: nil,
            verdict: score.map {
                Verdict(
                    score: RowScore(score: $0, pValue: 0.5, error: 0),
                    isAnomaly: false
                )
            },
            expected: [],
            startsSegment: starts,
            missingColumns: [],
            forgottenEntity: nil
        )
    }
}
