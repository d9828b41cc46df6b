import OddityEvaluation
import Testing

struct ThresholdTests {
    private func hundredNormals() throws -> LabeledScores {
        try LabeledScores(
            scores: (1...100).map(Double.init),
            labels: [Bool](repeating: false, count: 100)
        )
    }

    @Test(arguments: [
        (0.0, 0), (0.009, 0), (0.01, 1), (0.05, 5), (0.07, 7), (0.29, 29), (0.999, 99), (1, 100),
    ])
    func falseAlarmRateIsKeptAndUsedUp(rate: Double, alarms: Int) throws {
        let choice = try hundredNormals().threshold(by: .falseAlarmRate(rate))
        #expect(choice.confusionMatrix.falsePositives == alarms)
        #expect(choice.value == Double(alarms) / 100)
        #expect(choice.value <= rate)
        #expect(choice.threshold.isFinite)
    }

    @Test func tiesAreNotSplitByAFalseAlarmRate() throws {
        let scores = try LabeledScores(
            scores: [1, 1, 1, 2, 2, 2, 2, 3, 3, 3],
            labels: [Bool](repeating: false, count: 10)
        )
        #expect(try scores.threshold(by: .falseAlarmRate(0.25)).confusionMatrix.falsePositives == 0)
        #expect(try scores.threshold(by: .falseAlarmRate(0.5)).confusionMatrix.falsePositives == 3)
    }

    @Test func falseAlarmRateCatchesWhatItCan() throws {
        // Below the only alarm allowed lies an anomaly; the threshold goes down to it.
        let scores = try LabeledScores(scores: [9, 8, 7, 6, 5], labels: [0, 1, 1, 0, 0])
        let choice = try scores.threshold(by: .falseAlarmRate(0.34))
        #expect(choice.threshold == 7)
        #expect(choice.confusionMatrix.truePositives == 2)
    }

    @Test func costsMoveTheThreshold() throws {
        let scores = try LabeledScores(
            scores: [1, 2, 3, 4, 5, 6, 7, 8],
            labels: [0, 0, 0, 1, 0, 0, 1, 1]
        )
        let careful = try scores.threshold(by: .leastCost(costFalseAlarm: 1, costMiss: 10))
        let calm = try scores.threshold(by: .leastCost(costFalseAlarm: 10, costMiss: 1))
        #expect(careful.threshold == 4)
        #expect(careful.value == 2.0 / 8)
        #expect(calm.threshold == 7)
        #expect(calm.value == 1.0 / 8)
    }

    @Test func dearAlarmsAndRareAnomaliesFlagNothing() throws {
        let scores = try LabeledScores(scores: [1, 2, 3], labels: [0, 1, 0])
        let choice = try scores.threshold(
            by: .leastCost(costFalseAlarm: 1, costMiss: 1, prevalence: 0.001)
        )
        #expect(choice.confusionMatrix.flaggedCount == 0)
        #expect(choice.threshold == 3.0.nextUp)
        #expect(abs(choice.value - 0.001) < 1e-18)
    }

    @Test func ofEqualThresholdsTheHighestIsTaken() throws {
        let scores = try LabeledScores(scores: [1, 2, 3, 4], labels: [0, 1, 0, 1])
        let choice = try scores.threshold(by: .youden)
        #expect(choice.threshold == 4)
        #expect(choice.value == 0.5)
    }

    @Test func undefinedFiguresAreNil() {
        let none = ConfusionMatrix(
            truePositives: 0,
            falsePositives: 0,
            trueNegatives: 5,
            falseNegatives: 0
        )
        #expect(none.precision == nil)
        #expect(none.recall == nil)
        #expect(none.f1 == nil)
        #expect(none.youdenIndex == nil)
        #expect(none.matthewsCorrelation == nil)
        #expect(none.falseAlarmRate == 0)
        #expect(none.accuracy == 1)
    }

    @Test func verdictsCountLikeScores() throws {
        let labels = [true, false, true, false, false]
        let scores: [Double] = [3, 2, 1, 0, 5]
        let matrix = try ConfusionMatrix(verdicts: scores.map { $0 >= 2 }, labels: labels)
        #expect(
            matrix == (try LabeledScores(scores: scores, labels: labels).confusionMatrix(at: 2))
        )
        #expect(matrix.count == 5)
    }

    @Test func largeCountsDoNotOverflowTheCorrelation() {
        let matrix = ConfusionMatrix(
            truePositives: 3_000_000_000,
            falsePositives: 3_000_000_000,
            trueNegatives: 3_000_000_000,
            falseNegatives: 3_000_000_000
        )
        #expect(matrix.matthewsCorrelation == 0)
    }
}
