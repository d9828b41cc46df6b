public import OddityEvaluation
internal import OdditySeries

/// Turns the scores of series into alarms, row by row, each series by itself.
///
/// Rows that are no part of their series, such as late ones, are passed over. A row without values is a
/// quiet one. Where a series begins anew, after a gap, or stays at a new level, its alarm ends.
public struct SeriesAlarms: Codable, Sendable {
    /// What a row did to the alarm of its series.
    public enum Change: Equatable, Sendable {
        /// An alarm has the least number of rows now.
        case opened(SeriesAlarm)
        /// An alarm that was opened has ended.
        case closed(SeriesAlarm)
    }

    /// When alarms open and close; nil where no row can be called an anomaly.
    public let rule: AlarmRule?
    private let decision: DecisionRule
    fileprivate var series: [String: Stream] = [:]

    fileprivate struct Stream: Codable, Sendable {
        var events: AlarmEvents
        var alarm: SeriesAlarm?
        var isAnnounced = false
    }

    /// Starts without an alarm.
    ///
    /// - Throws: `EvaluationError` for settings of alarms that make no rule.
    public init(_ detector: FittedSeriesDetector) throws {
        rule = try detector.alarmRule()
        decision = detector.decisionRule
    }

    /// Whether alarms go on by the same rules as those of another state.
    public func isLike(_ other: SeriesAlarms) -> Bool {
        rule == other.rule && decision == other.decision
    }

    /// Adds the next row.
    ///
    /// - Parameters:
    ///   - row: What became of it.
    ///   - number: What alarms call it.
    /// - Returns: An alarm that it opens or closes, or that a break before it closes.
    public mutating func add(_ row: SeriesScore, number: Int) -> Change? {
        guard let rule, row.state == .usable || row.state == .missingValues else { return nil }
        return Self.add(
            row,
            SeriesAlarm.Position(row: number, instant: row.instant),
            row.judgedScore.map(decision.measure),
            rule,
            &series[row.entity ?? "", default: Stream(events: AlarmEvents(rule: rule))]
        )
    }

    /// Closes the alarm of a series that is forgotten.
    ///
    /// - Parameter entity: its name, see ``SeriesScore/forgottenEntity``.
    public mutating func forget(_ entity: String) -> Change? {
        series.removeValue(forKey: entity)?.finished()
    }

    /// Closes all alarms, at the end of the rows; in the order in which they were opened.
    public mutating func finish() -> [Change] {
        var changes: [Change] = []
        for key in series.keys {
            if let change = series[key]?.finish() { changes.append(change) }
        }
        return changes.sorted { $0.alarm.start.row < $1.alarm.start.row }
    }

    private static func add(
        _ row: SeriesScore,
        _ place: SeriesAlarm.Position,
        _ measure: Double?,
        _ rule: AlarmRule,
        _ stream: inout Stream
    ) -> Change? {
        if row.startsLevel { stream.alarm?.startsLevel = true }
        let ended = row.isWarmUp || row.startsLevel ? stream.finish() : nil
        if stream.events.add(measure) != nil { return stream.close() }
        guard let event = stream.events.unfinished else {
            // A short one may have been dropped.
            stream.alarm = nil
            return ended
        }
        stream.follow(event, row, place)
        guard !stream.isAnnounced, stream.events.current != nil, let alarm = stream.alarm else {
            return ended
        }
        stream.isAnnounced = true
        return .opened(alarm)
    }
}

extension SeriesAlarms.Stream {
    /// Takes the last row into the open alarm.
    fileprivate mutating func follow(
        _ event: AlarmEvent,
        _ row: SeriesScore,
        _ place: SeriesAlarm.Position
    ) {
        let last = events.rowCount - 1
        guard event.lastRow == last else { return }
        var open =
            alarm ?? SeriesAlarm(entity: row.entity, start: place, score: event.peakScore)
        open.end = place
        if event.peakRow == last { open.peak = place }
        open.peakScore = event.peakScore
        open.severity = event.severity
        open.rowCount = event.rowCount
        open.oddRowCount += 1
        for reason in row.reasons { open.shares[reason.column, default: 0] += reason.share }
        alarm = open
    }

    fileprivate mutating func finish() -> SeriesAlarms.Change? {
        if events.finish() != nil { return close() }
        // A short one is dropped.
        alarm = nil
        return nil
    }

    /// The change that ends it.
    fileprivate func finished() -> SeriesAlarms.Change? {
        var last = self
        return last.finish()
    }

    fileprivate mutating func close() -> SeriesAlarms.Change? {
        defer { (alarm, isAnnounced) = (nil, false) }
        return alarm.map { .closed($0) }
    }
}

extension SeriesAlarms.Change {
    fileprivate var alarm: SeriesAlarm {
        switch self {
        case .opened(let alarm), .closed(let alarm): alarm
        }
    }
}
