/// What a column is used as.
public enum ColumnKind: String, Codable, Sendable, CaseIterable {
    /// Numbers; a missing one is NaN.
    case numeric
    /// Text of a limited number of different levels.
    case categorical
    /// Not used: an identifier, free text, a timestamp, a label, or nothing at all.
    case ignored
}
