internal import OddityDatasets
internal import OddityDetectors
internal import OddityRecords
internal import OdditySeries

/// The rows of series to learn from: all, or the latest that there is memory for.
struct TrainingSeries {
    let table: Table
    /// The number of all rows.
    let rowCount: Int
    /// What reads them again; nil for an array.
    var reader: (any TableSource)?
    /// What a person should know of the columns.
    var concerns: [String] = []
    /// What their times tell beside the date; nil where nothing.
    var timeOfDay: TimeOfDay?

    /// Whether there are rows that are not learned from.
    var isCut: Bool { table.rowCount < rowCount }
    /// The number of the first row that is learned from, counted from 0.
    var firstRow: Int { rowCount - table.rowCount }

    /// All rows once more, for what was learned from them.
    func source(for detector: FittedSeriesDetector, path: String) throws -> SeriesSource {
        guard let reader else { return .array(try ArraySeries(path: path)) }
        try reader.select(detector.requiredSchema, keeping: Set(detector.keyColumns))
        return .table(reader)
    }
}
