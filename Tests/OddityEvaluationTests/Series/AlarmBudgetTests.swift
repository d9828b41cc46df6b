import OddityEvaluation
import Testing

@Suite struct AlarmBudgetTests {
    /// Ten days of ten rows with peaks 1, 2, …, 20, each standing alone.
    private let heldOut: [Double?] = {
        var scores = [Double?](repeating: 0, count: 100)
        for peak in 0..<20 { scores[5 * peak + 2] = Double((7 * peak) % 20 + 1) }
        return scores
    }()

    @Test func keepsOneAlarmInReserve() throws {
        let choice = try AlarmBudgetChoice(
            AlarmBudget(alarmsPerDay: 0.5, rowsPerDay: 10),
            heldOut: heldOut
        )
        // Room for 5 alarms, one kept in reserve: the peaks 17 to 20.
        #expect(choice.rule.openThreshold == 17)
        #expect(choice.heldOutAlarmCount == 4)
        #expect(choice.heldOutDayCount == 10)
        #expect(choice.promisedAlarmsPerDay == 0.5)
        #expect(choice.finestAlarmsPerDay == 0.1)
        #expect(choice.isPromised)
    }

    @Test func aBudgetFinerThanTheDataIsNotPromised() throws {
        let choice = try AlarmBudgetChoice(
            AlarmBudget(alarmsPerDay: 0.05, rowsPerDay: 10),
            heldOut: heldOut
        )
        #expect(choice.rule.openThreshold > 20)
        #expect(choice.heldOutAlarmCount == 0)
        #expect(!choice.isPromised)
        let finest = try AlarmBudgetChoice(
            AlarmBudget(alarmsPerDay: choice.finestAlarmsPerDay, rowsPerDay: 10),
            heldOut: heldOut
        )
        #expect(finest.isPromised)
    }

    /// At 0 all rows are one alarm, which must not pass for a quiet detector.
    @Test func alarmsThatMergeDoNotPassForFew() throws {
        let choice = try AlarmBudgetChoice(
            AlarmBudget(alarmsPerDay: 0.2, rowsPerDay: 10, quietRowCount: 8),
            heldOut: heldOut
        )
        #expect(choice.rule.openThreshold > 0)
        #expect(choice.heldOutAlarmCount == 1)
    }

    @Test func unscoredRowsAreNoTime() throws {
        let half: [Double?] = heldOut.enumerated().map { $0.offset < 50 ? nil : $0.element }
        let choice = try AlarmBudgetChoice(
            AlarmBudget(alarmsPerDay: 1, rowsPerDay: 10),
            heldOut: half
        )
        #expect(choice.heldOutDayCount == 5)
    }

    /// Against the plain search: the lowest score from which on every threshold keeps the budget.
    @Test(arguments: [nil, 2.0], [[1, 1], [1, 2], [1, 4], [3, 1], [3, 4]])
    func agreesWithTryingEveryThreshold(close: Double?, counts: [Int]) throws {
        let (quiet, minimum) = (counts[0], counts[1])
        for seed in 1...6 {
            let scores: [Double?] = (0..<120).map { row in
                let value = (row * row * (seed + 6) + row * 31 + seed) % 97
                return value % 11 == 0 ? nil : Double(value % 23) / 4
            }
            let segments = try SeriesSegments(rowCount: 120, starts: [40, 47])
            let budget = try AlarmBudget(
                alarmsPerDay: 1,
                rowsPerDay: 120 / Double(2 * seed),
                closeThreshold: close,
                quietRowCount: quiet,
                minimumRowCount: minimum
            )
            let choice = try AlarmBudgetChoice(budget, heldOut: scores, segments: segments)
            let allowed = Int(choice.heldOutDayCount) - 1
            var expected: Double?
            for threshold in Set(scores.compactMap { $0 }).sorted(by: >)
            where threshold >= close ?? 0 {
                let rule = try AlarmRule(
                    openThreshold: threshold,
                    closeThreshold: close,
                    quietRowCount: quiet,
                    minimumRowCount: minimum
                )
                let alarms = try AlarmEvents.all(in: scores, rule: rule, segments: segments)
                if alarms.count > max(0, allowed) { break }
                expected = threshold
            }
            #expect(choice.heldOutAlarmCount <= max(0, allowed))
            if let expected {
                // The close threshold may lie between two scores.
                let opening = scores.compactMap { $0 }.filter { $0 >= choice.rule.openThreshold }
                #expect(opening.min() == expected)
            } else {
                #expect(choice.heldOutAlarmCount == 0)
            }
        }
    }

    @Test func badBudgetsAndScoresAreRefused() throws {
        for rate in [0, -1, .nan, .infinity] {
            #expect(
                code { _ = try AlarmBudget(alarmsPerDay: rate, rowsPerDay: 1) } == .invalidSetting
            )
            #expect(
                code { _ = try AlarmBudget(alarmsPerDay: 1, rowsPerDay: rate) } == .invalidSetting
            )
        }
        let budget = try AlarmBudget(alarmsPerDay: 1, rowsPerDay: 10)
        #expect(code { _ = try AlarmBudgetChoice(budget, heldOut: []) } == .empty)
        #expect(code { _ = try AlarmBudgetChoice(budget, heldOut: [nil, .nan]) } == .empty)
        #expect(code { _ = try AlarmBudgetChoice(budget, heldOut: [.infinity]) } == .nonFiniteScore)
        #expect(
            code {
                _ = try AlarmBudgetChoice(
                    budget,
                    heldOut: [1],
                    segments: SeriesSegments(rowCount: 2)
                )
            } == .lengthMismatch
        )
    }
}
