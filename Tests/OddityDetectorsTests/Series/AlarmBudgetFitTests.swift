import OddityDetectors
import OddityEvaluation
import OdditySeries
import Testing

/// Alarms of series: when they open and close, and how many a day there may be.
@Suite struct AlarmBudgetFitTests {
    private static func detector(alarmsPerDay: Double?) throws -> FittedSeriesDetector {
        var detector = SeriesSamples.quick()
        detector.epochs = 20
        detector.folds = 4
        detector.alarmsPerDay = alarmsPerDay
        // One step a minute: two days of 1,440 steps.
        let seconds = (0..<2_880).map { $0 * 60 }
        return try detector.fitted(
            to: Machine(steps: 2_880, seed: 3).table(seconds: seconds),
            options: SeriesOptions(timeColumn: "time")
        )
    }

    @Test func aBudgetIsKeptOnNewNormalSteps() throws {
        let detector = try Self.detector(alarmsPerDay: 4)
        let rule = try #require(try detector.alarmRule())
        guard case .score(let threshold) = detector.decisionRule else {
            Issue.record("\(detector.decisionRule)")
            return
        }
        #expect(rule.openThreshold == threshold && rule.closeThreshold == threshold / 2)
        #expect(rule.quietRowCount == 1)
        let days = 5
        let seconds = (0..<1_440 * days).map { 86_400 * 10 + $0 * 60 }
        let scores = try detector.scores(
            of: Machine(steps: seconds.count, seed: 8).table(seconds: seconds)
        )
        let alarms = try AlarmEvents.all(in: scores.map { $0.score?.score }, rule: rule)
        #expect(alarms.count <= 4 * days * 2)
        #expect(try Self.detector(alarmsPerDay: 50).decisionRule != detector.decisionRule)
    }

    @Test func theHeldOutDaysSayWhatTheyCanPromise() throws {
        let detector = try Self.detector(alarmsPerDay: nil)
        let least = try #require(detector.leastAlarmsPerDay)
        #expect(abs(least - 1_440 / Double(detector.heldOut.count)) < 1e-9)
        #expect(detector.decisionRule == .falseAlarmRate(0.01))
        #expect(try detector.alarmRule()?.openThreshold.rounded() == 2)
    }

    @Test func aBudgetNeedsDays() throws {
        var detector = SeriesSamples.quick()
        detector.alarmsPerDay = 1
        #expect(throws: DetectorError.self) {
            try detector.fitted(to: Machine(steps: 90, seed: 1).table())
        }
        detector.alarmsPerDay = 0
        #expect(throws: DetectorError.self) { try detector.validate() }
    }

    @Test func aRateOutOfReachOpensNoAlarm() throws {
        var detector = try SeriesSamples.quick().fitted(to: Machine(steps: 90, seed: 1).table())
        detector.decisionRule = .falseAlarmRate(1e-6)
        #expect(try detector.alarmRule() == nil)
        detector.decisionRule = .score(3)
        detector.alarms.quietRowCount = 5
        detector.alarms.minimumRowCount = 2
        let rule = try #require(try detector.alarmRule())
        #expect(rule.openThreshold == 3 && rule.quietRowCount == 5 && rule.minimumRowCount == 2)
        detector.alarms.quietRowCount = 0
        #expect(throws: EvaluationError.self) { try detector.alarmRule() }
    }
}
