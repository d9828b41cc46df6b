import OddityEvaluation
import Testing

/// Spans, segments, event-wise and range-based figures, worked by hand.
@Suite struct EventTests {
    @Test func runsEndAtBreaksAndUnscoredRows() throws {
        let segments = try SeriesSegments(rowCount: 8, starts: [0, 4])
        let labels = try EventSpan.spans(of: flags("01111001"), in: segments)
        #expect(labels.map(\.rows) == [1..<4, 4..<5, 7..<8])
        let scores: [Double?] = [3, nil, 3, .nan, 3, 3, 1, 3]
        let alarms = try EventSpan.spans(of: scores, atLeast: 2, in: segments)
        #expect(alarms.map(\.rows) == [0..<1, 2..<3, 4..<6, 7..<8])
    }

    @Test func segmentsFollowEntities() throws {
        let segments = SeriesSegments(entities: ["a", "a", "b", "a"])
        #expect(segments.ranges == [0..<2, 2..<3, 3..<4])
        #expect(SeriesSegments(entities: [String]()).ranges.isEmpty)
        #expect(code { _ = try SeriesSegments(rowCount: 5, starts: [3, 3]) } == .invalidSegments)
        #expect(code { _ = try SeriesSegments(rowCount: 5, starts: [5]) } == .invalidSegments)
        #expect(code { _ = try SeriesSegments(rowCount: 5, starts: [-1]) } == .invalidSegments)
    }

    @Test func countsEventsAndAlarmsWhateverTheirLengths() throws {
        let detection = try EventDetection(
            events: spans("001111000011000110"),
            alarms: spans("100010000111000001"),
            instants: (0..<18).map { 10 * Double($0) }
        )
        #expect(detection.eventCount == 3)
        #expect(detection.foundCount == 2)
        #expect(detection.alarmCount == 4)
        #expect(detection.falseAlarmCount == 2)
        #expect(detection.precision == 0.5)
        #expect(agree(detection.recall, 2.0 / 3))
        #expect(agree(detection.f1, 4.0 / 7))
        // The second event was already covered when it began.
        #expect(detection.delay.rows == [2, 0, nil])
        #expect(detection.delay.seconds == [20, 0, nil])
        #expect(detection.delay.medianRows == 1)
        #expect(detection.delay.meanSeconds == 10)
    }

    @Test func oneAlarmFindsSeveralEvents() throws {
        let detection = try EventDetection(events: spans("0101010"), alarms: spans("0111110"))
        #expect(detection.foundCount == 3)
        #expect(detection.falseAlarmCount == 0)
    }

    @Test func figuresWithoutAlarmsOrEventsAreUndefined() throws {
        let silent = try EventDetection(events: spans("0110"), alarms: [])
        #expect(silent.precision == nil)
        #expect(silent.recall == 0)
        #expect(silent.f1 == 0)
        #expect(silent.delay.meanRows == nil)
        let nothing = try EventDetection(events: [], alarms: [])
        #expect(nothing.f1 == nil)
        let ranges = try RangeBasedFigures(events: [], alarms: spans("0110"))
        #expect(ranges.precision == 0)
        #expect(ranges.recall == nil)
    }

    @Test func coverageIsWeightedAndSplitAlarmsArePunished() throws {
        let events = try spans("0111100")
        // Rows 1 and 3 of the event's 1...4: two of four, in two pieces.
        let flat = try RangeBasedFigures(events: events, alarms: spans("0101000"), alpha: 0.5)
        #expect(agree(flat.recall, 0.5 + 0.5 * 0.5 / 2))
        #expect(flat.precision == 1)
        // Weights 4, 3, 2, 1.
        let front = try RangeBasedFigures(events: events, alarms: spans("0110000"), bias: .front)
        #expect(agree(front.recall, 0.7))
        #expect(
            code { _ = try RangeBasedFigures(events: [], alarms: [], alpha: 2) } == .invalidRate
        )
    }

    @Test func instantsAreChecked() throws {
        let events = try spans("0111")
        let alarms = try spans("0001")
        for instants in [[0, 1, 2], [0, 5, 6, 4], [0, .nan, 1, 2], [0, 1, 2, .infinity]] {
            #expect(
                code {
                    _ = try EventDetection(events: events, alarms: alarms, instants: instants)
                } == .invalidInstant
            )
        }
    }
}
