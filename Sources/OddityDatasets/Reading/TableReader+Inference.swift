extension TableReader {
    /// Reads the whole file once to learn what is in its columns, and goes back to the start.
    ///
    /// Standard input and other streams are kept in a temporary file for the second pass. See
    /// ``ColumnSchema/reason`` for why a column is used as it is; the options can say otherwise.
    ///
    /// - Throws: ``DatasetError`` if there are no data rows, a row is malformed, or a column of
    ///   numbers holds a value that is none.
    public func inferSchema() throws -> TableSummary {
        _ = try options.declarations(names: try namesOfAllRows(), file: path)
        var profiles = [ColumnProfile](repeating: ColumnProfile(), count: columnNames.count)
        let count = try addRows(to: &profiles)
        guard count > 0 else { throw noRows() }
        knownRowCount = count
        var summary = try TableSummary(
            file: path,
            format: format,
            dialect: format == .delimited ? dialect : nil,
            rowCount: rows.rowCount,
            names: columnNames,
            profiles: profiles,
            options: options
        )
        summary.notes = notes
        return summary
    }

    private var format: TableFormat {
        guard rows.records.source.hasLines else { return .sqlite }
        return dialect != nil ? .delimited : rows.records.isArray ? .jsonArray : .jsonLines
    }

    /// The names of all columns; of JSON those of all objects, for which they are read.
    func namesOfAllRows() throws(DatasetError) -> [String] {
        try prepareForTwoPasses()
        if dialect == nil {
            columnNames = try allKeys()
            selectedKeys = columnNames
        }
        return columnNames
    }

    /// Adds what is in the columns of all rows; the number of rows.
    func addRows(to profiles: inout [ColumnProfile]) throws(DatasetError) -> Int {
        try beginRows()
        try rows.add(to: &profiles, missing: options.missingTokens)
        return rows.rowCount
    }
}
