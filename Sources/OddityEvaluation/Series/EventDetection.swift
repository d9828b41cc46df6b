/// How many events were found and how many alarms were false, whatever their lengths.
///
/// An event is found when an alarm shares a row with it; an alarm is false when it shares no row
/// with any event. Several alarms within one event are all right, and one alarm may find several
/// events.
public struct EventDetection: Equatable, Sendable {
    /// The number of events of the truth.
    public let eventCount: Int
    /// The number of events that an alarm touches.
    public let foundCount: Int
    /// The number of alarms.
    public let alarmCount: Int
    /// The number of alarms that touch no event.
    public let falseAlarmCount: Int
    /// How long each event took to be found.
    public let delay: DetectionDelay

    /// The share of the alarms that touch an event; `nil` without an alarm.
    public var precision: Double? {
        alarmCount == 0 ? nil : Double(alarmCount - falseAlarmCount) / Double(alarmCount)
    }
    /// The share of the events that were found; `nil` without an event.
    public var recall: Double? {
        eventCount == 0 ? nil : Double(foundCount) / Double(eventCount)
    }
    /// The harmonic mean of precision and recall; `nil` with neither an alarm nor an event.
    public var f1: Double? { harmonicMean(precision, recall) }

    /// Compares alarms with events.
    ///
    /// - Parameters:
    ///   - events: The events of the truth.
    ///   - alarms: The alarms.
    ///   - instants: The time of each row in seconds, for delays in seconds.
    /// - Precondition: Both lists are in order and disjoint.
    /// - Throws: `EvaluationError` with code `invalidInstant` as ``DetectionDelay`` does.
    /// - Complexity: O(number of spans and overlaps).
    public init(events: [EventSpan], alarms: [EventSpan], instants: [Double]? = nil) throws {
        precondition(events.isOrdered && alarms.isOrdered, "spans are in order and disjoint")
        var firstFound = [Int?](repeating: nil, count: events.count)
        var isTrue = [Bool](repeating: false, count: alarms.count)
        events.forEachOverlap(with: alarms) { event, alarm, rows in
            if firstFound[event] == nil { firstFound[event] = rows.lowerBound }
            isTrue[alarm] = true
        }
        eventCount = events.count
        foundCount = firstFound.count { $0 != nil }
        alarmCount = alarms.count
        falseAlarmCount = isTrue.count { !$0 }
        delay = try DetectionDelay(events: events, firstFound: firstFound, instants: instants)
    }
}

/// The harmonic mean of precision and recall.
///
/// A figure that is undefined counts 0 as long as the other is defined, as F1 from counts has it.
func harmonicMean(_ precision: Double?, _ recall: Double?) -> Double? {
    guard precision != nil || recall != nil else { return nil }
    let (p, r) = (precision ?? 0, recall ?? 0)
    return p + r > 0 ? 2 * p * r / (p + r) : 0
}
