internal import OddityDatasets
package import OddityDetectors
internal import OddityFailures
internal import OdditySeries

/// What is told beside scores.
package enum WatchEvent {
    case alarmOpened(SeriesAlarm)
    case alarmClosed(SeriesAlarm)
    case missingValues(SeriesAlarm.Position, entity: String?, columns: [String])
    case valuesBack(SeriesAlarm.Position, entity: String?, columns: [String])
    case silence(seconds: Double, last: SeriesAlarm.Position?)

    package init(_ change: SeriesAlarms.Change) {
        switch change {
        case .opened(let alarm): self = .alarmOpened(alarm)
        case .closed(let alarm): self = .alarmClosed(alarm)
        }
    }

    /// What a person is told at once.
    package var notice: String {
        func text(_ place: SeriesAlarm.Position, _ entity: String?, _ columns: [String]) -> String {
            let names =
                columns.prefix(6).map { printable($0) }.joined(separator: ", ")
                + (columns.count > 6 ? ", …" : "")
            let series = entity.map { " of \(printable($0))" } ?? ""
            return "row \(grouped(place.row))\(series): \(names)"
        }
        return switch self {
        case .missingValues(let place, let entity, let columns):
            text(place, entity, columns) + " missing for too long, so there are no scores"
        case .valuesBack(let place, let entity, let columns):
            text(place, entity, columns) + " back"
        case .silence(let seconds, _): "nothing came for \(seconds) s"
        case .alarmOpened(let alarm): "alarm from row \(grouped(alarm.start.row))"
        case .alarmClosed(let alarm):
            "alarm from row \(grouped(alarm.start.row)) to \(grouped(alarm.end.row))"
        }
    }

    /// The event as a JSON object on one line.
    ///
    /// - Parameters:
    ///   - keys: what the rows of the model are told apart by.
    ///   - columnLimit: the most columns of an alarm to name.
    package func json(keys: [SeriesKey], columnLimit: Int) -> String {
        switch self {
        case .alarmOpened(let alarm): Self.json("alarm-opened", alarm, keys, columnLimit)
        case .alarmClosed(let alarm): Self.json("alarm-closed", alarm, keys, columnLimit)
        case .missingValues(let place, let entity, let columns):
            Self.json("missing-values", place, entity, columns, keys)
        case .valuesBack(let place, let entity, let columns):
            Self.json("values-back", place, entity, columns, keys)
        case .silence(let seconds, let last):
            "{\"event\":\"silence\",\"seconds\":\(seconds)"
                + Self.place(last, "", keys) + "}"
        }
    }

    private static func json(
        _ name: String,
        _ alarm: SeriesAlarm,
        _ keys: [SeriesKey],
        _ columnLimit: Int
    ) -> String {
        var text = "{\"event\":\"\(name)\"" + entity(alarm.entity, keys)
        text += place(alarm.start, "start_", keys)
        text += place(alarm.end, "end_", keys)
        text += place(alarm.peak, "peak_", keys)
        text += ",\"peak_score\":\(jsonNumber(alarm.peakScore))"
        text += ",\"severity\":\(jsonNumber(alarm.severity)),\"rows\":\(alarm.rowCount)"
        text += ",\"columns\":["
        for (index, column) in alarm.columns(limit: columnLimit).enumerated() {
            text += index > 0 ? ",{\"column\":" : "{\"column\":"
            appendJSON(column.column, to: &text)
            text += ",\"share\":\(jsonNumber(roundedShare(column.share)))}"
        }
        text += "]"
        if alarm.isNewLevel { text += ",\"new_level\":true" }
        return text + "}"
    }

    private static func json(
        _ name: String,
        _ place: SeriesAlarm.Position,
        _ entity: String?,
        _ columns: [String],
        _ keys: [SeriesKey]
    ) -> String {
        var text = "{\"event\":\"\(name)\"" + self.entity(entity, keys)
        text += self.place(place, "", keys) + ",\"columns\":["
        for (index, column) in columns.enumerated() {
            if index > 0 { text += "," }
            appendJSON(column, to: &text)
        }
        return text + "]}"
    }

    private static func entity(_ entity: String?, _ keys: [SeriesKey]) -> String {
        guard keys.hasEntity else { return "" }
        guard let entity else { return ",\"entity\":null" }
        var text = ",\"entity\":"
        appendJSON(entity, to: &text)
        return text
    }

    private static func place(
        _ place: SeriesAlarm.Position?,
        _ prefix: String,
        _ keys: [SeriesKey]
    ) -> String {
        let row = ",\"\(prefix)row\":\(place.map { "\($0.row)" } ?? "null")"
        guard let isLocal = keys.isLocalTime else { return row }
        let time = place?.instant?.text(isLocal: isLocal)
        return row + ",\"\(prefix)time\":\(time.map { "\"\($0)\"" } ?? "null")"
    }
}
