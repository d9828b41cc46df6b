import Foundation
import OddityEvaluation
import Testing

@testable import OddityReports

@Suite("What other thresholds would do")
struct MovableThresholdTests {
    private struct Steps: Decodable {
        let thresholds: [Double?]
        let caught, alarms: [Int]
        let anomalies, normals, own: Int
        let measure: String
    }

    private func movable(_ scores: LabeledScores, at threshold: Double) throws -> MovableThreshold {
        try MovableThreshold(scores, threshold: threshold, costFalseAlarm: 1, costMiss: 20)
    }

    @Test("every step says what its threshold does")
    func countsAsTheMatrixDoes() throws {
        let scores = try sampleScores()
        let movable = try movable(scores, at: 3.35)
        #expect(movable.steps.count <= 602)
        #expect(movable.steps[0] == .init(threshold: .infinity, caught: 0, falseAlarms: 0))
        #expect(movable.steps.last?.falseAlarms == scores.normalCount)
        for step in movable.steps.dropFirst() {
            let matrix = try scores.confusionMatrix(at: step.threshold)
            #expect(step.caught == matrix.truePositives)
            #expect(step.falseAlarms == matrix.falsePositives)
        }
        let thresholds = movable.steps.map(\.threshold)
        #expect(thresholds == thresholds.sorted(by: >) && Set(thresholds).count == thresholds.count)
        #expect(thresholds[movable.ownIndex] == 3.35)
        // Few alarms are looked at closely: each of the first is a step of its own.
        #expect(movable.steps.prefix(20).map { $0.caught + $0.falseAlarms } == Array(0..<20))
    }

    @Test("a threshold that is a score is no step of its own, and one beyond all is")
    func placesTheOwn() throws {
        let scores = try LabeledScores(scores: [1, 2, 3, 4], labels: [0, 0, 1, 1])
        #expect(try movable(scores, at: 3).steps.count == 5)
        #expect(try movable(scores, at: 2.5).steps.count == 6)
        let above = try movable(scores, at: 9)
        #expect(above.ownIndex == 1 && above.steps[1].caught == 0)
        let below = try movable(scores, at: 0)
        #expect(below.ownIndex == 5 && below.steps[5].falseAlarms == 2)
        #expect(try movable(scores, at: .infinity).steps.count == 5)
    }

    @Test("the steps are JSON, and XML as they stand")
    func writesJSON() throws {
        var movable = try movable(sampleScores(), at: 3.35)
        movable.measure = "error"
        let steps = try JSONDecoder().decode(Steps.self, from: Data(movable.json.utf8))
        #expect(steps.thresholds[0] == nil && steps.thresholds[steps.own] == 3.35)
        #expect(steps.caught.last == 90 && steps.alarms.last == 2_000)
        #expect(steps.anomalies == 90 && steps.normals == 2_000 && steps.measure == "error")
        for text in [movable.json, PageScript.moverText] {
            #expect(!text.contains("<") && !text.contains("&") && !text.contains("]]>"))
        }
    }

    @Test("costs are those of the criterion")
    func countsCosts() throws {
        let scores = try sampleScores()
        let movable = try movable(scores, at: 3.35)
        let least = try scores.threshold(by: .leastCost(costFalseAlarm: 1, costMiss: 20))
        let best = try #require(movable.costs.map(\.y).min())
        #expect(best >= least.value - 1e-12 && best < least.value * 1.02)
    }
}
