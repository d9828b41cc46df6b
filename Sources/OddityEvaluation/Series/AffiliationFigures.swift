/// Precision and recall by nearness in time: an alarm just beside an event is nearly right.
///
/// Each event owns the time up to halfway to its neighbours. Within that zone the distance from the
/// alarms to the event (precision) and from the event to the alarms (recall) is turned into the
/// probability that a random point of the zone does worse, and averaged over the events; random
/// alarms get about 0.5, not 0 (Huet, Navarro and Rossi 2022, "Local evaluation of time series
/// anomaly detection algorithms", KDD).
public struct AffiliationFigures: Equatable, Sendable {
    /// The figures of one event.
    public struct Event: Equatable, Sendable {
        /// The event's own precision in [0, 1]; `nil` without an alarm in its zone.
        public let precision: Double?
        /// The event's own recall in [0, 1]; 0 without an alarm in its zone.
        public let recall: Double
    }

    /// The figures of each event, in order.
    public let events: [Event]
    /// The number of alarms in segments without an event, which no event's zone can hold.
    ///
    /// They do not enter the figures; they are false alarms in ``EventDetection``.
    public let alarmsWithoutZone: Int

    /// The mean precision of the events that have one, in [0, 1]; `nil` if none has.
    public var precision: Double? {
        let known = events.compactMap(\.precision)
        return known.isEmpty ? nil : known.reduce(0, +) / Double(known.count)
    }
    /// The mean recall of the events, in [0, 1]; `nil` without an event.
    public var recall: Double? {
        events.isEmpty ? nil : events.reduce(0) { $0 + $1.recall } / Double(events.count)
    }
    /// The harmonic mean of precision and recall; `nil` without an event.
    public var f1: Double? { harmonicMean(precision, recall) }

    /// Compares alarms with events.
    ///
    /// - Parameters:
    ///   - events: The events of the truth.
    ///   - alarms: The alarms.
    ///   - segments: Where the series breaks; a zone ends there.
    /// - Precondition: Both lists are in order, disjoint, and within the segments.
    /// - Complexity: O(number of segments, spans and overlaps).
    public init(events: [EventSpan], alarms: [EventSpan], segments: SeriesSegments) {
        precondition(events.isOrdered && alarms.isOrdered, "spans are in order and disjoint")
        precondition(
            max(events.last?.last ?? -1, alarms.last?.last ?? -1) < segments.rowCount,
            "spans lie within the segments"
        )
        let eventSlices = segments.slices(of: events)
        let alarmSlices = segments.slices(of: alarms)
        var figures: [Event] = []
        var lost = 0
        for (segment, range) in segments.ranges.enumerated() {
            if eventSlices[segment].isEmpty { lost += alarmSlices[segment].count }
            var next = alarmSlices[segment].lowerBound
            for index in eventSlices[segment] {
                let event = events[index].interval
                let isFirst = index == eventSlices[segment].lowerBound
                let isLast = index == eventSlices[segment].upperBound - 1
                let start =
                    isFirst
                    ? Double(range.lowerBound)
                    : (events[index - 1].interval.upperBound + event.lowerBound) / 2
                let end =
                    isLast
                    ? Double(range.upperBound)
                    : (event.upperBound + events[index + 1].interval.lowerBound) / 2
                var pieces: [AffiliationZone.Interval] = []
                while next < alarmSlices[segment].upperBound {
                    let alarm = alarms[next].interval
                    let from = max(alarm.lowerBound, start)
                    let to = min(alarm.upperBound, end)
                    if from < to { pieces.append(from...to) }
                    // An alarm across the border belongs to the next zone too.
                    if alarm.upperBound > end { break }
                    next += 1
                }
                let zone = AffiliationZone(event: event, zone: start...end)
                figures.append(
                    Event(precision: zone.precision(of: pieces), recall: zone.recall(of: pieces))
                )
            }
        }
        self.events = figures
        alarmsWithoutZone = lost
    }
}

extension EventSpan {
    /// The rows as an interval of continuous time.
    fileprivate var interval: ClosedRange<Double> {
        Double(rows.lowerBound)...Double(rows.upperBound)
    }
}
