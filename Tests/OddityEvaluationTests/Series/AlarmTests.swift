import Foundation
import OddityEvaluation
import Testing

@Suite struct AlarmTests {
    private func alarms(_ scores: [Double?], _ rule: AlarmRule) throws -> [AlarmEvent] {
        try AlarmEvents.all(in: scores, rule: rule)
    }

    @Test func hysteresisHoldsAnAlarmOpen() throws {
        let rule = try AlarmRule(openThreshold: 5, closeThreshold: 2, quietRowCount: 2)
        let scores: [Double?] = [2, 5, 3, 1, 7, 2, 1, 1, 4, 6]
        let events = try alarms(scores, rule)
        #expect(events.map(\.span.rows) == [1..<6, 9..<10])
        #expect(events.map(\.peakRow) == [4, 9])
        #expect(events.map(\.peakScore) == [7, 6])
        // 3 + 1 + 5 + 0 above the close threshold; the quiet row 3 adds nothing.
        #expect(events.map(\.severity) == [9, 4])
    }

    @Test func rowsWithoutAScoreAreQuiet() throws {
        let rule = try AlarmRule(openThreshold: 5, closeThreshold: 2, quietRowCount: 2)
        let scores: [Double?] = [nil, 6, nil, 6, .nan, nil, 3, 6]
        #expect(try alarms(scores, rule).map(\.span.rows) == [1..<4, 7..<8])
    }

    @Test func shortAlarmsAreDropped() throws {
        let rule = try AlarmRule(openThreshold: 5, quietRowCount: 2, minimumRowCount: 3)
        #expect(try alarms([5, 0, 5, 0, 0, 5, 5, 0, 0], rule).map(\.span.rows) == [0..<3])
    }

    @Test func anAlarmEndsAtABreak() throws {
        let rule = try AlarmRule(openThreshold: 5, quietRowCount: 3)
        let events = try AlarmEvents.all(
            in: [0, 5, 5, 5],
            rule: rule,
            segments: SeriesSegments(entities: ["a", "a", "b", "b"])
        )
        #expect(events.map(\.span.rows) == [1..<2, 2..<4])
    }

    @Test func simpleRulesGiveTheRunsAboveAThreshold() throws {
        let scores: [Double?] = (0..<500).map { row in
            let value = (row * row * 13 + row * 7) % 101
            return value % 9 == 0 ? nil : Double(value % 5)
        }
        let runs = try EventSpan.spans(
            of: scores,
            atLeast: 3,
            in: SeriesSegments(rowCount: scores.count)
        )
        #expect(runs.count > 50)
        #expect(try alarms(scores, AlarmRule(openThreshold: 3)).map(\.span) == runs)
    }

    @Test func aStreamPutAwayAfterEveryRowGivesTheSameAlarms() throws {
        let rule = try AlarmRule(
            openThreshold: 0.8,
            closeThreshold: 0.5,
            quietRowCount: 3,
            minimumRowCount: 2
        )
        let scores: [Double?] = (0..<400).map { row in
            row % 17 == 0 ? nil : abs(sin(Double(row * row) * 0.37))
        }
        var stream = AlarmEvents(rule: rule)
        var events: [AlarmEvent] = []
        for score in scores {
            let saved = try JSONEncoder().encode(stream)
            stream = try JSONDecoder().decode(AlarmEvents.self, from: saved)
            if let event = stream.add(score) { events.append(event) }
        }
        if let event = stream.finish() { events.append(event) }
        #expect(events.count > 10)
        #expect(try events == alarms(scores, rule))
    }

    @Test func theOpenAlarmIsKnownBeforeItCloses() throws {
        var stream = AlarmEvents(rule: try AlarmRule(openThreshold: 5, minimumRowCount: 2))
        #expect(stream.add(6) == nil)
        #expect(stream.current == nil)
        #expect(stream.add(5) == nil)
        #expect(stream.current?.span.rows == 0..<2)
        #expect(stream.add(0)?.peakScore == 6)
        #expect(stream.current == nil)
    }

    @Test func infiniteScoresKeepTheStateFinite() throws {
        let rule = try AlarmRule(openThreshold: -1)
        let events = try alarms([.infinity, .infinity, -.infinity], rule)
        #expect(events.map(\.peakScore) == [.greatestFiniteMagnitude])
        #expect(events.map(\.severity) == [.greatestFiniteMagnitude])
    }

    @Test func badRulesAndStatesAreRefused() throws {
        #expect(code { _ = try AlarmRule(openThreshold: .nan) } == .invalidThreshold)
        #expect(
            code { _ = try AlarmRule(openThreshold: 1, closeThreshold: 2) } == .invalidThreshold
        )
        #expect(code { _ = try AlarmRule(openThreshold: 1, quietRowCount: 0) } == .invalidSetting)
        #expect(code { _ = try AlarmRule(openThreshold: 1, minimumRowCount: 0) } == .invalidSetting)

        var stream = AlarmEvents(rule: try AlarmRule(openThreshold: 1, quietRowCount: 2))
        _ = stream.add(3)
        let saved = String(decoding: try JSONEncoder().encode(stream), as: UTF8.self)
        for (part, forged) in [
            (#""rowCount":1"#, #""rowCount":9223372036854775807"#),
            (#""rowCount":1"#, #""rowCount":0"#),
            (#""rowCount":1"#, #""rowCount":-9223372036854775808"#),
            (#""quietCount":0"#, #""quietCount":-4"#),
            (#""peakRow":0"#, #""peakRow":7"#),
            (#""quietRowCount":2"#, #""quietRowCount":0"#),
        ] {
            #expect(saved.contains(part))
            let text = saved.replacingOccurrences(of: part, with: forged)
            #expect(throws: (any Error).self) {
                try JSONDecoder().decode(AlarmEvents.self, from: Data(text.utf8))
            }
        }
    }
}
