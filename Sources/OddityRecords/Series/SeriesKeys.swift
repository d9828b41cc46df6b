package import OddityDatasets
package import OdditySeries

extension SeriesOptions {
    /// The columns that say when and where.
    package var keyColumns: Set<String> { Set([timeColumn, entityColumn].compactMap { $0 }) }
    /// Whether the last rows of a file are the latest: those of one series, in their order.
    package var endsWithLatest: Bool { entityColumn == nil && order != .sort }
}

extension TableSummary {
    /// The same without some columns, all of which must be there.
    ///
    /// - Throws: `DatasetError` for one that is not.
    package func leavingOut(_ keys: Set<String>) throws -> TableSummary {
        let keys = Set(keys.flatMap { JoinedColumn.names(for: $0, in: schema.names) })
        if let unknown = keys.sorted().first(where: { !schema.names.contains($0) }) {
            throw DatasetError(
                .unknownColumn,
                "there is no column \(nameWithNearMatches(unknown, in: schema.names)); the columns are "
                    + listedNames(schema.names),
                at: DataLocation(file: file)
            )
        }
        var rest = self
        for index in schema.columns.indices.reversed()
        where keys.contains(schema.columns[index].name) {
            rest.schema.columns.remove(at: index)
            rest.statistics.remove(at: index)
        }
        return rest
    }
}
