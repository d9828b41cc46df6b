internal import OddityDatasets
internal import OddityDetectors
internal import OddityFailures
internal import OddityNeuralNetworks
internal import OddityPreprocessing
internal import OddityRecords

/// Refuses, where that was asked for, a table of which a person should look at something first.
func checkStrictly(_ summary: TableSummary, _ columns: ColumnArguments) throws {
    guard columns.strict, let first = summary.concerns.first else { return }
    let more = summary.concerns.count - 1
    throw DatasetError(
        .doubtfulColumns,
        first + (more > 0 ? "; and \(counted(more, "more warning"))" : ""),
        at: DataLocation(file: summary.file)
    )
}
