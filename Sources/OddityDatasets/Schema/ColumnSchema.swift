/// The name of a column, what it is used as, and why.
public struct ColumnSchema: Codable, Equatable, Sendable {
    /// The column's name.
    public var name: String
    /// What the column is used as.
    public var kind: ColumnKind
    /// Why, in a few words that a person can check.
    public var reason: String
    /// How a column of numbers writes them; nil for plain numbers.
    public var notation: NumberNotation?
    /// What somebody should look at, with the option that settles it; nil where nothing is open.
    public var concern: String?
    /// What the column is for, where that is why it is left out.
    public var role: ColumnRole?

    /// Creates the description of a column.
    public init(
        name: String,
        kind: ColumnKind,
        reason: String = "",
        notation: NumberNotation? = nil,
        concern: String? = nil,
        role: ColumnRole? = nil
    ) {
        self.name = name
        self.kind = kind
        self.reason = reason
        self.notation = notation
        self.concern = concern
        self.role = role
    }
}
