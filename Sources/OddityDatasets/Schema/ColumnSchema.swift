/// The name of a column, what it is used as, and why.
public struct ColumnSchema: Codable, Equatable, Sendable {
    /// The column's name.
    public var name: String
    /// What the column is used as.
    public var kind: ColumnKind
    /// Why, in a few words that a person can check.
    public var reason: String

    /// Creates the description of a column.
    public init(name: String, kind: ColumnKind, reason: String = "") {
        self.name = name
        self.kind = kind
        self.reason = reason
    }
}
