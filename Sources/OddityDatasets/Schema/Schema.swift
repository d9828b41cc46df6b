/// The columns of a table, in the order of the file.
public struct Schema: Codable, Equatable, Sendable {
    /// All columns, the ignored ones too.
    public var columns: [ColumnSchema]

    /// Creates a schema.
    public init(columns: [ColumnSchema]) {
        self.columns = columns
    }

    /// The names of all columns.
    public var names: [String] { columns.map(\.name) }

    /// The columns that are used: all but the ignored ones.
    public var usedColumns: [ColumnSchema] { columns.filter { $0.kind != .ignored } }

    /// The column of a name, or nil if there is none.
    ///
    /// - Complexity: O(n) in the number of columns.
    public subscript(name: String) -> ColumnSchema? {
        columns.first { $0.name == name }
    }

    /// All columns by name, to look up many of them; of two with one name the first.
    package var columnsByName: [String: ColumnSchema] {
        Dictionary(columns.map { ($0.name, $0) }) { first, _ in first }
    }
}
