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

    /// Whether a column that is used, and was not asked for, may hold known answers by its name.
    package var mayBeLabel: Bool {
        kind != .ignored && reason != "as asked" && NameWords(name).nameLabels
    }

    /// A column of times that the caller wants to be looked at by the calendar.
    static func calendar(_ name: String) -> ColumnSchema {
        ColumnSchema(
            name: name,
            kind: .time,
            reason: "hours, weekdays and months of its times, as asked",
            role: .time
        )
    }

    /// The reason for a column without a value.
    static let emptyReason = "no values"

    /// The reason for what was decided before, see ``ReadingOptions/schema``.
    static let pinnedReason = "as in the schema"
}

extension ColumnSchema {
    /// Reads a column; all but its name and kind may be left out.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            name: try values.decode(String.self, forKey: .name),
            kind: try values.decode(ColumnKind.self, forKey: .kind),
            reason: try values.decodeIfPresent(String.self, forKey: .reason) ?? "",
            notation: try values.decodeIfPresent(NumberNotation.self, forKey: .notation),
            concern: try values.decodeIfPresent(String.self, forKey: .concern),
            role: try values.decodeIfPresent(ColumnRole.self, forKey: .role)
        )
    }
}
