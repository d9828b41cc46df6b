import OddityEvaluation
import Testing

struct LabeledScoresTests {
    private func code(_ body: () throws -> Void) -> EvaluationError.Code? {
        do {
            try body()
            return nil
        } catch let error as EvaluationError {
            #expect(!error.message.isEmpty && !error.message.contains("\n"))
            return error.code
        } catch {
            return nil
        }
    }

    @Test func countsClassesAndDistinctScores() throws {
        let scores = try LabeledScores(scores: [1, 2, 2, 3, -0.0, 0], labels: [0, 1, 0, 1, 0, 0])
        #expect(scores.count == 6)
        #expect(scores.anomalyCount == 2)
        #expect(scores.normalCount == 4)
        #expect(scores.distinctCount == 4)
        #expect(scores.lowestScore == 0)
        #expect(scores.highestScore == 3)
        #expect(scores.prevalence == 2.0 / 6)
    }

    @Test func refusesUnusableInput() {
        #expect(
            code { _ = try LabeledScores(scores: [1], labels: [true, false]) } == .lengthMismatch
        )
        #expect(code { _ = try LabeledScores(scores: [Double](), labels: [Bool]()) } == .empty)
        #expect(
            code { _ = try LabeledScores(scores: [1, .nan], labels: [0, 1]) } == .nonFiniteScore
        )
        #expect(
            code { _ = try LabeledScores(scores: [-.infinity, 1], labels: [0, 1]) }
                == .nonFiniteScore
        )
        #expect(code { _ = try LabeledScores(scores: [1, 2], labels: [0, 2]) } == .invalidLabel)
        #expect(code { _ = try ConfusionMatrix(verdicts: [], labels: []) } == .empty)
        #expect(
            code { _ = try ConfusionMatrix(verdicts: [true], labels: []) } == .lengthMismatch
        )
    }

    @Test func namesTheRowOfABadScore() {
        #expect(throws: EvaluationError.self) {
            try LabeledScores(scores: [1, 2, .nan], labels: [0, 0, 1])
        }
        do {
            _ = try LabeledScores(scores: [1, 2, .nan], labels: [0, 0, 1])
        } catch {
            #expect("\(error)".contains("score 3 of 3 is nan"))
        }
    }

    @Test(arguments: [[0, 0, 0], [1, 1, 1]])
    func oneClassHasAConfusionMatrixButNoCurve(labels: [Int]) throws {
        let scores = try LabeledScores(scores: [1, 2, 3], labels: labels)
        #expect(try scores.confusionMatrix(at: 2).flaggedCount == 2)
        #expect(code { _ = try ROCCurve(scores) } == .oneClassOnly)
        #expect(code { _ = try PrecisionRecallCurve(scores) } == .oneClassOnly)
        #expect(code { _ = try scores.threshold(by: .youden) } == .oneClassOnly)
        #expect(code { _ = try scores.threshold(by: .bestF1) } == .oneClassOnly)
        let cost = ThresholdCriterion.leastCost(costFalseAlarm: 1, costMiss: 1)
        #expect(code { _ = try scores.threshold(by: cost) } == .oneClassOnly)
    }

    @Test func thresholdIsInclusiveAndMayLieBetweenScores() throws {
        let scores = try LabeledScores(scores: [1, 2, 3, 4], labels: [0, 0, 1, 1])
        let flagged = try [0, 1, 1.5, 4, 4.5, -.infinity, .infinity].map {
            try scores.confusionMatrix(at: $0).flaggedCount
        }
        #expect(flagged == [4, 4, 3, 1, 0, 4, 0])
        #expect(code { _ = try scores.confusionMatrix(at: .nan) } == .invalidThreshold)
    }

    @Test func orderOfTheRowsDoesNotMatter() throws {
        let scores: [Double] = [5, 1, 3, 3, 2, 5]
        let labels = [1, 0, 0, 1, 0, 0]
        let forward = try LabeledScores(scores: scores, labels: labels)
        let backward = try LabeledScores(scores: scores.reversed(), labels: labels.reversed())
        #expect(forward == backward)
    }

    @Test func refusesUnusableCriteria() throws {
        let scores = try LabeledScores(scores: [1, 2, 3, 4], labels: [0, 0, 1, 1])
        let bad: [(ThresholdCriterion, EvaluationError.Code)] = [
            (.falseAlarmRate(-0.1), .invalidRate),
            (.falseAlarmRate(.nan), .invalidRate),
            (.leastCost(costFalseAlarm: -1, costMiss: 1), .invalidCost),
            (.leastCost(costFalseAlarm: 1, costMiss: .infinity), .invalidCost),
            (.leastCost(costFalseAlarm: 0, costMiss: 0), .invalidCost),
            (.leastCost(costFalseAlarm: 1, costMiss: 1, prevalence: 2), .invalidRate),
        ]
        for (criterion, expected) in bad {
            #expect(code { _ = try scores.threshold(by: criterion) } == expected)
        }
    }
}
