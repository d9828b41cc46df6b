internal import OddityDatasets
package import OddityDetectors
internal import OdditySeries

/// Writes the alarms of scored rows as CSV, each as it closes.
package final class AlarmWriter {
    private var alarms: SeriesAlarms
    private let writer: CSVWriter
    private let keys: [SeriesKey]
    private let columnLimit: Int

    /// - Parameter columnLimit: the most columns of an alarm to name.
    package init(path: String, _ detector: FittedSeriesDetector, columnLimit: Int) throws {
        alarms = try SeriesAlarms(detector)
        keys = detector.scoreKeys
        self.columnLimit = columnLimit
        var columns = keys.hasEntity ? ["entity"] : []
        for place in ["start", "end", "peak"] {
            columns.append(place + "_row")
            if keys.isLocalTime != nil { columns.append(place + "_time") }
        }
        columns += ["rows", "peak_score", "severity", "columns", "new_level"]
        writer = try CSVWriter(path: path, columns: columns)
    }

    package func add(_ rows: [SeriesScore], firstRow: Int) throws {
        for (offset, row) in rows.enumerated() {
            if let entity = row.forgottenEntity { try write(alarms.forget(entity)) }
            try write(alarms.add(row, number: firstRow + offset + 1))
        }
    }

    package func close() throws {
        for change in alarms.finish() { try write(change) }
        try writer.close()
    }

    private func write(_ change: SeriesAlarms.Change?) throws {
        guard case .closed(let alarm) = change else { return }
        var fields: [CSVWriter.Field] = []
        if keys.hasEntity { fields.append(alarm.entity.map { .text($0) } ?? .missing) }
        for place in [alarm.start, alarm.end, alarm.peak] {
            fields.append(.integer(place.row))
            if let isLocal = keys.isLocalTime {
                fields.append(place.instant.map { .text($0.text(isLocal: isLocal)) } ?? .missing)
            }
        }
        let columns = alarm.columns(limit: columnLimit)
            .map { "\($0.column) \(percent($0.share, 0))" }
        fields += [
            .integer(alarm.rowCount), .number(alarm.peakScore), .number(alarm.severity),
            .text(columns.joined(separator: "; ")), .integer(alarm.isNewLevel ? 1 : 0),
        ]
        try writer.write(fields)
    }
}
