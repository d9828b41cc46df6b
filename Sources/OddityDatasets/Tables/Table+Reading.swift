extension Table {
    /// Reads a whole file into memory, to fit on: one pass to learn its columns, one to read them.
    ///
    /// - Parameters:
    ///   - path: The file, a folder of files of one schema, a table of a database, or any other path that
    ///     ``TableFormats/open(_:_:)`` understands; `-` is standard input.
    ///   - options: What should not be found out from the file.
    ///   - keeping: Columns to keep as text beside those that are used, such as a label.
    /// - Returns: The table, and what was found in the file.
    /// - Throws: ``DatasetError``; a file without data rows is one.
    public static func reading(
        path: String,
        options: ReadingOptions = ReadingOptions(),
        keeping: Set<String> = []
    ) throws -> (table: Table, summary: TableSummary) {
        let reader = try TableFormats.open(path, options)
        let summary = try reader.inferSchema()
        try reader.select(summary.schema, keeping: keeping)
        return (try reader.readAll(), summary)
    }

    /// Reads the columns of a schema from a whole file into memory.
    ///
    /// - Throws: ``DatasetError``; a file without data rows is one.
    public static func reading(
        path: String,
        schema: Schema,
        options: ReadingOptions = ReadingOptions(),
        keeping: Set<String> = []
    ) throws -> Table {
        let reader = try TableFormats.open(path, options)
        try reader.select(schema, keeping: keeping)
        return try reader.readAll()
    }
}
