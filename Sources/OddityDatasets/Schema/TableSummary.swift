/// What one pass over a file found: its form, its columns and what they are used as.
public struct TableSummary: Codable, Equatable, Sendable {
    /// The path of the file; `-` is standard input.
    public var file: String
    /// The delimiter and the header; nil for JSON lines.
    public var dialect: CSVDialect?
    /// The number of data rows.
    public var rowCount: Int
    /// What every column is used as, and why.
    public var schema: Schema
    /// What was seen in every column, in the order of the schema.
    public var statistics: [ColumnStatistics]
}
