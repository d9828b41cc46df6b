extension Table {
    /// The rows at the given indices, in that order; an index may occur more than once.
    ///
    /// The result counts its rows anew, from 0.
    ///
    /// - Precondition: Every index is at least 0 and less than ``rowCount``.
    public func selecting(rows: [Int]) -> Table {
        let columns = columns.map { column in
            let values: Column.Values =
                switch column.values {
                case .numeric(let numbers): .numeric(rows.map { numbers[$0] })
                case .categorical(let codes, let levels):
                    .categorical(codes: rows.map { codes[$0] }, levels: levels)
                case .text(let texts): .text(rows.map { texts[$0] })
                }
            return Column(name: column.name, values: values)
        }
        return Table(schema: schema, rowCount: rows.count, firstRow: 0, columns: columns)
    }

    /// The columns of the given names, in that order.
    ///
    /// - Throws: ``DatasetError`` naming every column that is not there.
    public func selecting(columns names: [String]) throws -> Table {
        let missing = names.filter { self[$0] == nil }
        guard missing.isEmpty else {
            let listed = missing.map { nameWithNearMatches($0, in: schema.names) }
            throw DatasetError(
                .missingColumns,
                "no column \(listed.joined(separator: ", ")); the columns are "
                    + listedNames(schema.names)
            )
        }
        let chosen = names.compactMap { self[$0] }
        let schemas = names.compactMap { schema[$0] }
        return Table(
            schema: Schema(columns: schemas),
            rowCount: rowCount,
            firstRow: firstRow,
            columns: chosen
        )
    }
}
