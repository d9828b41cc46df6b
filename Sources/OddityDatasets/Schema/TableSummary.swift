/// What one pass over a file found: its form, its columns and what they are used as.
public struct TableSummary: Codable, Equatable, Sendable {
    /// The path of the file; `-` is standard input.
    public var file: String
    /// The kind of file.
    public var format: TableFormat
    /// The delimiter and the header; nil for what is no delimited text.
    public var dialect: CSVDialect?
    /// The number of data rows.
    public var rowCount: Int
    /// What was found about the form of the file, and what was passed over, for a person.
    public var notes: [String] = []
    /// What every column is used as, and why.
    public var schema: Schema
    /// What was seen in every column, in the order of the schema.
    public var statistics: [ColumnStatistics]
}

extension TableSummary {
    /// What somebody should look at before trusting a model of these columns, one line each; empty where nothing is
    /// open.
    ///
    /// Columns with a ``ColumnSchema/concern``, and that most columns are left out for what is in them: empty ones,
    /// identifiers and times do not count.
    public var concerns: [String] {
        var lines = schema.columns.compactMap { column in
            column.concern.map { "column \(quoted(column.name)): \($0)" }
        }
        let asked = ["as asked", "the label", ColumnSchema.pinnedReason, "not in the schema"]
        let judged = schema.columns.filter { column in
            column.role == nil && column.reason != ColumnSchema.emptyReason
                && !asked.contains(column.reason)
        }
        let ignored = judged.filter { $0.kind == .ignored }
        if ignored.count * 2 > judged.count {
            lines.append(
                "most columns are left out (\(ignored.count) of \(judged.count)); see the reasons above, and give"
                    + " --numeric or --categorical for those that matter"
                    + (mayBeSplit
                        ? ", or --delimiter if fields are set apart by another character" : "")
            )
        }
        return lines
    }

    /// Whether all is one column of text, so that a delimiter may have been missed.
    private var mayBeSplit: Bool { dialect != nil && schema.columns.count == 1 }
}
