import OddityNeuralNetworks
import Testing

@testable import OddityDetectors

@Suite struct TrainingHistoryTests {
    private func epochs(_ heldOut: [Double?]) -> [EpochRecord] {
        heldOut.enumerated().map { index, loss in
            EpochRecord(epoch: index + 1, trainingLoss: 1, validationLoss: loss, learningRate: 0.1)
        }
    }

    @Test func theFirstOfTheBestEpochsIsKept() {
        let history = TrainingHistory(epochs([3, 1, 2, 1]), keepsBest: true)
        #expect(history.kept?.epoch == 2)
    }

    @Test func theLastIsKeptWhereATrainingKeepsIt() {
        #expect(TrainingHistory(epochs([3, 1, 2]), keepsBest: false).kept?.epoch == 3)
    }

    @Test func theLastIsKeptWhereNothingWasHeldOut() {
        #expect(TrainingHistory(epochs([nil, nil]), keepsBest: true).kept?.epoch == 2)
        #expect(TrainingHistory([], keepsBest: true).kept == nil)
    }
}
