extension TableReader {
    /// Reads the whole file once to learn what is in its columns, and goes back to the start.
    ///
    /// Standard input and other streams are kept in a temporary file for the second pass. See
    /// ``ColumnSchema/reason`` for why a column is used as it is; the options can say otherwise.
    ///
    /// - Throws: ``DatasetError`` if there are no data rows, a row is malformed, or a column of
    ///   numbers holds a value that is none.
    public func inferSchema() throws -> TableSummary {
        try prepareForTwoPasses()
        if dialect == nil {
            columnNames = try allKeys()
            selectedKeys = columnNames
        }
        _ = try options.declarations(names: columnNames, file: path)
        try beginRows()
        let profiles = try rows.profiles(missing: options.missingTokens)
        guard rows.rowCount > 0 else { throw noRows() }
        knownRowCount = rows.rowCount
        var summary = try TableSummary(
            file: path,
            format: dialect != nil ? .delimited : rows.records.isArray ? .jsonArray : .jsonLines,
            dialect: dialect,
            rowCount: rows.rowCount,
            names: columnNames,
            profiles: profiles,
            options: options
        )
        summary.notes = notes
        return summary
    }
}
