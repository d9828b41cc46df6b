internal import OddityDetectors
internal import OddityRecords
internal import OdditySeries

/// The columns of each series that have been missing for too long, told once when they go and once when they are back.
struct MissingColumns: Codable {
    private var columns: [String: [String]] = [:]

    /// Lets go of a series.
    mutating func forget(_ entity: String) { columns[entity] = nil }

    /// What a row changes.
    mutating func events(for row: SeriesScore, at place: SeriesAlarm.Position) -> [WatchEvent] {
        guard row.state == .missingValues || (row.state == .usable && !columns.isEmpty) else {
            return []
        }
        let key = row.entity ?? ""
        let before = columns[key] ?? []
        let now = row.missingColumns
        guard before != now else { return [] }
        columns[key] = now.isEmpty ? nil : now
        let gone = now.filter { !before.contains($0) }
        let back = before.filter { !now.contains($0) }
        return
            (gone.isEmpty
            ? [] : [.missingValues(place, entity: row.entity, columns: gone)])
            + (back.isEmpty ? [] : [.valuesBack(place, entity: row.entity, columns: back)])
    }
}
